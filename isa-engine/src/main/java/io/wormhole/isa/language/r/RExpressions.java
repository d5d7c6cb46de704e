package io.wormhole.isa.language.r;

import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.RParser.AssignContext;
import io.wormhole.isa.language.grammar.RParser.BinaryContext;
import io.wormhole.isa.language.grammar.RParser.BlockContext;
import io.wormhole.isa.language.grammar.RParser.BooleanContext;
import io.wormhole.isa.language.grammar.RParser.CallContext;
import io.wormhole.isa.language.grammar.RParser.ExpressionContext;
import io.wormhole.isa.language.grammar.RParser.FunctionContext;
import io.wormhole.isa.language.grammar.RParser.GroupContext;
import io.wormhole.isa.language.grammar.RParser.IfContext;
import io.wormhole.isa.language.grammar.RParser.IndexContext;
import io.wormhole.isa.language.grammar.RParser.IntegerContext;
import io.wormhole.isa.language.grammar.RParser.LogicContext;
import io.wormhole.isa.language.grammar.RParser.MemberContext;
import io.wormhole.isa.language.grammar.RParser.NameContext;
import io.wormhole.isa.language.grammar.RParser.NotContext;
import io.wormhole.isa.language.grammar.RParser.NumberContext;
import io.wormhole.isa.language.grammar.RParser.ParameterContext;
import io.wormhole.isa.language.grammar.RParser.PowerContext;
import io.wormhole.isa.language.grammar.RParser.RangeContext;
import io.wormhole.isa.language.grammar.RParser.SignContext;
import io.wormhole.isa.language.grammar.RParser.SpecialContext;
import io.wormhole.isa.language.grammar.RParser.StringContext;
import io.wormhole.isa.language.grammar.RParser.SubsetContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.BuiltIns;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Block;
import io.wormhole.isa.language.surface.Expression.Conditional;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.RealValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Expressions of R. */
final class RExpressions {
    private final RCalls calls = new RCalls(this);
    private final RSteps steps = new RSteps(this, calls);

    Expression expression(ExpressionContext source) {
        Position at = Reading.at(source.start);
        if (source instanceof BinaryContext binary) {
            Position where = Reading.at(binary.op);
            return operator(binary.op.getText(), binary.expression(), where);
        } else if (source instanceof PowerContext power) {
            return operator("^", power.expression(), at);
        } else if (source instanceof LogicContext logic) {
            return logic(logic, at);
        } else if (source instanceof NotContext not) {
            return new Operator(Operators.NOT, List.of(expression(not.expression())), at);
        } else if (source instanceof SignContext sign) {
            return sign(sign, at);
        } else if (source instanceof SpecialContext special) {
            return special(special, at);
        } else if (source instanceof RangeContext range) {
            return range(range, at);
        } else if (source instanceof CallContext call) {
            return calls.call(call, at);
        } else if (source instanceof MemberContext member) {
            return member(member, at);
        } else if (source instanceof IndexContext index) {
            return index(index, at);
        } else if (source instanceof FunctionContext function) {
            return function(function, at);
        } else if (source instanceof IfContext choice) {
            return choice(choice, at);
        } else if (source instanceof BlockContext block) {
            return block(block);
        } else if (source instanceof GroupContext group) {
            return expression(group.expression());
        }
        return literal(source, at);
    }

    private Expression literal(ExpressionContext source, Position at) {
        if (source instanceof NameContext name) {
            return new Expression.Name(name.IDENT().getText(), at);
        } else if (source instanceof IntegerContext integer) {
            String text = integer.getText();
            return Texts.integer(text.substring(0, text.length() - 1), false, at);
        } else if (source instanceof NumberContext number) {
            return Texts.real(number.getText(), at);
        } else if (source instanceof StringContext string) {
            String text = string.getText();
            return Texts.text(text.substring(1, text.length() - 1), at);
        } else if (source instanceof BooleanContext bool) {
            return Texts.bool(bool.TRUE() != null, at);
        } else if (source instanceof SubsetContext) {
            throw new RefusedSource(
                    at, "a part of a vector", "write xs[[i]] for one element, or Filter(f, xs)");
        } else if (source instanceof AssignContext) {
            throw new RefusedSource(
                    at, "an assignment inside of an expression", "write it on a line before");
        }
        throw new RefusedSource(at, "this gives no value", "write it as a step of a function");
    }

    private Expression operator(String sign, List<ExpressionContext> operands, Position at) {
        return new Operator(
                ROperators.binary(sign, at),
                List.of(expression(operands.get(0)), expression(operands.get(1))),
                at);
    }

    private Expression logic(LogicContext logic, Position at) {
        Expression left = expression(logic.expression(0));
        Expression right = expression(logic.expression(1));
        return switch (logic.op.getText()) {
            case "&&" -> new Conditional(left, right, Texts.bool(false, at), at);
            case "||" -> new Conditional(left, Texts.bool(true, at), right, at);
            default ->
                    throw new RefusedSource(
                            at,
                            "'" + logic.op.getText() + "' is of vectors",
                            "write " + logic.op.getText().repeat(2));
        };
    }

    private Expression sign(SignContext sign, Position at) {
        if (sign.op.getText().equals("+")) {
            throw new RefusedSource(at, "a sign that does nothing", "leave it away");
        }
        return Texts.negated(expression(sign.expression()), at);
    }

    private Expression special(SpecialContext special, Position at) {
        String sign = special.op.getText();
        if (sign.equals("|>")) {
            return calls.piped(special.expression(0), special.expression(1), at);
        }
        if (sign.equals("%in%")) {
            return BuiltIns.contains(
                    expression(special.expression(1)),
                    expression(special.expression(0)),
                    ROperators.binary("==", at),
                    at);
        }
        return operator(sign, special.expression(), Reading.at(special.op));
    }

    /** {@code a:b} counts down where b is less than a; each is computed once. */
    private Expression range(RangeContext range, Position at) {
        List<Step> bound = new ArrayList<>();
        Expression from = once(end(range.expression(0), at), " from", bound, at);
        Expression to = once(end(range.expression(1), at), " to", bound, at);
        Expression up = upwards(from, to, at);
        Expression down =
                new Operator(CollectionOperators.REVERSE, List.of(upwards(to, from, at)), at);
        if (from instanceof Literal && to instanceof Literal) {
            return whole(from).orElseThrow() <= whole(to).orElseThrow() ? up : down;
        }
        Expression rises = new Operator(ROperators.binary("<=", at), List.of(from, to), at);
        Expression counted = new Conditional(rises, up, down, at);
        if (bound.isEmpty()) {
            return counted;
        }
        bound.add(new Step.Return(counted, at));
        return new Block(bound, at);
    }

    /** As it is, or as an integer where it is written as people do, without the L. */
    private Expression end(ExpressionContext source, Position at) {
        Expression given = expression(source);
        Optional<Integer> whole = whole(given);
        return whole.isPresent() ? Texts.integer(String.valueOf(whole.get()), false, at) : given;
    }

    private static Expression once(Expression given, String name, List<Step> bound, Position at) {
        if (whole(given).isPresent() || given instanceof Expression.Name) {
            return given;
        }
        bound.add(new Step.Bind(new Pattern.Named(name, at), given, at));
        return new Expression.Name(name, at);
    }

    private static Expression upwards(Expression from, Expression to, Position at) {
        Expression one = Texts.integer("1", false, at);
        Overload next = Overload.of("a:b", Operators.ADD_INTEGERS);
        return new Expression.Range(from, new Operator(next, List.of(to, one), at), at);
    }

    /** A position as people write it: 1 or 1L. */
    static Optional<Integer> whole(Expression expression) {
        if (!(expression instanceof Literal literal)) {
            return Optional.empty();
        }
        if (literal.value() instanceof IntValue integer && integer.isSmall()) {
            long value = integer.longValue();
            return value >= 0 && value < 1 << 30 ? Optional.of((int) value) : Optional.empty();
        }
        if (literal.value() instanceof RealValue real) {
            int value = (int) real.value();
            return value == real.value() && value >= 0 && value < 1 << 30
                    ? Optional.of(value)
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private Expression member(MemberContext member, Position at) {
        if (member.op.getText().equals("@")) {
            throw new RefusedSource(at, "'@' is of classes", "write list(name = value)");
        }
        String name = member.IDENT().getText();
        Overload get = Overload.of("$" + name, CollectionOperators.MAP_GET);
        return new Operator(
                get, List.of(expression(member.expression()), Texts.text(name, at)), at);
    }

    private Expression index(IndexContext index, Position at) {
        Expression subject = expression(index.expression(0));
        Expression position = expression(index.expression(1));
        Optional<Integer> whole = whole(position);
        if (whole.isPresent()) {
            if (whole.get() < 1 || whole.get() > 255) {
                throw new RefusedSource(position.at(), "positions count from 1, to 255 here", "");
            }
            return new Operator(ROperators.at(whole.get()), List.of(subject), at);
        }
        return new Operator(ROperators.at(), List.of(subject, position), at);
    }

    private Expression function(FunctionContext function, Position at) {
        List<Pattern> parameters = new ArrayList<>();
        for (ParameterContext parameter : function.parameters().parameter()) {
            Position where = Reading.at(parameter.start);
            Pattern named = new Pattern.Named(parameter.IDENT().getText(), where);
            parameters.add(
                    parameter.expression() == null ? named : defaulted(parameter, named, where));
        }
        return new Expression.Function(parameters, steps.body(function.expression()), at);
    }

    /** R computes a default where it is first used: so it is a literal here. */
    private Pattern defaulted(ParameterContext parameter, Pattern named, Position at) {
        Expression value = expression(parameter.expression());
        if (!(value instanceof Literal)) {
            throw new RefusedSource(
                    value.at(), "a default that is no literal", "compute it in the function");
        }
        return new Pattern.Defaulted(named, value, at);
    }

    private Expression choice(IfContext choice, Position at) {
        if (choice.ELSE() == null) {
            throw new RefusedSource(
                    at, "an if without else has no value on the other way", "write else");
        }
        return new Conditional(
                expression(choice.expression(0)),
                value(choice.expression(1)),
                value(choice.expression(2)),
                at);
    }

    /** The value of a branch, which may be a block. */
    Expression value(ExpressionContext source) {
        return source instanceof BlockContext block ? block(block) : expression(source);
    }

    private Expression block(BlockContext block) {
        if (block.lines().expression().size() == 1) {
            ExpressionContext only = block.lines().expression(0);
            if (!RSteps.isStep(only)) {
                return expression(only);
            }
        }
        return new Block(steps.valueOf(block), Reading.at(block.start));
    }
}
