package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variable;
import io.wormhole.isa.language.surface.Expression.Invoke;
import io.wormhole.isa.language.surface.Expression.Labelled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call of a function that is known by its name: each in its place, whether it is
 * given there, by the name of the parameter, or left to the default.
 */
final class Arguments {
    /** A default is computed wherever it is needed: so it is short. */
    private static final int MOST_PARTS = 24;

    private final Lowering lowering;
    private final Scope.OfFunction function;
    private final Invoke call;
    private final List<Term.Let> named = new ArrayList<>();

    private Arguments(Scope.OfFunction function, Invoke call, Lowering lowering) {
        this.function = function;
        this.call = call;
        this.lowering = lowering;
    }

    /** The call. */
    static Term call(Scope.OfFunction function, Invoke call, Scope scope, Lowering lowering) {
        return new Arguments(function, call, lowering).lower(scope);
    }

    private Term lower(Scope scope) {
        List<Expression> given = call.arguments();
        boolean labelled = given.stream().anyMatch(Labelled.class::isInstance);
        int least = (int) function.parameters().stream().filter(this::isNeeded).count();
        boolean fits = given.size() >= least && given.size() < function.arity();
        if (!labelled && !fits) {
            List<Term> all = given.stream().map(each -> lowering.expression(each, scope)).toList();
            return new Term.Call(function.function(), all, call.at());
        }
        @Nullable Term[] places = new Term[function.arity()];
        for (int i = 0; i < given.size(); i++) {
            place(given.get(i), places, scope);
        }
        fill(places);
        Term term = new Term.Call(function.function(), List.of(places), call.at());
        for (int i = named.size() - 1; i >= 0; i--) {
            Term.Let let = named.get(i);
            term = new Term.Let(let.variable(), let.value(), term, let.at());
        }
        return term;
    }

    private boolean isNeeded(Pattern parameter) {
        return !(parameter instanceof Pattern.Defaulted);
    }

    /** Arguments without names take the places that are left, in order. */
    private void place(Expression argument, @Nullable Term[] places, Scope scope) {
        int place = 0;
        if (argument instanceof Labelled labelled) {
            place = placeOf(labelled);
        } else {
            List<String> labels = new ArrayList<>();
            for (Expression each : call.arguments()) {
                if (each instanceof Labelled labelled) {
                    labels.add(labelled.name());
                }
            }
            while (place < places.length
                    && (places[place] != null || labels.contains(nameAt(place)))) {
                place++;
            }
        }
        if (place == places.length || places[place] != null) {
            throw new RefusedSource(
                    argument.at(), "there is no place left for this argument", "leave it away");
        }
        Expression value = argument instanceof Labelled labelled ? labelled.value() : argument;
        places[place] = computed(lowering.expression(value, scope));
    }

    private String nameAt(int place) {
        return plain(function.parameters().get(place)) instanceof Pattern.Named named
                ? named.name()
                : "";
    }

    private int placeOf(Labelled argument) {
        for (int i = 0; i < function.arity(); i++) {
            if (nameAt(i).equals(argument.name())) {
                return i;
            }
        }
        throw new RefusedSource(
                argument.at(),
                call.function() instanceof Expression.Name name
                        ? name.name() + " has no argument called " + argument.name()
                        : "no argument is called " + argument.name(),
                "write its name as it stands in the function");
    }

    private Term computed(Term term) {
        if (term instanceof Term.Local || term instanceof Term.Constant) {
            return term;
        }
        Variable variable = lowering.variable(" argument");
        named.add(new Term.Let(variable, term, term, call.at()));
        return new Term.Local(variable, call.at());
    }

    /** Defaults are computed one after another, and know the arguments before them. */
    private void fill(@Nullable Term[] places) {
        Scope inner = function.home().function();
        for (int i = 0; i < places.length; i++) {
            inner.put(nameAt(i), new Scope.OfNothing(inner.frame()));
        }
        for (int i = 0; i < places.length; i++) {
            Term value = places[i];
            if (value == null) {
                if (!(function.parameters().get(i) instanceof Pattern.Defaulted other)) {
                    throw new RefusedSource(
                            call.at(), "the argument " + nameAt(i) + " is missing", "pass it");
                }
                value = computed(lowering.expression(other.otherwise(), inner));
                places[i] = value;
            }
            inner.put(nameAt(i), binding(value, inner));
        }
    }

    private static Scope.Binding binding(Term value, Scope inner) {
        if (value instanceof Term.Constant constant) {
            return new Scope.OfConstant(
                    new Expression.Literal(
                            constant.value(), constant.kind(), false, constant.at()));
        }
        return new Scope.OfVariable(((Term.Local) value).variable(), inner.frame());
    }

    /** The form of a parameter, whatever its default. */
    static Pattern plain(Pattern parameter) {
        return parameter instanceof Pattern.Defaulted other ? other.pattern() : parameter;
    }

    /** Refuses defaults that say more than a short value. */
    static void requireShort(List<Pattern> parameters) {
        boolean names = true;
        for (Pattern parameter : parameters) {
            if (parameter instanceof Pattern.Defaulted other) {
                Expression value = other.otherwise();
                boolean literal = value instanceof Expression.Literal;
                if (partsOf(value) > MOST_PARTS || (!literal && !names)) {
                    throw new RefusedSource(
                            value.at(),
                            "a default is a literal, or a short expression of names",
                            "compute it in the function, or pass it");
                }
            }
            names &= plain(parameter) instanceof Pattern.Named;
        }
    }

    private static int partsOf(Expression expression) {
        if (expression instanceof Expression.Operator operator) {
            return 1 + operator.operands().stream().mapToInt(Arguments::bounded).sum();
        } else if (expression instanceof Expression.Conditional choice) {
            return 1
                    + bounded(choice.condition())
                    + bounded(choice.then())
                    + bounded(choice.otherwise());
        }
        boolean single =
                expression instanceof Expression.Literal || expression instanceof Expression.Name;
        return single ? 1 : MOST_PARTS + 1;
    }

    private static int bounded(Expression expression) {
        return Math.min(partsOf(expression), MOST_PARTS + 1);
    }
}
