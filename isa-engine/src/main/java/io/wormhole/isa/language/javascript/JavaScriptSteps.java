package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.JavaScriptParser.ArrayContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ArrayTargetContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BindingContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BlockContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BlockStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BreakStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ClauseContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ContinueStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.CountStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.DeclarationContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.DeclareStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ElementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.EmptyStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ExpressionContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ExpressionStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ForStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.FunctionDeclarationContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.FunctionStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.IfStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.KeyTargetContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.NameContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.NameTargetContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ObjectTargetContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ParametersContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ReturnStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.StatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.StepContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.SwitchStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.TargetContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.UnaryContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import io.wormhole.isa.language.surface.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements of JavaScript. */
final class JavaScriptSteps {
    private static final String NO_MUTATION =
            "make a new object: { ...object, name: value }, or a list: [...list, value]";

    private final JavaScriptExpressions expressions;

    JavaScriptSteps(boolean bigIntegers) {
        this.expressions = new JavaScriptExpressions(this, bigIntegers);
    }

    List<Pattern> parameters(ParametersContext parameters) {
        return parameters.target().stream().map(this::target).toList();
    }

    Pattern target(TargetContext target) {
        Position at = Reading.at(target.start);
        if (target instanceof NameTargetContext name) {
            return new Pattern.Named(name.IDENT().getText(), at);
        } else if (target instanceof ArrayTargetContext array) {
            List<Pattern> parts = array.target().stream().map(this::target).toList();
            if (array.IDENT() == null) {
                return new Pattern.Positions(parts, at);
            }
            Pattern rest = new Pattern.Named(array.IDENT().getText(), at);
            return new Pattern.ListOf(parts, Optional.of(rest), at);
        }
        List<Pattern.Entry> entries = new ArrayList<>();
        for (KeyTargetContext key : ((ObjectTargetContext) target).keyTarget()) {
            String name = key.IDENT().getText();
            Position where = Reading.at(key.start);
            Pattern value =
                    key.target() == null ? new Pattern.Named(name, where) : target(key.target());
            entries.add(new Pattern.Entry(Texts.text(name, where), value));
        }
        return new Pattern.MapOf(entries, at);
    }

    List<Step> block(BlockContext block) {
        return steps(block.statement());
    }

    /** The body of a function. */
    List<Step> functionBody(BlockContext block) {
        JavaScriptConstants.check(block);
        return block(block);
    }

    List<Step> steps(List<StatementContext> statements) {
        List<Step> steps = new ArrayList<>();
        statements.forEach(statement -> steps.addAll(step(statement)));
        return steps;
    }

    List<Step> declaration(DeclarationContext declaration) {
        List<Step> steps = new ArrayList<>();
        for (BindingContext binding : declaration.binding()) {
            if (binding.expression() != null) {
                Pattern pattern = target(binding.target());
                Expression value = expressions.expression(binding.expression());
                steps.add(new Step.Bind(pattern, value, Reading.at(binding.start)));
            } else if (declaration.CONST() != null) {
                throw new RefusedSource(
                        Reading.at(binding.start), "a constant without a value", "give it one");
            } else {
                throw new RefusedSource(
                        Reading.at(binding.start),
                        "a variable without a value",
                        "give it its first value, or write const x = condition ? a : b");
            }
        }
        return steps;
    }

    private List<Step> step(StatementContext statement) {
        Position at = Reading.at(statement.start);
        if (statement instanceof BlockStatementContext block) {
            throw new RefusedSource(
                    Reading.at(block.start), "a block by itself", "take the braces away");
        } else if (statement instanceof DeclareStatementContext declare) {
            return declaration(declare.declaration());
        } else if (statement instanceof FunctionStatementContext function) {
            return List.of(define(function.functionDeclaration()));
        } else if (statement instanceof IfStatementContext choice) {
            boolean hasElse = choice.ELSE() != null;
            return List.of(
                    new Step.Choose(
                            expressions.expression(choice.expression()),
                            body(choice.statement(0)),
                            hasElse ? body(choice.statement(1)) : List.of(),
                            at));
        } else if (statement instanceof SwitchStatementContext select) {
            return List.of(select(select));
        } else if (statement instanceof ForStatementContext loop) {
            return List.of(
                    new Step.ForEach(
                            target(loop.target()),
                            expressions.expression(loop.expression()),
                            body(loop.statement()),
                            at));
        } else if (statement instanceof CountStatementContext loop) {
            return List.of(count(loop, at));
        } else if (statement instanceof ReturnStatementContext returned) {
            return List.of(returned(returned, at));
        } else if (statement instanceof BreakStatementContext) {
            return List.of(new Step.Break(at));
        } else if (statement instanceof ContinueStatementContext) {
            return List.of(new Step.Continue(at));
        } else if (statement instanceof ExpressionStatementContext expression) {
            return expression.assignment() != null
                            && expression.expression(0) instanceof ArrayContext targets
                    ? assignAll(targets, expression, at)
                    : List.of(evaluate(expression, at));
        }
        return List.of();
    }

    private Step count(CountStatementContext loop, Position at) {
        String name = loop.IDENT().getText();
        boolean assigns = loop.assignment() != null;
        Step next =
                change(
                        loop.expression(2),
                        assigns ? loop.assignment().getText() : "",
                        assigns ? Optional.of(loop.expression(3)) : Optional.empty(),
                        Reading.at(loop.expression(2).start));
        if (!(next instanceof Step.Assign assign) || !assign.name().equals(name)) {
            throw new RefusedSource(
                    Reading.at(loop.expression(2).start),
                    "the last part of a for gives " + name + " its next value",
                    "write " + name + "++ or " + name + " += 2 there, all else in the body");
        }
        return new Step.Count(
                name,
                expressions.expression(loop.expression(0)),
                expressions.expression(loop.expression(1)),
                assign,
                body(loop.statement()),
                at);
    }

    /** The body of if, else or for, a block or a single statement. */
    private List<Step> body(StatementContext statement) {
        return statement instanceof BlockStatementContext block
                ? block(block.block())
                : step(statement);
    }

    private Step define(FunctionDeclarationContext function) {
        return new Step.Define(
                function.IDENT().getText(),
                parameters(function.parameters()),
                functionBody(function.block()),
                Reading.at(function.start));
    }

    private Step returned(ReturnStatementContext returned, Position at) {
        if (returned.expression() == null) {
            throw new RefusedSource(at, "return without a value", "return a value");
        }
        return new Step.Return(expressions.expression(returned.expression()), at);
    }

    private Step evaluate(ExpressionStatementContext statement, Position at) {
        return statement.assignment() == null
                ? change(statement.expression(0), "", Optional.empty(), at)
                : change(
                        statement.expression(0),
                        statement.assignment().getText(),
                        Optional.of(statement.expression(1)),
                        at);
    }

    /** {@code target} alone, or with a new value. */
    private Step change(
            ExpressionContext target, String sign, Optional<ExpressionContext> given, Position at) {
        if (given.isEmpty()) {
            if (target instanceof StepContext step) {
                return counted(step.expression(), step.op.getText(), at);
            }
            if (target instanceof UnaryContext unary && unary.op.getText().length() == 2) {
                return counted(unary.expression(), unary.op.getText(), at);
            }
            return new Step.Evaluate(expressions.expression(target), at);
        }
        if (!(target instanceof NameContext name)) {
            throw new RefusedSource(at, "values do not change", NO_MUTATION);
        }
        Expression value = expressions.expression(given.get());
        if (!sign.equals("=")) {
            Expression old = expressions.expression(target);
            String operator = sign.substring(0, sign.length() - 1);
            value = expressions.binary(operator, old, value, at);
        }
        return new Step.Assign(name.IDENT().getText(), value, at);
    }

    /** {@code [a, b] = [b, a]}: all values are there before the first variable has its new one. */
    private List<Step> assignAll(
            ArrayContext targets, ExpressionStatementContext statement, Position at) {
        boolean plain =
                statement.assignment().getText().equals("=")
                        && targets.element().stream()
                                .allMatch(
                                        each ->
                                                each.getChildCount() == 1
                                                        && each.expression()
                                                                instanceof NameContext);
        if (!plain || targets.element().isEmpty()) {
            throw new RefusedSource(at, "values do not change", "write [a, b] = [b, a], of names");
        }
        List<Pattern> parts = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (ElementContext element : targets.element()) {
            String name = element.getText();
            parts.add(new Pattern.Named(" " + name, at));
            steps.add(new Step.Assign(name, new Expression.Name(" " + name, at), at));
        }
        if (statement.expression(1) instanceof ArrayContext values
                && values.element().size() == parts.size()
                && values.element().stream().allMatch(each -> each.getChildCount() == 1)) {
            for (int k = parts.size() - 1; k >= 0; k--) {
                Expression value = expressions.expression(values.element(k).expression());
                steps.add(0, new Step.Bind(parts.get(k), value, at));
            }
        } else {
            Expression value = expressions.expression(statement.expression(1));
            steps.add(0, new Step.Bind(new Pattern.Positions(parts, at), value, at));
        }
        return steps;
    }

    private Step counted(ExpressionContext target, String sign, Position at) {
        if (!(target instanceof NameContext name)) {
            throw new RefusedSource(at, "values do not change", NO_MUTATION);
        }
        Expression one = Texts.integer("1", true, at);
        Expression old = expressions.expression(target);
        String operator = sign.substring(1);
        return new Step.Assign(
                name.IDENT().getText(), expressions.binary(operator, old, one, at), at);
    }

    private Step select(SwitchStatementContext select) {
        Position at = Reading.at(select.start);
        List<Step.Branch> branches = new ArrayList<>();
        List<Pattern> labels = new ArrayList<>();
        List<ClauseContext> clauses = select.clause();
        for (int i = 0; i < clauses.size(); i++) {
            ClauseContext clause = clauses.get(i);
            Position where = Reading.at(clause.start);
            boolean last = i == clauses.size() - 1;
            if (clause.DEFAULT() != null && (!last || !labels.isEmpty())) {
                throw new RefusedSource(
                        where, "default is not alone in last place", "move it to the end");
            }
            if (clause.expression() != null) {
                labels.add(label(clause, where));
                if (clause.statement().isEmpty() && !last) {
                    continue;
                }
            }
            Pattern pattern =
                    labels.isEmpty()
                            ? new Pattern.Any(where)
                            : labels.size() == 1 ? labels.get(0) : new Pattern.OneOf(labels, where);
            branches.add(new Step.Branch(pattern, Optional.empty(), caseBody(clause, last)));
            labels = new ArrayList<>();
        }
        Expression subject = expressions.expression(select.expression());
        return new Step.Select(subject, branches, Optional.empty(), at);
    }

    private Pattern label(ClauseContext clause, Position at) {
        return new Pattern.Same(expressions.expression(clause.expression()), at);
    }

    /** A case ends with break, return or a failure; a break elsewhere in it has no meaning here. */
    private List<Step> caseBody(ClauseContext clause, boolean last) {
        List<StatementContext> statements =
                clause.statement().stream()
                        .filter(statement -> !(statement instanceof EmptyStatementContext))
                        .toList();
        if (statements.size() == 1 && statements.get(0) instanceof BlockStatementContext block) {
            statements = block.block().statement();
        }
        List<Step> body = steps(statements);
        Position at = Reading.at(clause.start);
        boolean breaks = !body.isEmpty() && body.get(body.size() - 1) instanceof Step.Break;
        List<Step> plain = breaks ? body.subList(0, body.size() - 1) : body;
        if (!breaks && !last && !endsWithLeaving(plain)) {
            throw new RefusedSource(
                    at, "this case runs on into the next one", "end it with break or return");
        }
        if (breaksInside(plain)) {
            throw new RefusedSource(
                    at, "a break inside of a case", "write if and else inside the case");
        }
        return plain;
    }

    private static boolean endsWithLeaving(List<Step> body) {
        if (body.isEmpty()) {
            return false;
        }
        Step end = body.get(body.size() - 1);
        if (end instanceof Step.Choose choose) {
            return endsWithLeaving(choose.then()) && endsWithLeaving(choose.otherwise());
        }
        return end instanceof Step.Return
                || end instanceof Step.Continue
                || (end instanceof Step.Evaluate evaluate
                        && evaluate.expression() instanceof Expression.Failure);
    }

    private static boolean breaksInside(List<Step> body) {
        for (Step step : body) {
            boolean inside =
                    step instanceof Step.Break
                            || (step instanceof Step.Choose choose
                                    && (breaksInside(choose.then())
                                            || breaksInside(choose.otherwise())));
            if (inside) {
                return true;
            }
        }
        return false;
    }
}
