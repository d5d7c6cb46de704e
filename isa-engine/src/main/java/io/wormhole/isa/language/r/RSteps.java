package io.wormhole.isa.language.r;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.RParser.AssignContext;
import io.wormhole.isa.language.grammar.RParser.BlockContext;
import io.wormhole.isa.language.grammar.RParser.BreakContext;
import io.wormhole.isa.language.grammar.RParser.CallContext;
import io.wormhole.isa.language.grammar.RParser.ExpressionContext;
import io.wormhole.isa.language.grammar.RParser.ForContext;
import io.wormhole.isa.language.grammar.RParser.FunctionContext;
import io.wormhole.isa.language.grammar.RParser.GroupContext;
import io.wormhole.isa.language.grammar.RParser.IfContext;
import io.wormhole.isa.language.grammar.RParser.NameContext;
import io.wormhole.isa.language.grammar.RParser.NextContext;
import io.wormhole.isa.language.grammar.RParser.RepeatContext;
import io.wormhole.isa.language.grammar.RParser.RightAssignContext;
import io.wormhole.isa.language.grammar.RParser.WhileContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import io.wormhole.isa.language.surface.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;

/** The lines of R functions as steps; the last one gives the value. */
final class RSteps {
    private final RExpressions expressions;
    private final RCalls calls;

    RSteps(RExpressions expressions, RCalls calls) {
        this.expressions = expressions;
        this.calls = calls;
    }

    /** Whether {@code source} can be a step only. */
    static boolean isStep(ExpressionContext source) {
        return source instanceof AssignContext
                || source instanceof RightAssignContext
                || source instanceof ForContext
                || source instanceof WhileContext
                || source instanceof RepeatContext
                || source instanceof NextContext
                || source instanceof BreakContext
                || isReturn(source);
    }

    private static boolean isReturn(ExpressionContext source) {
        return isCallOf(source, "return");
    }

    private static boolean isCallOf(ExpressionContext source, String function) {
        return source instanceof CallContext call
                && call.expression() instanceof NameContext name
                && name.IDENT().getText().equals(function);
    }

    /** Whether a value is made by steps, rather than by one expression. */
    private static boolean hasSteps(ExpressionContext source) {
        if (source instanceof GroupContext group) {
            return hasSteps(group.expression());
        } else if (source instanceof BlockContext block) {
            List<ExpressionContext> lines = block.lines().expression();
            return lines.size() != 1 || isStep(lines.get(0)) || hasSteps(lines.get(0));
        } else if (source instanceof IfContext choice) {
            return choice.expression().stream().skip(1).anyMatch(RSteps::hasSteps);
        }
        return isCallOf(source, "switch")
                && ((CallContext) source)
                        .arguments().argument().stream()
                                .anyMatch(
                                        each ->
                                                each.expression() != null
                                                        && hasSteps(each.expression()));
    }

    /** The steps of a function. */
    List<Step> body(ExpressionContext source) {
        List<Step> steps = new ArrayList<>();
        last(source, Value.OF_FUNCTION, steps);
        return steps;
    }

    /** The steps of a block inside of an expression, which changes nothing outside of it. */
    List<Step> valueOf(BlockContext block) {
        assignment(block)
                .ifPresent(
                        inside -> {
                            throw new RefusedSource(
                                    Reading.at(inside.start),
                                    "an assignment inside of an expression",
                                    "write it on a line before");
                        });
        List<Step> steps = new ArrayList<>();
        last(block, Value.OF_BLOCK, steps);
        return steps;
    }

    private static Optional<AssignContext> assignment(ParseTree tree) {
        if (tree instanceof AssignContext assign) {
            return Optional.of(assign);
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            if (!(tree.getChild(i) instanceof FunctionContext)) {
                Optional<AssignContext> inside = assignment(tree.getChild(i));
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.empty();
    }

    /** What becomes of the value that steps end with. */
    private record Value(boolean returns, String variable) {
        static final Value OF_FUNCTION = new Value(true, "");
        static final Value OF_BLOCK = new Value(false, "");

        static Value of(String variable) {
            return new Value(true, variable);
        }

        Step given(Expression value, Position at) {
            return variable.isEmpty()
                    ? new Step.Return(value, at)
                    : new Step.Assign(variable, value, at);
        }
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

    /** What comes last gives the value. */
    private void last(ExpressionContext source, Value kept, List<Step> steps) {
        Position at = Reading.at(source.start);
        if (source instanceof GroupContext group && hasSteps(group)) {
            last(group.expression(), kept, steps);
        } else if (source instanceof BlockContext block) {
            lastOf(block, kept, steps);
        } else if (source instanceof IfContext choice
                && (choice.ELSE() != null || kept.variable().isEmpty())) {
            List<Step> then = new ArrayList<>();
            List<Step> otherwise = new ArrayList<>();
            last(choice.expression(1), kept, then);
            if (choice.ELSE() != null) {
                last(choice.expression(2), kept, otherwise);
            }
            Expression condition = expressions.expression(choice.expression(0));
            steps.add(new Step.Choose(condition, then, otherwise, at));
        } else if (isCallOf(source, "switch") && hasSteps(source)) {
            Optional<String> unmatched = Optional.of("no case of switch matches");
            CallContext call = (CallContext) source;
            steps.add(calls.select(call, unmatched, each -> lastSteps(each, kept)));
        } else if (source instanceof AssignContext assign
                && assign.expression(0) instanceof NameContext name) {
            step(source, steps);
            steps.add(kept.given(new Expression.Name(name.IDENT().getText(), at), at));
        } else if (isStep(source)) {
            requireLeaving(source, kept);
            step(source, steps);
        } else {
            Expression value = expressions.expression(source);
            boolean fails = value instanceof Expression.Failure;
            steps.add(fails ? new Step.Evaluate(value, at) : kept.given(value, at));
        }
    }

    private static void requireLeaving(ExpressionContext source, Value kept) {
        boolean leaves =
                isReturn(source) || source instanceof NextContext || source instanceof BreakContext;
        if (!leaves && !kept.variable().isEmpty()) {
            throw new RefusedSource(
                    Reading.at(source.start), "this gives no value", "write the value behind it");
        }
    }

    private List<Step> lastSteps(ExpressionContext source, Value kept) {
        List<Step> steps = new ArrayList<>();
        last(source, kept, steps);
        return steps;
    }

    private void lastOf(BlockContext block, Value kept, List<Step> steps) {
        List<ExpressionContext> lines = block.lines().expression();
        if (lines.isEmpty() && !kept.variable().isEmpty()) {
            throw new RefusedSource(Reading.at(block.start), "this gives no value", "write one");
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!kept.returns() && isReturn(lines.get(i))) {
                throw new RefusedSource(
                        Reading.at(lines.get(i).start),
                        "a return inside of an expression",
                        "write the value alone");
            }
            if (i == lines.size() - 1) {
                last(lines.get(i), kept, steps);
            } else {
                step(lines.get(i), steps);
            }
        }
    }

    private void step(ExpressionContext source, List<Step> steps) {
        Position at = Reading.at(source.start);
        if (source instanceof GroupContext group) {
            step(group.expression(), steps);
        } else if (source instanceof AssignContext assign) {
            assign(assign, at, steps);
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
        } else if (source instanceof WhileContext loop) {
            Expression condition = expressions.expression(loop.expression(0));
            steps.add(Step.Count.asLongAs(condition, all(loop.expression(1)), at));
        } else if (source instanceof RepeatContext loop) {
            steps.add(Step.Count.asLongAs(Texts.bool(true, at), all(loop.expression()), at));
        } else if (isCallOf(source, "switch")) {
            steps.add(calls.select((CallContext) source, Optional.empty(), this::all));
        } else if (source instanceof NextContext) {
            steps.add(new Step.Continue(at));
        } else if (source instanceof BreakContext) {
            steps.add(new Step.Break(at));
        } else if (isReturn(source)) {
            returned((CallContext) source, at, steps);
        } else if (source instanceof BlockContext) {
            steps.addAll(all(source));
        } else {
            steps.add(new Step.Evaluate(expressions.expression(source), at));
        }
    }

    private void returned(CallContext call, Position at, List<Step> steps) {
        boolean one =
                call.arguments().argument().size() == 1
                        && call.arguments().argument(0).expression() != null;
        if (!one) {
            throw new RefusedSource(at, "return without a value", "return a value");
        }
        ExpressionContext value = call.arguments().argument(0).expression();
        if (hasSteps(value)) {
            last(value, Value.OF_FUNCTION, steps);
        } else {
            steps.add(new Step.Return(expressions.expression(value), at));
        }
    }

    private void assign(AssignContext assign, Position at, List<Step> steps) {
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
        String variable = name.IDENT().getText();
        ExpressionContext value = assign.expression(1);
        if (hasSteps(value) || value instanceof AssignContext) {
            last(value, Value.of(variable), steps);
        } else {
            steps.add(new Step.Assign(variable, expressions.expression(value), at));
        }
    }
}
