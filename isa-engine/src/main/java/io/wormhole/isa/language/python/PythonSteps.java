package io.wormhole.isa.language.python;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.PythonParser.BranchContext;
import io.wormhole.isa.language.grammar.PythonParser.BreakSimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.ContinueSimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.ElementContext;
import io.wormhole.isa.language.grammar.PythonParser.ExpressionContext;
import io.wormhole.isa.language.grammar.PythonParser.ExpressionSimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.ExpressionsContext;
import io.wormhole.isa.language.grammar.PythonParser.ForStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.FunctionContext;
import io.wormhole.isa.language.grammar.PythonParser.FunctionStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.GroupTargetContext;
import io.wormhole.isa.language.grammar.PythonParser.IfStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.ListContext;
import io.wormhole.isa.language.grammar.PythonParser.ListTargetContext;
import io.wormhole.isa.language.grammar.PythonParser.MatchStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.NameContext;
import io.wormhole.isa.language.grammar.PythonParser.NameTargetContext;
import io.wormhole.isa.language.grammar.PythonParser.ParameterContext;
import io.wormhole.isa.language.grammar.PythonParser.ParametersContext;
import io.wormhole.isa.language.grammar.PythonParser.ParenthesesContext;
import io.wormhole.isa.language.grammar.PythonParser.PassSimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.RestTargetContext;
import io.wormhole.isa.language.grammar.PythonParser.ReturnSimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.SimpleContext;
import io.wormhole.isa.language.grammar.PythonParser.SimpleStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.StatementContext;
import io.wormhole.isa.language.grammar.PythonParser.SuiteContext;
import io.wormhole.isa.language.grammar.PythonParser.TargetContext;
import io.wormhole.isa.language.grammar.PythonParser.TargetPartContext;
import io.wormhole.isa.language.grammar.PythonParser.TextContext;
import io.wormhole.isa.language.grammar.PythonParser.WhileStatementContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** Statements of Python. */
final class PythonSteps {
    private final PythonExpressions expressions;
    private final PythonPatterns patterns = new PythonPatterns(this);

    /** With the names of Python that the program gives a meaning of its own. */
    PythonSteps(Set<String> own) {
        this.expressions = new PythonExpressions(this, own);
    }

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
                patterns.add(defaulted(parameter, at));
                continue;
            }
            patterns.add(new Pattern.Named(parameter.IDENT().getText(), at));
        }
        return patterns;
    }

    /** Python computes a default once, where the function is made: so it is a literal here. */
    private Pattern defaulted(ParameterContext parameter, Position at) {
        int last = parameter.expression().size() - 1;
        Expression value = expressions.expression(parameter.expression(last));
        if (!(value instanceof Expression.Literal)) {
            throw new RefusedSource(
                    value.at(), "a default that is no literal", "compute it in the function");
        }
        return new Pattern.Defaulted(new Pattern.Named(parameter.IDENT().getText(), at), value, at);
    }

    List<Step> suite(SuiteContext suite) {
        List<Step> steps = new ArrayList<>();
        if (suite.simples() != null) {
            suite.simples().simple().forEach(simple -> steps.addAll(simple(simple)));
        }
        suite.statement().forEach(statement -> steps.addAll(statement(statement)));
        return steps;
    }

    private List<Step> statement(StatementContext statement) {
        Position at = Reading.at(statement.start);
        if (statement instanceof SimpleStatementContext line) {
            List<Step> steps = new ArrayList<>();
            line.simples().simple().forEach(simple -> steps.addAll(simple(simple)));
            return steps;
        } else if (statement instanceof WhileStatementContext loop) {
            Expression condition = expressions.expression(loop.expression());
            return List.of(Step.Count.asLongAs(condition, suite(loop.suite()), at));
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
        for (BranchContext branch : match.branch()) {
            Pattern pattern = patterns.patterns(branch.patterns());
            Optional<Expression> guard =
                    Optional.ofNullable(branch.expression()).map(expressions::expression);
            List<Step> body = suite(branch.suite());
            // A guard that does not hold ends the branch: other forms are not tried then.
            List<Pattern> forms = guard.isPresent() ? List.of(pattern) : PythonForms.of(pattern);
            forms.forEach(form -> branches.add(new Step.Branch(form, guard, body)));
        }
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
        return expressions.element(expressions.element().size() - 1).expression();
    }

    private List<Step> assign(ExpressionSimpleContext statement, Position at) {
        int last = statement.expressions().size() - 1;
        Expression value = expressions.expressions(statement.expressions(last));
        String sign = statement.assignment().getText();
        if (!sign.equals("=")) {
            return List.of(changed(statement, sign, value, at));
        }
        List<Step> steps = new ArrayList<>();
        if (last > 1) {
            // Several targets: the value is made once.
            steps.add(new Step.Bind(new Pattern.Named(" all", at), value, at));
            value = new Expression.Name(" all", at);
        }
        for (ExpressionsContext target : statement.expressions().subList(0, last)) {
            give(target, value, at, steps);
        }
        return steps;
    }

    private Step changed(
            ExpressionSimpleContext statement, String sign, Expression value, Position at) {
        ExpressionsContext target = statement.expressions(0);
        boolean plain = target.getChildCount() == 1 && statement.expressions().size() == 2;
        if (!plain || !(target.element(0).expression() instanceof NameContext name)) {
            throw noChange(at);
        }
        Expression old = expressions.expression(name);
        String operator = sign.substring(0, sign.length() - 1);
        return new Step.Assign(
                name.IDENT().getText(), expressions.binary(operator, old, value, at), at);
    }

    private static RefusedSource noChange(Position at) {
        return new RefusedSource(
                at, "values do not change", "make a new one: {**map, key: value}, [*list, x]");
    }

    private void give(ExpressionsContext target, Expression value, Position at, List<Step> steps) {
        List<ElementContext> targets = target.element();
        boolean single = target.getChildCount() == 1 && targets.get(0).getChildCount() == 1;
        ExpressionContext first = targets.get(0).expression();
        if (single && first instanceof NameContext name) {
            steps.add(new Step.Assign(name.IDENT().getText(), value, at));
            return;
        }
        List<Step> after = new ArrayList<>();
        Pattern pattern = single ? unpacked(first, after) : sequence(targets, after, at);
        steps.add(new Step.Bind(pattern, value, at));
        steps.addAll(after);
    }

    private Pattern sequence(List<ElementContext> targets, List<Step> after, Position at) {
        List<Pattern> parts = new ArrayList<>();
        int rest = -1;
        for (ElementContext target : targets) {
            rest = target.getChildCount() > 1 ? restAt(rest, parts.size(), target.start) : rest;
            parts.add(unpacked(target.expression(), after));
        }
        return PythonPatterns.sequence(parts, rest, at);
    }

    static int restAt(int before, int index, Token at) {
        if (before >= 0) {
            throw new RefusedSource(Reading.at(at), "two parts with a star", "leave one star away");
        }
        return index;
    }

    /** A part under a name of its own; what was there before is changed by the steps after it. */
    private Pattern unpacked(ExpressionContext target, List<Step> after) {
        Position at = Reading.at(target.start);
        if (target instanceof ParenthesesContext group && PythonExpressions.isGroup(group)) {
            return unpacked(group.expression(0), after);
        } else if (target instanceof ParenthesesContext tuple && tuple.generator().isEmpty()) {
            List<Pattern> parts = new ArrayList<>();
            tuple.expression().forEach(part -> parts.add(unpacked(part, after)));
            return PythonPatterns.sequence(parts, -1, at);
        } else if (target instanceof ListContext list && list.generator().isEmpty()) {
            return sequence(list.element(), after, at);
        }
        if (!(target instanceof NameContext name)) {
            throw noChange(at);
        }
        String known = name.IDENT().getText();
        if (known.equals("_")) {
            return new Pattern.Any(at);
        }
        String part = " " + known;
        after.add(new Step.Assign(known, new Expression.Name(part, at), at));
        return new Pattern.Named(part, at);
    }

    Pattern target(TargetContext target) {
        Position at = Reading.at(target.start);
        boolean star = target.targetPart(0) instanceof RestTargetContext;
        if (target.targetPart().size() == 1 && target.getChildCount() == 1 && !star) {
            return part(target.targetPart(0));
        }
        List<Pattern> parts = new ArrayList<>();
        int rest = -1;
        for (TargetPartContext part : target.targetPart()) {
            boolean starred = part instanceof RestTargetContext;
            rest = starred ? restAt(rest, parts.size(), part.start) : rest;
            parts.add(part(part));
        }
        return PythonPatterns.sequence(parts, rest, at);
    }

    private Pattern part(TargetPartContext part) {
        Position at = Reading.at(part.start);
        if (part instanceof RestTargetContext rest) {
            return PythonPatterns.named(rest.IDENT().getText(), at);
        } else if (part instanceof NameTargetContext name) {
            return PythonPatterns.named(name.IDENT().getText(), at);
        }
        return part instanceof GroupTargetContext group
                ? target(group.target())
                : target(((ListTargetContext) part).target());
    }
}
