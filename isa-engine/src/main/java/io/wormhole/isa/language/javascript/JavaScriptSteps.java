package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.JavaScriptParser.ArrayContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BindingContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BlockContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BlockStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BreakStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ChangeContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ClauseContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ContinueStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.CountStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.DeclarationContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.DeclareStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.DoStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ElementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.EmptyStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ExpressionContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ExpressionStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ForStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.FunctionDeclarationContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.FunctionStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.IfStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.NameContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ParametersContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ReturnStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.StatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.StepContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.SwitchStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.UnaryContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.WhileStatementContext;
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
    private final JavaScriptTargets targets;

    JavaScriptSteps(boolean bigIntegers) {
        this.expressions = new JavaScriptExpressions(this, bigIntegers);
        this.targets = new JavaScriptTargets(expressions);
    }

    List<Pattern> parameters(ParametersContext parameters) {
        return targets.parameters(parameters);
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
        List<StatementContext> ordered = JavaScriptHoisting.inOrder(statements);
        Position[] since = new Position[ordered.size()];
        for (int i = ordered.size() - 1; i >= 0; i--) {
            Position at = Reading.at(ordered.get(i).start);
            boolean moved = i < ordered.size() - 1 && since[i + 1].isBefore(at);
            since[i] = moved ? since[i + 1] : at;
        }
        for (int i = 0; i < ordered.size(); i++) {
            steps.addAll(
                    ordered.get(i) instanceof FunctionStatementContext function
                            ? List.of(define(function.functionDeclaration(), since[i]))
                            : step(ordered.get(i)));
        }
        return steps;
    }

    List<Step> declaration(DeclarationContext declaration) {
        List<Step> steps = new ArrayList<>();
        for (BindingContext binding : declaration.binding()) {
            if (binding.expression() != null) {
                Pattern pattern = targets.target(binding.target());
                Expression value = expressions.expression(binding.expression());
                steps.add(new Step.Bind(pattern, value, Reading.at(binding.start)));
            } else if (declaration.CONST() != null) {
                throw new RefusedSource(
                        Reading.at(binding.start), "a constant without a value", "give it one");
            } else {
                String name = JavaScriptTargets.requireName(binding.target());
                steps.add(new Step.Declare(name, Reading.at(binding.start)));
            }
        }
        return steps;
    }

    private List<Step> step(StatementContext statement) {
        Position at = Reading.at(statement.start);
        if (statement instanceof BlockStatementContext block) {
            return List.of(new Step.Group(block(block.block()), at));
        } else if (statement instanceof DeclareStatementContext declare) {
            return declaration(declare.declaration());
        } else if (statement instanceof FunctionStatementContext function) {
            return List.of(define(function.functionDeclaration(), at));
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
                            targets.target(loop.target()),
                            expressions.expression(loop.expression()),
                            body(loop.statement()),
                            at));
        } else if (statement instanceof CountStatementContext loop) {
            return count(loop, at);
        } else if (statement instanceof WhileStatementContext loop) {
            Expression condition = expressions.expression(loop.expression());
            return List.of(Step.Count.asLongAs(condition, body(loop.statement()), at));
        } else if (statement instanceof DoStatementContext loop) {
            return List.of(repeat(loop, at));
        } else if (statement instanceof ReturnStatementContext returned) {
            return List.of(returned(returned, at));
        } else if (statement instanceof BreakStatementContext) {
            return List.of(new Step.Break(at));
        } else if (statement instanceof ContinueStatementContext) {
            return List.of(new Step.Continue(at));
        } else if (statement instanceof ExpressionStatementContext expression) {
            return change(expression.change());
        }
        return List.of();
    }

    private List<Step> count(CountStatementContext loop, Position at) {
        List<Step> steps = new ArrayList<>();
        for (ChangeContext change : loop.change()) {
            if (!loop.next.contains(change)) {
                steps.addAll(change(change));
            }
        }
        List<Step.Assign> first = new ArrayList<>();
        for (BindingContext binding : loop.binding()) {
            if (binding.expression() == null) {
                throw new RefusedSource(
                        Reading.at(binding.start), "a variable without a value", "give it one");
            }
            String name = JavaScriptTargets.requireName(binding.target());
            Expression value = expressions.expression(binding.expression());
            first.add(new Step.Assign(name, value, Reading.at(binding.start)));
        }
        Expression condition =
                loop.expression() == null
                        ? Texts.bool(true, at)
                        : expressions.expression(loop.expression());
        List<Step> next = new ArrayList<>();
        loop.next.forEach(change -> next.addAll(change(change)));
        steps.add(new Step.Count(first, condition, next, body(loop.statement()), at));
        return steps;
    }

    /** The first round comes before the condition. */
    private Step repeat(DoStatementContext loop, Position at) {
        Expression first = new Expression.Name(" first", at);
        Expression condition =
                new Expression.Conditional(
                        first, Texts.bool(true, at), expressions.expression(loop.expression()), at);
        return new Step.Count(
                List.of(new Step.Assign(" first", Texts.bool(true, at), at)),
                condition,
                List.of(new Step.Assign(" first", Texts.bool(false, at), at)),
                body(loop.statement()),
                at);
    }

    /** The body of if, else or for, a block or a single statement. */
    private List<Step> body(StatementContext statement) {
        return statement instanceof BlockStatementContext block
                ? block(block.block())
                : step(statement);
    }

    private Step define(FunctionDeclarationContext function, Position since) {
        return new Step.Define(
                function.IDENT().getText(),
                parameters(function.parameters()),
                functionBody(function.block()),
                since,
                Reading.at(function.start));
    }

    private Step returned(ReturnStatementContext returned, Position at) {
        if (returned.expression() == null) {
            throw new RefusedSource(at, "return without a value", "return a value");
        }
        return new Step.Return(expressions.expression(returned.expression()), at);
    }

    private List<Step> change(ChangeContext change) {
        Position at = Reading.at(change.start);
        if (change.assignment() == null) {
            return List.of(change(change.expression(0), "", Optional.empty(), at));
        }
        String sign = change.assignment().getText();
        return change.expression(0) instanceof ArrayContext targets
                ? assignAll(targets, change, at)
                : List.of(
                        change(change.expression(0), sign, Optional.of(change.expression(1)), at));
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
    private List<Step> assignAll(ArrayContext targets, ChangeContext statement, Position at) {
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
            steps.add(0, new Step.Bind(new Pattern.Positions(parts, false, at), value, at));
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
