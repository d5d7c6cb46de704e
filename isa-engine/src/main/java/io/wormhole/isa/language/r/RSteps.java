package io.wormhole.isa.language.r;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.RParser.AssignContext;
import io.wormhole.isa.language.grammar.RParser.BlockContext;
import io.wormhole.isa.language.grammar.RParser.BreakContext;
import io.wormhole.isa.language.grammar.RParser.CallContext;
import io.wormhole.isa.language.grammar.RParser.ExpressionContext;
import io.wormhole.isa.language.grammar.RParser.ForContext;
import io.wormhole.isa.language.grammar.RParser.GroupContext;
import io.wormhole.isa.language.grammar.RParser.IfContext;
import io.wormhole.isa.language.grammar.RParser.NameContext;
import io.wormhole.isa.language.grammar.RParser.NextContext;
import io.wormhole.isa.language.grammar.RParser.RightAssignContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import java.util.ArrayList;
import java.util.List;

/** The lines of R functions as steps; the last one gives the value. */
final class RSteps {
    private final RExpressions expressions;

    RSteps(RExpressions expressions) {
        this.expressions = expressions;
    }

    /** Whether {@code source} can be a step only. */
    static boolean isStep(ExpressionContext source) {
        return source instanceof AssignContext
                || source instanceof RightAssignContext
                || source instanceof ForContext
                || source instanceof NextContext
                || source instanceof BreakContext
                || isReturn(source);
    }

    private static boolean isReturn(ExpressionContext source) {
        return source instanceof CallContext call
                && call.expression() instanceof NameContext name
                && name.IDENT().getText().equals("return");
    }

    /** The steps of a function. */
    List<Step> body(ExpressionContext source) {
        List<Step> steps = new ArrayList<>();
        last(source, true, steps);
        return steps;
    }

    /** The steps of a block inside of an expression. */
    List<Step> valueOf(BlockContext block) {
        List<Step> steps = new ArrayList<>();
        last(block, false, steps);
        return steps;
    }

    private List<Step> all(ExpressionContext source) {
        List<Step> steps = new ArrayList<>();
        if (source instanceof BlockContext block) {
            block.lines().expression().forEach(line -> step(line, steps));
        } else {
            step(source, steps);
        }
        return steps;
    }

    /** What comes last gives the value of the function. */
    private void last(ExpressionContext source, boolean function, List<Step> steps) {
        Position at = Reading.at(source.start);
        if (source instanceof BlockContext block) {
            List<ExpressionContext> lines = block.lines().expression();
            for (int i = 0; i < lines.size(); i++) {
                if (!function && isReturn(lines.get(i))) {
                    throw new RefusedSource(
                            Reading.at(lines.get(i).start),
                            "a return inside of an expression",
                            "write the value alone");
                }
                if (i == lines.size() - 1) {
                    last(lines.get(i), function, steps);
                } else {
                    step(lines.get(i), steps);
                }
            }
        } else if (source instanceof IfContext choice && choice.ELSE() != null) {
            List<Step> then = new ArrayList<>();
            List<Step> otherwise = new ArrayList<>();
            last(choice.expression(1), function, then);
            last(choice.expression(2), function, otherwise);
            steps.add(
                    new Step.Choose(
                            expressions.expression(choice.expression(0)), then, otherwise, at));
        } else if (source instanceof IfContext choice) {
            List<Step> then = new ArrayList<>();
            last(choice.expression(1), function, then);
            Expression condition = expressions.expression(choice.expression(0));
            steps.add(new Step.Choose(condition, then, List.of(), at));
        } else if (source instanceof AssignContext assign
                && assign.expression(0) instanceof NameContext name) {
            step(source, steps);
            String text = name.IDENT().getText();
            steps.add(new Step.Return(new Expression.Name(text, at), at));
        } else if (isStep(source)) {
            step(source, steps);
        } else {
            Expression value = expressions.expression(source);
            boolean fails = value instanceof Expression.Failure;
            steps.add(fails ? new Step.Evaluate(value, at) : new Step.Return(value, at));
        }
    }

    private void step(ExpressionContext source, List<Step> steps) {
        Position at = Reading.at(source.start);
        if (source instanceof GroupContext group) {
            step(group.expression(), steps);
        } else if (source instanceof AssignContext assign) {
            steps.add(assign(assign, at));
        } else if (source instanceof RightAssignContext) {
            throw new RefusedSource(at, "an assignment to the right", "write name <- value");
        } else if (source instanceof IfContext choice) {
            List<Step> otherwise = choice.ELSE() == null ? List.of() : all(choice.expression(2));
            steps.add(
                    new Step.Choose(
                            expressions.expression(choice.expression(0)),
                            all(choice.expression(1)),
                            otherwise,
                            at));
        } else if (source instanceof ForContext loop) {
            Pattern pattern = new Pattern.Named(loop.IDENT().getText(), at);
            steps.add(
                    new Step.ForEach(
                            pattern,
                            expressions.expression(loop.expression(0)),
                            all(loop.expression(1)),
                            at));
        } else if (source instanceof NextContext) {
            steps.add(new Step.Continue(at));
        } else if (source instanceof BreakContext) {
            steps.add(new Step.Break(at));
        } else if (isReturn(source)) {
            steps.add(returned((CallContext) source, at));
        } else if (source instanceof BlockContext) {
            steps.addAll(all(source));
        } else {
            steps.add(new Step.Evaluate(expressions.expression(source), at));
        }
    }

    private Step returned(CallContext call, Position at) {
        boolean one =
                call.arguments().argument().size() == 1
                        && call.arguments().argument(0).expression() != null;
        if (!one) {
            throw new RefusedSource(at, "return without a value", "return a value");
        }
        return new Step.Return(
                expressions.expression(call.arguments().argument(0).expression()), at);
    }

    private Step assign(AssignContext assign, Position at) {
        if (assign.op.getText().equals("<<-")) {
            throw new RefusedSource(
                    at,
                    "'<<-' changes a variable of an outer function",
                    "return the new value, or use Reduce(f, list, first)");
        }
        if (!(assign.expression(0) instanceof NameContext name)) {
            throw new RefusedSource(
                    at,
                    "values do not change",
                    "make a new one: put(m, \"name\", value), append(xs, list(x))");
        }
        return new Step.Assign(
                name.IDENT().getText(), expressions.expression(assign.expression(1)), at);
    }
}
