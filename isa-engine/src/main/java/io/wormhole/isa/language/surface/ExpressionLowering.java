package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.CoreFunction;
import io.wormhole.isa.language.core.FunctionId;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.surface.Expression.Block;
import io.wormhole.isa.language.surface.Expression.ByArity;
import io.wormhole.isa.language.surface.Expression.Comprehension;
import io.wormhole.isa.language.surface.Expression.Conditional;
import io.wormhole.isa.language.surface.Expression.Each;
import io.wormhole.isa.language.surface.Expression.Failure;
import io.wormhole.isa.language.surface.Expression.Filter;
import io.wormhole.isa.language.surface.Expression.Fold;
import io.wormhole.isa.language.surface.Expression.Invoke;
import io.wormhole.isa.language.surface.Expression.Labelled;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Made;
import io.wormhole.isa.language.surface.Expression.Name;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.Expression.Range;
import io.wormhole.isa.language.surface.Scope.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Expressions as terms. */
final class ExpressionLowering {
    private final Lowering lowering;
    private final ListLowering lists;

    ExpressionLowering(Lowering lowering) {
        this.lowering = lowering;
        this.lists = new ListLowering(lowering);
    }

    Term lower(Expression expression, Scope scope) {
        Position at = expression.at();
        if (expression instanceof Literal literal) {
            return new Term.Constant(literal.value(), literal.kind(), literal.plain(), at);
        } else if (expression instanceof Name name) {
            return name(name, scope);
        } else if (expression instanceof Operator operator) {
            return new Term.Operate(operator.overload(), all(operator.operands(), scope), at);
        } else if (expression instanceof Invoke invoke) {
            return invoke(invoke, scope, false);
        } else if (expression instanceof Expression.Function function) {
            requireNoDefault(function);
            FunctionId id = lowering.functionId("fn");
            CoreFunction made =
                    lowering.function(id, function.parameters(), function.body(), scope, at);
            return new Term.LetFunction(made, new Term.Reference(id, at), at);
        } else if (expression instanceof Conditional conditional) {
            return new Term.Choice(
                    lowering.expression(conditional.condition(), scope),
                    lowering.expression(conditional.then(), scope),
                    lowering.expression(conditional.otherwise(), scope),
                    at);
        } else if (expression instanceof Block block) {
            Flow flow = lowering.steps().mustReturn(at);
            return lowering.steps().sequence(block.steps(), at, scope.block(), flow);
        } else if (expression instanceof Failure failure) {
            return new Term.Fail(lowering.expression(failure.reason(), scope), at);
        } else if (expression instanceof Labelled) {
            throw new RefusedSource(
                    at,
                    "an argument by name, for what is no function of this file",
                    "pass it in its place");
        }
        return list(expression, scope);
    }

    private Term list(Expression expression, Scope scope) {
        if (expression instanceof Comprehension comprehension) {
            return lists.comprehension(comprehension, scope);
        } else if (expression instanceof Range range) {
            return lists.range(range, scope);
        } else if (expression instanceof Fold fold) {
            return lists.fold(fold, scope);
        } else if (expression instanceof Each each) {
            return lists.each(each, scope);
        } else if (expression instanceof Made made) {
            return Parts.lower(made, scope, lowering);
        } else if (expression instanceof ByArity choice) {
            return byArity(choice, scope);
        }
        return lists.filter((Filter) expression, scope);
    }

    private static void requireNoDefault(Expression.Function function) {
        for (Pattern parameter : function.parameters()) {
            if (parameter instanceof Pattern.Defaulted) {
                throw new RefusedSource(
                        parameter.at(),
                        "an argument with a default, of a function that is called as a value",
                        "give the function a name and call it by that, or pass the argument");
            }
        }
    }

    private Term byArity(ByArity choice, Scope scope) {
        int arity = arity(choice.function(), scope);
        if (arity > choice.arity()) {
            throw new RefusedSource(
                    choice.function().at(),
                    "this function takes " + arity + " arguments",
                    "here it is given " + choice.arity() + " at most, the position being the last");
        }
        boolean longer = arity == choice.arity();
        return lowering.expression(longer ? choice.longer() : choice.plain(), scope);
    }

    private static int arity(Expression function, Scope scope) {
        if (function instanceof Name name
                && scope.find(name.name()).orElse(null) instanceof Scope.OfFunction known) {
            return known.arity();
        }
        return function instanceof Expression.Function literal ? literal.parameters().size() : -1;
    }

    /** A term for its failing only: here a function without a value may be called. */
    Term effect(Expression expression, Scope scope) {
        return expression instanceof Invoke invoke
                ? invoke(invoke, scope, true)
                : lowering.expression(expression, scope);
    }

    private List<Term> all(List<Expression> expressions, Scope scope) {
        List<Term> terms = new ArrayList<>();
        expressions.forEach(expression -> terms.add(lowering.expression(expression, scope)));
        return terms;
    }

    private Term name(Name name, Scope scope) {
        Position at = name.at();
        Optional<Binding> found = scope.use(name.name(), at);
        if (found.isEmpty()) {
            Expression meant =
                    lowering.dialect.value(name.name(), at).orElseThrow(() -> unknown(name, scope));
            return lowering.expression(meant, scope);
        }
        Binding binding = found.get();
        if (binding instanceof Scope.OfNothing) {
            throw StepLowering.onSomeWays(name.name(), at);
        }
        if (binding instanceof Scope.OfVariable local) {
            return new Term.Local(local.variable(), at);
        } else if (binding instanceof Scope.OfFunction function) {
            requireValue(function, name);
            requireNoDefault(new Expression.Function(function.parameters(), List.of(), at));
            return new Term.Reference(function.function(), at);
        } else if (binding instanceof Scope.OfConstant constant) {
            Literal literal = constant.literal();
            return new Term.Constant(literal.value(), literal.kind(), false, at);
        }
        return new Term.Call(((Scope.OfComputed) binding).function(), List.of(), at);
    }

    private RefusedSource unknown(Name name, Scope scope) {
        boolean declares = lowering.dialect.has(Habit.ASSIGNMENT_DECLARES);
        if (declares && scope.frame().isGivenSomewhere(name.name())) {
            return StepLowering.onSomeWays(name.name(), name.at());
        }
        String advice = lowering.dialect.insteadOf(name.name());
        if (advice.isEmpty()) {
            advice =
                    Spelling.nearest(name.name(), scope.known())
                            .map(known -> "did you mean " + known + "?")
                            .orElse("define it before, or as a function of this file");
        }
        return new RefusedSource(name.at(), name.name() + " is not known here", advice);
    }

    private void requireValue(Scope.OfFunction function, Name name) {
        if (lowering.isProcedure(function.function())) {
            throw new RefusedSource(
                    name.at(),
                    name.name() + " gives no value",
                    "call it as a statement, or let it return something");
        }
    }

    private Term invoke(Invoke invoke, Scope scope, boolean effect) {
        Position at = invoke.at();
        if (invoke.function() instanceof Name name) {
            Optional<Binding> found = scope.use(name.name(), name.at());
            if (found.isEmpty()) {
                return builtIn(name, invoke, scope);
            }
            if (found.get() instanceof Scope.OfFunction function) {
                if (!effect) {
                    requireValue(function, name);
                }
                return Arguments.call(function, invoke, scope, lowering);
            }
        }
        Term function = lowering.expression(invoke.function(), scope);
        return new Term.Apply(function, all(invoke.arguments(), scope), at);
    }

    private Term builtIn(Name name, Invoke invoke, Scope scope) {
        List<Expression> arguments = new ArrayList<>();
        invoke.arguments().forEach(given -> arguments.add(lowering.folded(given, scope)));
        Expression meant =
                lowering.dialect
                        .call(name.name(), arguments, invoke.at())
                        .orElseThrow(() -> unknown(name, scope));
        return lowering.expression(meant, scope);
    }
}
