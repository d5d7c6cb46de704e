package io.wormhole.isa.language.python;

import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.PythonLexer;
import io.wormhole.isa.language.grammar.PythonParser.AndContext;
import io.wormhole.isa.language.grammar.PythonParser.ArgumentContext;
import io.wormhole.isa.language.grammar.PythonParser.BinaryContext;
import io.wormhole.isa.language.grammar.PythonParser.BooleanContext;
import io.wormhole.isa.language.grammar.PythonParser.CallContext;
import io.wormhole.isa.language.grammar.PythonParser.CompareContext;
import io.wormhole.isa.language.grammar.PythonParser.ConditionalContext;
import io.wormhole.isa.language.grammar.PythonParser.ElementContext;
import io.wormhole.isa.language.grammar.PythonParser.EntryContext;
import io.wormhole.isa.language.grammar.PythonParser.ExpressionContext;
import io.wormhole.isa.language.grammar.PythonParser.ExpressionsContext;
import io.wormhole.isa.language.grammar.PythonParser.FilledContext;
import io.wormhole.isa.language.grammar.PythonParser.FilledTextContext;
import io.wormhole.isa.language.grammar.PythonParser.GeneratorContext;
import io.wormhole.isa.language.grammar.PythonParser.IndexContext;
import io.wormhole.isa.language.grammar.PythonParser.IntegerContext;
import io.wormhole.isa.language.grammar.PythonParser.LambdaContext;
import io.wormhole.isa.language.grammar.PythonParser.ListContext;
import io.wormhole.isa.language.grammar.PythonParser.MapContext;
import io.wormhole.isa.language.grammar.PythonParser.MemberContext;
import io.wormhole.isa.language.grammar.PythonParser.NameContext;
import io.wormhole.isa.language.grammar.PythonParser.NotContext;
import io.wormhole.isa.language.grammar.PythonParser.OrContext;
import io.wormhole.isa.language.grammar.PythonParser.ParenthesesContext;
import io.wormhole.isa.language.grammar.PythonParser.PowerContext;
import io.wormhole.isa.language.grammar.PythonParser.RealContext;
import io.wormhole.isa.language.grammar.PythonParser.TextContext;
import io.wormhole.isa.language.grammar.PythonParser.UnaryContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.BuiltIns;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Comprehension;
import io.wormhole.isa.language.surface.Expression.Conditional;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.Expression.Qualifier;
import io.wormhole.isa.language.surface.ListLiterals;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Step;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.MapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Expressions of Python. */
final class PythonExpressions {
    private final PythonSteps steps;
    private final PythonMembers members;

    PythonExpressions(PythonSteps steps, Set<String> own) {
        this.steps = steps;
        this.members = new PythonMembers(this, own);
    }

    Expression argument(ArgumentContext argument) {
        return members.argument(argument);
    }

    /** One expression, or a tuple of several. */
    Expression expressions(ExpressionsContext source) {
        List<ExpressionContext> parts = new ArrayList<>();
        for (ElementContext element : source.element()) {
            if (element.getChildCount() > 1) {
                throw new RefusedSource(
                        Reading.at(element.start),
                        "a list put into a tuple",
                        "write a list: [a, *list]");
            }
            parts.add(element.expression());
        }
        return parts.size() == 1 && source.getChildCount() == 1
                ? expression(parts.get(0))
                : tuple(parts, Reading.at(source.start));
    }

    private Expression tuple(List<ExpressionContext> parts, Position at) {
        return new Operator(CollectionOperators.tuple(parts.size()), all(parts), at);
    }

    private List<Expression> all(List<ExpressionContext> sources) {
        return sources.stream().map(this::expression).toList();
    }

    Expression expression(ExpressionContext source) {
        Position at = Reading.at(source.start);
        if (source instanceof BinaryContext binary) {
            return binary(
                    binary.op.getText(),
                    expression(binary.expression(0)),
                    expression(binary.expression(1)),
                    Reading.at(binary.op));
        } else if (source instanceof PowerContext power) {
            return binary(
                    "**", expression(power.expression(0)), expression(power.expression(1)), at);
        } else if (source instanceof UnaryContext unary) {
            return unary(unary, at);
        } else if (source instanceof CompareContext compare) {
            return compare(compare, at);
        } else if (source instanceof NotContext not) {
            return new Operator(
                    Operators.NOT.called("not"), List.of(expression(not.expression())), at);
        } else if (source instanceof AndContext and) {
            return new Conditional(
                    expression(and.expression(0)),
                    expression(and.expression(1)),
                    Texts.bool(false, at),
                    at);
        } else if (source instanceof OrContext or) {
            return new Conditional(
                    expression(or.expression(0)),
                    Texts.bool(true, at),
                    expression(or.expression(1)),
                    at);
        } else if (source instanceof ConditionalContext choice) {
            return new Conditional(
                    expression(choice.expression(1)),
                    expression(choice.expression(0)),
                    expression(choice.expression(2)),
                    at);
        } else if (source instanceof LambdaContext lambda) {
            Expression value = expression(lambda.expression());
            return new Expression.Function(
                    steps.parameters(lambda.parameters()),
                    List.of(new Step.Return(value, value.at())),
                    at);
        } else if (source instanceof CallContext call) {
            return members.call(call, at);
        } else if (source instanceof MemberContext member) {
            return members.member(member, at);
        } else if (source instanceof IndexContext index) {
            return members.index(index, at);
        }
        return literal(source, at);
    }

    private Expression literal(ExpressionContext source, Position at) {
        if (source instanceof ParenthesesContext parentheses) {
            return parentheses(parentheses, at);
        } else if (source instanceof NameContext name) {
            return new Expression.Name(name.IDENT().getText(), at);
        } else if (source instanceof IntegerContext integer) {
            return integer(integer, at);
        } else if (source instanceof RealContext real) {
            return Texts.real(real.getText(), at);
        } else if (source instanceof TextContext text) {
            return texts(text.children, at);
        } else if (source instanceof FilledTextContext text) {
            return filled(text, at);
        } else if (source instanceof BooleanContext bool) {
            return Texts.bool(bool.TRUE() != null, at);
        } else if (source instanceof ListContext list) {
            return list(list, at);
        }
        return map((MapContext) source, at);
    }

    /** An expression alone, a tuple, or a generator. */
    private Expression parentheses(ParenthesesContext source, Position at) {
        if (!source.generator().isEmpty()) {
            return comprehension(source.expression(0), source.generator(), at);
        }
        return isGroup(source) ? expression(source.expression(0)) : tuple(source.expression(), at);
    }

    /** Whether parentheses do no more than to hold an expression together. */
    static boolean isGroup(ParenthesesContext source) {
        return source.expression().size() == 1
                && source.comma == null
                && source.generator().isEmpty();
    }

    private static Expression integer(IntegerContext integer, Position at) {
        String text = integer.getText();
        if (text.length() > 1 && text.startsWith("0") && !text.startsWith("0x")) {
            boolean zeros = text.replace("0", "").replace("_", "").isEmpty();
            if (!zeros && !text.startsWith("0X")) {
                throw new RefusedSource(at, "an integer does not begin with 0", "");
            }
        }
        return Texts.integer(text, true, at);
    }

    /** Texts, some with values between, one after another. */
    private Expression filled(FilledTextContext source, Position at) {
        List<Expression> parts = new ArrayList<>();
        for (ParseTree child : source.children) {
            if (child instanceof FilledContext filled) {
                filled.children.forEach(each -> filled(each, parts, at));
            } else {
                parts.add(texts(List.of(child), at));
            }
        }
        return ListParts.joined(parts, "f\"…\"", at);
    }

    private void filled(ParseTree part, List<Expression> parts, Position at) {
        if (part instanceof ExpressionContext value) {
            parts.add(
                    ListParts.text(
                            expression(value),
                            "{…}",
                            "in a text stand integers and texts: write what a reader should see",
                            Reading.at(value.start)));
        } else if (!part.getText().isEmpty()) {
            parts.add(Texts.text(part.getText(), at));
        }
    }

    /** String literals that follow each other are one. */
    Literal texts(List<ParseTree> parts, Position at) {
        StringBuilder content = new StringBuilder();
        boolean bytes = isBytes(parts.get(0));
        for (ParseTree part : parts) {
            if (isBytes(part) != bytes) {
                throw new RefusedSource(at, "bytes and text are not joined", "write b before both");
            }
            String text = part.getText();
            int quotes = text.startsWith("\"\"\"") || text.startsWith("'''") ? 3 : 1;
            int from = bytes ? 2 : quotes;
            content.append(text, from, text.length() - quotes);
        }
        return bytes ? Texts.bytes(content.toString(), at) : Texts.text(content.toString(), at);
    }

    private static boolean isBytes(ParseTree part) {
        return ((TerminalNode) part).getSymbol().getType() == PythonLexer.BYTES;
    }

    private Expression unary(UnaryContext unary, Position at) {
        Optional<Literal> least = Texts.least(unary.expression().getText(), at);
        if (unary.op.getText().equals("-") && least.isPresent()) {
            return least.get();
        }
        Expression operand = expression(unary.expression());
        return switch (unary.op.getText()) {
            case "-" -> Texts.negated(operand, at);
            case "+" -> throw new RefusedSource(at, "a sign that does nothing", "leave it away");
            default -> throw new RefusedSource(at, "'~' is outside of this subset", "-x - 1");
        };
    }

    Expression binary(String sign, Expression left, Expression right, Position at) {
        return new Operator(PythonOperators.binary(sign, at), List.of(left, right), at);
    }

    private Expression compare(CompareContext compare, Position at) {
        String sign = compare.comparison().getText();
        ExpressionContext left = compare.expression(0);
        if (!(left instanceof CompareContext first)) {
            return comparison(
                    sign, expression(left), expression(compare.expression(1)), at, compare);
        }
        ExpressionContext middle = first.expression(1);
        if (!(middle instanceof NameContext || middle instanceof IntegerContext)) {
            throw new RefusedSource(
                    Reading.at(middle.start),
                    "the middle of a chain of comparisons is no name",
                    "give it a name before");
        }
        Expression second =
                comparison(
                        sign, expression(middle), expression(compare.expression(1)), at, compare);
        return new Conditional(expression(first), second, Texts.bool(false, at), at);
    }

    private Expression comparison(
            String sign, Expression left, Expression right, Position at, CompareContext source) {
        return switch (sign) {
            case "in" -> contains(left, right, source.expression(1), at);
            case "notin" ->
                    new Operator(
                            Operators.NOT.called("not in"),
                            List.of(contains(left, right, source.expression(1), at)),
                            at);
            case "is", "isnot" ->
                    throw new RefusedSource(at, "'is' compares identities", "write == or !=");
            default -> binary(sign, left, right, Reading.at(source.comparison().start));
        };
    }

    private Expression contains(
            Expression element, Expression all, ExpressionContext source, Position at) {
        if (source instanceof ListContext list && list.generator().isEmpty()) {
            return BuiltIns.contains(all, element, PythonOperators.binary("==", at), at);
        }
        return new Operator(
                CollectionOperators.MAP_HAS
                        .called("in")
                        .advising("of a list write any(x == y for y in list)"),
                List.of(all, element),
                at);
    }

    private Expression list(ListContext list, Position at) {
        if (!list.generator().isEmpty()) {
            if (list.element(0).getChildCount() > 1) {
                throw new RefusedSource(at, "a list put into a comprehension", "add lists by +");
            }
            return comprehension(list.element(0).expression(), list.generator(), at);
        }
        List<Expression> parts = new ArrayList<>();
        List<Boolean> spread = new ArrayList<>();
        for (ElementContext element : list.element()) {
            parts.add(expression(element.expression()));
            spread.add(element.getChildCount() > 1);
        }
        return ListLiterals.list(parts, spread, at);
    }

    Expression comprehension(
            ExpressionContext body, List<GeneratorContext> generators, Position at) {
        List<Qualifier> qualifiers = new ArrayList<>();
        for (GeneratorContext generator : generators) {
            Expression source = expression(generator.expression());
            qualifiers.add(
                    generator.target() == null
                            ? new Expression.Guard(source)
                            : new Expression.Generator(steps.target(generator.target()), source));
        }
        return new Comprehension(qualifiers, expression(body), at);
    }

    /** A step inside of what a part of a generator says. */
    Step around(GeneratorContext generator, Step inner, Position at) {
        Expression source = expression(generator.expression());
        return generator.target() == null
                ? new Step.Choose(source, List.of(inner), List.of(), at)
                : new Step.ForEach(steps.target(generator.target()), source, List.of(inner), at);
    }

    private Expression map(MapContext source, Position at) {
        if (!source.generator().isEmpty()) {
            throw new RefusedSource(
                    at,
                    "a comprehension of a dict",
                    "write reduce(lambda m, x: {**m, key: value}, xs, {})");
        }
        Expression map = new Literal(MapValue.EMPTY, Kind.MAP, false, at);
        for (int i = 0; i < source.entry().size(); i++) {
            EntryContext entry = source.entry(i);
            Position where = Reading.at(entry.start);
            if (entry.expression().size() == 1) {
                Expression other = expression(entry.expression(0));
                map = i == 0 ? other : BuiltIns.merged(map, other, where);
            } else {
                map =
                        new Operator(
                                CollectionOperators.MAP_PUT,
                                List.of(
                                        map,
                                        expression(entry.expression(0)),
                                        expression(entry.expression(1))),
                                where);
            }
        }
        return map;
    }
}
