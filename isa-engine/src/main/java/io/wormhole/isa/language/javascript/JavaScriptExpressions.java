package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.JavaScriptParser.ArrayContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ArrowContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BigIntegerContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BinaryContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BooleanContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.CallContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ConditionalContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ElementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ExpressionContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.FilledTemplateContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.FunctionExpressionContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.GroupContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.IndexContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.IntegerContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.MemberContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.NameContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ObjectContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.OptionalMemberContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.PowerContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.RealContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.StringContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.TemplateContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.UnaryContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Conditional;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.IntValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;

/** Expressions of JavaScript. */
final class JavaScriptExpressions {
    private static final BigInteger LARGEST_NUMBER = BigInteger.ONE.shiftLeft(53);

    private final JavaScriptSteps steps;
    private final JavaScriptMembers members;
    private final JavaScriptCollections collections;
    private static final Set<String> MIXED_BY_NONE =
            Set.of("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "===", "!==");
    private final boolean bigIntegers;

    JavaScriptExpressions(JavaScriptSteps steps, boolean bigIntegers) {
        this.steps = steps;
        this.bigIntegers = bigIntegers;
        this.members = new JavaScriptMembers(this);
        this.collections = new JavaScriptCollections(this);
    }

    Expression expression(ExpressionContext source) {
        Position at = Reading.at(source.start);
        if (source instanceof BinaryContext binary) {
            return binary(binary, Reading.at(binary.op));
        } else if (source instanceof PowerContext power) {
            return power(power, at);
        } else if (source instanceof UnaryContext unary) {
            return unary(unary, at);
        } else if (source instanceof ConditionalContext choice) {
            return new Conditional(
                    expression(choice.expression(0)),
                    expression(choice.expression(1)),
                    expression(choice.expression(2)),
                    at);
        } else if (source instanceof GroupContext group) {
            return expression(group.expression());
        } else if (source instanceof NameContext name) {
            return new Expression.Name(name.IDENT().getText(), at);
        } else if (source instanceof CallContext call) {
            requireBigIntegers(call, at);
            return members.call(call, at);
        } else if (source instanceof MemberContext member) {
            return members.member(member, at);
        } else if (source instanceof IndexContext index) {
            return members.index(index, at);
        } else if (source instanceof ArrowContext arrow) {
            return arrow(arrow, at);
        } else if (source instanceof FunctionExpressionContext function) {
            return function(function, at);
        }
        return literal(source, at);
    }

    /** A function that has a name is known by it inside of itself. */
    private Expression function(FunctionExpressionContext function, Position at) {
        List<Pattern> parameters = steps.parameters(function.parameters());
        List<Step> body = steps.functionBody(function.block());
        if (function.IDENT() == null
                || !JavaScriptHoisting.words(function.block())
                        .contains(function.IDENT().getText())) {
            return new Expression.Function(parameters, body, at);
        }
        String name = function.IDENT().getText();
        Step define = new Step.Define(name, parameters, body, at);
        Step itself = new Step.Return(new Expression.Name(name, at), at);
        return new Expression.Block(List.of(define, itself), at);
    }

    private Expression literal(ExpressionContext source, Position at) {
        if (source instanceof IntegerContext integer) {
            return integer(integer, at);
        } else if (source instanceof BigIntegerContext integer) {
            String digits = integer.getText();
            return Texts.integer(digits.substring(0, digits.length() - 1), false, at);
        } else if (source instanceof RealContext real) {
            return Texts.real(real.getText(), at);
        } else if (source instanceof StringContext string) {
            return string(string.STRING().getSymbol());
        } else if (source instanceof TemplateContext template) {
            return template(template, at);
        } else if (source instanceof FilledTemplateContext template) {
            return filled(template, at);
        } else if (source instanceof BooleanContext bool) {
            return Texts.bool(bool.TRUE() != null, at);
        } else if (source instanceof ArrayContext array) {
            return collections.array(array, at);
        } else if (source instanceof ObjectContext object) {
            return collections.object(object, at);
        } else if (source instanceof OptionalMemberContext) {
            throw new RefusedSource(
                    at, "'?.' gives undefined, which is no value here", "write get(map, key, 0)");
        }
        throw new RefusedSource(
                at,
                "'++' and '--' change a variable inside of an expression",
                "write x + 1, or x += 1 as a statement");
    }

    private void requireBigIntegers(CallContext call, Position at) {
        if (!bigIntegers && call.expression().getText().equals("BigInt")) {
            throw new RefusedSource(
                    at,
                    "this file writes integers as numbers, and BigInt(…) is none",
                    "leave it away, or write all integers of this file as BigInts: 1n");
        }
    }

    private Expression integer(IntegerContext integer, Position at) {
        if (bigIntegers) {
            throw new RefusedSource(
                    at,
                    "this file writes integers as BigInts, and this is a number",
                    "write " + integer.getText() + "n");
        }
        if (integer.getText().matches("0[0-9]+")) {
            throw new RefusedSource(
                    at,
                    "a number that begins with 0 is octal in some JavaScript",
                    "take the 0 away");
        }
        Literal literal = Texts.integer(integer.getText(), true, at);
        requireExact(((IntValue) literal.value()).bigValue(), at);
        return literal;
    }

    private static void requireExact(BigInteger value, Position at) {
        if (value.compareTo(LARGEST_NUMBER) > 0) {
            throw new RefusedSource(
                    at,
                    "a number beyond 2^53 is not exact in JavaScript",
                    "write all integers of this file as BigInts: " + value + "n");
        }
    }

    static Literal string(Token token) {
        String text = token.getText();
        return Texts.text(text.substring(1, text.length() - 1), Reading.at(token));
    }

    private static Expression template(TemplateContext template, Position at) {
        String text = template.getText().replace("\r\n", "\n");
        return Texts.text(text.substring(1, text.length() - 1), at);
    }

    /** A template with values between its texts. */
    private Expression filled(FilledTemplateContext template, Position at) {
        List<Expression> parts = new ArrayList<>();
        for (ParseTree child : template.children) {
            if (child instanceof ExpressionContext value) {
                parts.add(
                        ListParts.text(
                                expression(value),
                                "${…}",
                                "in a text stand integers and texts: write what a reader should see",
                                Reading.at(value.start)));
            } else if (!child.getText().isEmpty()) {
                parts.add(Texts.text(child.getText().replace("\r\n", "\n"), at));
            }
        }
        return ListParts.joined(parts, "${…}", at);
    }

    private Expression arrow(ArrowContext arrow, Position at) {
        List<Pattern> parameters =
                arrow.ARROW_NAME() != null
                        ? List.of(new Pattern.Named(arrow.ARROW_NAME().getText(), at))
                        : steps.parameters(arrow.parameters());
        if (arrow.arrowBody().block() != null) {
            List<Step> body = steps.functionBody(arrow.arrowBody().block());
            return new Expression.Function(parameters, body, at);
        }
        Expression value = expression(arrow.arrowBody().expression());
        return new Expression.Function(parameters, List.of(new Step.Return(value, value.at())), at);
    }

    private Expression unary(UnaryContext unary, Position at) {
        String sign = unary.op.getText();
        switch (sign) {
            case "!" -> {
                return new Operator(Operators.NOT, List.of(expression(unary.expression())), at);
            }
            case "-" -> {
                String digits = unary.expression().getText().replaceFirst("n$", "");
                Optional<Literal> least = Texts.least(digits, at);
                return bigIntegers && least.isPresent()
                        ? least.get()
                        : Texts.negated(expression(unary.expression()), at);
            }
            case "+" -> throw new RefusedSource(at, "'+' converts to a number", "leave it away");
            case "~" ->
                    throw new RefusedSource(
                            at, "'~' cuts numbers to 32 bits in JavaScript", "write -x - 1");
            default ->
                    throw new RefusedSource(
                            at,
                            "'" + sign + "' changes a variable inside of an expression",
                            "write x + 1, or x += 1 as a statement");
        }
    }

    private Expression power(PowerContext power, Position at) {
        if (power.expression(0) instanceof UnaryContext) {
            throw new RefusedSource(
                    at, "JavaScript does not say what the sign belongs to", "write (-a) ** b");
        }
        return binary("**", expression(power.expression(0)), expression(power.expression(1)), at);
    }

    private Expression binary(BinaryContext binary, Position at) {
        String sign = binary.op.getText();
        requireBigInteger(sign, binary.expression(0));
        requireBigInteger(sign, binary.expression(1));
        Expression left = sign.equals("??") ? null : expression(binary.expression(0));
        if (left == null) {
            return members.orElse(binary.expression(0), expression(binary.expression(1)), at);
        }
        return binary(sign, left, expression(binary.expression(1)), at);
    }

    /** JavaScript compares a BigInt with a number, but computes with neither beside the other. */
    private void requireBigInteger(String sign, ExpressionContext operand) {
        boolean computes = MIXED_BY_NONE.contains(sign);
        if (bigIntegers
                && computes
                && operand instanceof MemberContext member
                && member.IDENT().getText().equals("length")) {
            throw new RefusedSource(
                    Reading.at(operand.start),
                    "this file writes integers as BigInts, and a length is a number",
                    "write BigInt(" + operand.getText() + ")");
        }
    }

    Expression binary(String sign, Expression left, Expression right, Position at) {
        return switch (sign) {
            case "&&" -> new Conditional(left, right, Texts.bool(false, at), at);
            case "||" -> new Conditional(left, Texts.bool(true, at), right, at);
            case "in" -> new Operator(CollectionOperators.MAP_HAS, List.of(right, left), at);
            default -> {
                Overload overload = JavaScriptOperators.binary(sign, bigIntegers, at);
                yield new Operator(overload, List.of(left, right), at);
            }
        };
    }

    /** Whether integers of this file are written as BigInts, and are no positions. */
    boolean areBigIntegers() {
        return bigIntegers;
    }

    /** An index as JavaScript counts positions: a plain number, in files of BigInts as well. */
    Expression position(ExpressionContext source) {
        Position at = Reading.at(source.start);
        if (source instanceof UnaryContext unary
                && unary.op.getText().equals("-")
                && unary.expression() instanceof IntegerContext) {
            return Texts.negated(position(unary.expression()), at);
        }
        return source instanceof IntegerContext integer
                ? Texts.integer(integer.getText(), false, at)
                : expression(source);
    }

    List<Expression> arguments(List<ElementContext> elements) {
        requireNoSpread(elements);
        return elements.stream().map(element -> expression(element.expression())).toList();
    }

    void requireNoSpread(List<ElementContext> elements) {
        for (ElementContext element : elements) {
            if (element.getChildCount() > 1) {
                throw new RefusedSource(
                        Reading.at(element.start),
                        "the number of arguments would depend on a list",
                        "pass the list itself");
            }
        }
    }
}
