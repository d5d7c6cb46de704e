package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.CoreFunction;
import io.wormhole.isa.language.core.FunctionId;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.surface.Step.Assign;
import io.wormhole.isa.language.surface.Step.Bind;
import io.wormhole.isa.language.surface.Step.Define;
import io.wormhole.isa.language.surface.StepLowering.Rest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Functions inside a function. Those that stand one right after another know each other and
 * themselves, so that they may call each other, where the language has it so; what stands between
 * is not there yet when those above it run.
 */
final class LocalFunctions {
    private final Lowering lowering;

    LocalFunctions(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The functions that {@code steps} begin with; none where they begin with something else. */
    List<Define> leading(List<Step> steps, Scope scope) {
        List<Define> group = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Step step : steps) {
            Optional<Define> define = asDefinition(step, scope);
            boolean joins =
                    group.isEmpty() || lowering.dialect.has(Habit.LOCAL_FUNCTIONS_KNOW_EACH_OTHER);
            if (define.isEmpty() || !joins || !names.add(define.get().name())) {
                break;
            }
            group.add(define.get());
        }
        return group;
    }

    /**
     * The same steps, where a function that comes first goes down to the one that it calls, if
     * nothing between the two uses it: so they stand one right after another.
     */
    List<Step> arranged(List<Step> steps, Scope scope) {
        Optional<Define> first = asDefinition(steps.get(0), scope);
        if (first.isEmpty() || !lowering.dialect.has(Habit.LOCAL_FUNCTIONS_KNOW_EACH_OTHER)) {
            return steps;
        }
        int to = 0;
        for (int i = 1; i < steps.size(); i++) {
            Optional<Define> other = asDefinition(steps.get(i), scope);
            boolean called = other.isPresent() && Mentions.of(other.get().name(), first.get());
            if (called) {
                to = i;
            }
            if (!called && Mentions.of(first.get().name(), steps.get(i))) {
                break;
            }
        }
        if (to == leadingSize(steps, to, scope)) {
            return steps;
        }
        List<Step> moved = new ArrayList<>(steps.subList(1, to));
        moved.add(steps.get(0));
        moved.addAll(steps.subList(to, steps.size()));
        return moved;
    }

    /** How many of the steps up to {@code most} are functions, the first apart. */
    private int leadingSize(List<Step> steps, int most, Scope scope) {
        int size = 0;
        while (size < most && asDefinition(steps.get(size + 1), scope).isPresent()) {
            size++;
        }
        return size;
    }

    private Optional<Define> asDefinition(Step step, Scope scope) {
        if (step instanceof Define define) {
            return Optional.of(define);
        }
        if (step instanceof Bind bind && bind.pattern() instanceof Pattern.Named named) {
            return named(named.name(), bind.value(), step);
        }
        if (step instanceof Assign assign
                && lowering.dialect.has(Habit.ASSIGNMENT_DECLARES)
                && scope.own(assign.name()).isEmpty()) {
            return named(assign.name(), assign.value(), step);
        }
        return Optional.empty();
    }

    private static Optional<Define> named(String name, Expression value, Step step) {
        return value instanceof Expression.Function function
                ? Optional.of(new Define(name, function.parameters(), function.body(), step.at()))
                : Optional.empty();
    }

    /** What follows {@code group}, with its functions known. */
    Term lower(List<Define> group, Rest rest) {
        Scope inner = rest.scope().inside();
        boolean known = lowering.dialect.has(Habit.LOCAL_FUNCTIONS_KNOW_EACH_OTHER);
        Scope within = known ? inner : rest.scope();
        List<FunctionId> ids = new ArrayList<>();
        for (Define define : group) {
            FunctionId id = lowering.functionId(define.name());
            lowering.requireFree(define.name(), define.at());
            lowering.requireNoFunction(define.name(), rest.scope(), define.at());
            rest.scope().give(define.name(), define.at());
            lowering.noteProcedure(id, define.body());
            Scope home = within.since(define.since());
            Optional<Scope.Frame> frame = Optional.of(rest.scope().frame());
            inner.declare(
                    define.name(), new Scope.OfFunction(id, define.parameters(), home, frame));
            ids.add(id);
        }
        List<CoreFunction> functions = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            Define each = group.get(i);
            Scope around = within.since(each.since());
            functions.add(
                    lowering.function(
                            ids.get(i), each.parameters(), each.body(), around, each.at()));
        }
        Term term = lowering.steps().sequence(rest.steps(), rest.end(), inner, rest.flow());
        for (int i = group.size() - 1; i >= 0; i--) {
            term = new Term.LetFunction(functions.get(i), term, group.get(i).at());
        }
        return term;
    }
}
