package io.wormhole.isa.language.python;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.PythonParser.BreakSimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.ContinueSimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.ExpressionContext;
import io.wormhole.isa.language.grammar.PythonParser.ExpressionSimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.ExpressionsContext;
import io.wormhole.isa.language.grammar.PythonParser.ForStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.FunctionContext;
import io.wormhole.isa.language.grammar.PythonParser.FunctionStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.GroupTargetContext;
import io.wormhole.isa.language.grammar.PythonParser.IfStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.ListTargetContext;
import io.wormhole.isa.language.grammar.PythonParser.MatchStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.NameContext;
import io.wormhole.isa.language.grammar.PythonParser.NameTargetContext;
import io.wormhole.isa.language.grammar.PythonParser.ParameterContext;
import io.wormhole.isa.language.grammar.PythonParser.ParametersContext;
import io.wormhole.isa.language.grammar.PythonParser.ParenthesesContext;
import io.wormhole.isa.language.grammar.PythonParser.PassSimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.ReturnSimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.SimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.SimpleStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.StatementContext;
import io.wormhole.isa.language.grammar.PythonParser.SuiteContext;
import io.wormhole.isa.language.grammar.PythonParser.TargetContext;
import io.wormhole.isa.language.grammar.PythonParser.TargetPartContext;
import io.wormhole.isa.language.grammar.PythonParser.TextContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements of Python. */
final class PythonSteps {
    private final PythonExpressions expressions = new PythonExpressions(this);
    private final PythonPatterns patterns = new PythonPatterns(this);

    PythonExpressions expressions() {
        return expressions;
    }

    List<Pattern> parameters(ParametersContext parameters) {
        List<Pattern> patterns = new ArrayList<>();
        for (ParameterContext parameter : parameters.parameter()) {
            Position at = Reading.at(parameter.start);
            boolean hasDefault =
                    parameter.children.stream().anyMatch(child -> child.getText().equals("="));
            if (hasDefault) {
                throw new RefusedSource(
                        at, "an argument with a default", "pass it, or write two functions");
            }
            patterns.add(new Pattern.Named(parameter.IDENT().getText(), at));
        }
        return patterns;
    }

    List<Step> suite(SuiteContext suite) {
        if (suite.simple() != null) {
            return simple(suite.simple());
        }
        List<Step> steps = new ArrayList<>();
        suite.statement().forEach(statement -> steps.addAll(statement(statement)));
        return steps;
    }

    private List<Step> statement(StatementContext statement) {
        Position at = Reading.at(statement.start);
        if (statement instanceof SimpleStatementContext simple) {
            return simple(simple.simple());
        } else if (statement instanceof FunctionStatementContext inner) {
            FunctionContext function = inner.function();
            return List.of(
                    new Step.Define(
                            function.IDENT().getText(),
                            parameters(function.parameters()),
                            suite(function.suite()),
                            at));
        } else if (statement instanceof IfStatementContext choice) {
            return List.of(choose(choice, 0));
        } else if (statement instanceof ForStatementContext loop) {
            return List.of(
                    new Step.ForEach(
                            target(loop.target()),
                            expressions.expressions(loop.expressions()),
                            suite(loop.suite()),
                            at));
        }
        return List.of(select((MatchStatementContext) statement, at));
    }

    private Step choose(IfStatementContext choice, int index) {
        ExpressionContext condition = choice.expression(index);
        List<Step> otherwise = List.of();
        if (index + 1 < choice.expression().size()) {
            otherwise = List.of(choose(choice, index + 1));
        } else if (choice.ELSE() != null) {
            otherwise = suite(choice.suite(index + 1));
        }
        return new Step.Choose(
                expressions.expression(condition),
                suite(choice.suite(index)),
                otherwise,
                Reading.at(condition.start));
    }

    private Step select(MatchStatementContext match, Position at) {
        List<Step.Branch> branches = new ArrayList<>();
        match.branch()
                .forEach(
                        branch ->
                                branches.add(
                                        new Step.Branch(
                                                patterns.patterns(branch.patterns()),
                                                Optional.ofNullable(branch.expression())
                                                        .map(expressions::expression),
                                                suite(branch.suite()))));
        Expression subject = expressions.expressions(match.expressions());
        return new Step.Select(subject, branches, Optional.empty(), at);
    }

    private List<Step> simple(SimpleContext simple) {
        Position at = Reading.at(simple.start);
        if (simple instanceof ReturnSimpleContext returned) {
            if (returned.expressions() == null) {
                throw new RefusedSource(at, "return without a value", "return a value");
            }
            return List.of(new Step.Return(expressions.expressions(returned.expressions()), at));
        } else if (simple instanceof PassSimpleContext) {
            return List.of();
        } else if (simple instanceof BreakSimpleContext) {
            return List.of(new Step.Break(at));
        } else if (simple instanceof ContinueSimpleContext) {
            return List.of(new Step.Continue(at));
        }
        ExpressionSimpleContext statement = (ExpressionSimpleContext) simple;
        if (statement.assignment() != null) {
            return assign(statement, at);
        }
        boolean document = only(statement.expressions(0)) instanceof TextContext;
        return document
                ? List.of()
                : List.of(new Step.Evaluate(expressions.expressions(statement.expressions(0)), at));
    }

    private static ExpressionContext only(ExpressionsContext expressions) {
        return expressions.expression(expressions.expression().size() - 1);
    }

    private List<Step> assign(ExpressionSimpleContext statement, Position at) {
        Expression value = expressions.expressions(statement.expressions(1));
        String sign = statement.assignment().getText();
        List<ExpressionContext> targets = statement.expressions(0).expression();
        boolean single = targets.size() == 1 && statement.expressions(0).getChildCount() == 1;
        if (single && targets.get(0) instanceof NameContext name) {
            if (!sign.equals("=")) {
                Expression old = expressions.expression(name);
                String operator = sign.substring(0, sign.length() - 1);
                value = expressions.binary(operator, old, value, at);
            }
            return List.of(new Step.Assign(name.IDENT().getText(), value, at));
        }
        if (single
                && targets.get(0) instanceof ParenthesesContext tuple
                && !PythonExpressions.isGroup(tuple)) {
            targets = tuple.expression();
        }
        List<Step> steps = new ArrayList<>();
        List<Pattern> parts = new ArrayList<>();
        for (ExpressionContext target : targets) {
            parts.add(unpacked(target, steps));
        }
        List<Step> all = new ArrayList<>();
        all.add(new Step.Bind(new Pattern.TupleOf(parts, at), value, at));
        all.addAll(steps);
        return List.copyOf(all);
    }

    /** A part under a name of its own; what was there before is changed by the steps after it. */
    private Pattern unpacked(ExpressionContext target, List<Step> steps) {
        Position at = Reading.at(target.start);
        ExpressionContext inner =
                target instanceof ParenthesesContext group && PythonExpressions.isGroup(group)
                        ? group.expression(0)
                        : target;
        if (!(inner instanceof NameContext name)) {
            throw new RefusedSource(
                    at, "values do not change", "make a new one: {**map, key: value}, [*list, x]");
        }
        String known = name.IDENT().getText();
        if (known.equals("_")) {
            return new Pattern.Any(at);
        }
        String part = " " + known;
        steps.add(new Step.Assign(known, new Expression.Name(part, at), at));
        return new Pattern.Named(part, at);
    }

    Pattern target(TargetContext target) {
        Position at = Reading.at(target.start);
        if (target.targetPart().size() == 1 && target.getChildCount() == 1) {
            return part(target.targetPart(0));
        }
        return new Pattern.TupleOf(target.targetPart().stream().map(this::part).toList(), at);
    }

    private Pattern part(TargetPartContext part) {
        Position at = Reading.at(part.start);
        if (part instanceof NameTargetContext name) {
            String text = name.IDENT().getText();
            return text.equals("_") ? new Pattern.Any(at) : new Pattern.Named(text, at);
        }
        return part instanceof GroupTargetContext group
                ? target(group.target())
                : target(((ListTargetContext) part).target());
    }
}
