package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.CoreFunction;
import io.wormhole.isa.language.core.FunctionId;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variable;
import io.wormhole.isa.language.surface.Step.Assign;
import io.wormhole.isa.language.surface.Step.Count;
import io.wormhole.isa.language.surface.StepLowering.Rest;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop with a condition as a function that calls itself with the variables of the loop and those
 * that the body changes, while the condition holds.
 */
final class CountLowering {
    private final Lowering lowering;
    private final Count source;
    private final Rest rest;
    private final FunctionId loop;
    private final FunctionId after;

    /** The variables that the body changes, those of the loop apart. */
    private final List<String> changed = new ArrayList<>();

    /** Those, after the ones of the loop. */
    private final List<String> carried = new ArrayList<>();

    CountLowering(Lowering lowering, Count source, Rest rest) {
        this.lowering = lowering;
        this.source = source;
        this.rest = rest;
        this.loop = lowering.functionId("loop");
        this.after = lowering.functionId("then");
        for (String name : StepFacts.assigned(List.of(source))) {
            if (rest.scope().own(name).isPresent()) {
                changed.add(name);
                rest.scope().frame().changed(name, source.at());
            }
            rest.scope().frame().givenSomewhere(name);
        }
        source.first().forEach(each -> carried.add(each.name()));
        carried.forEach(name -> rest.scope().frame().changed(name, source.at()));
        carried.addAll(changed);
    }

    Term lower() {
        Position at = source.at();
        Scope scope = rest.scope().block();
        List<Term> first = new ArrayList<>();
        for (Assign each : source.first()) {
            lowering.requireFree(each.name(), each.at());
            scope.give(each.name(), each.at());
            first.add(lowering.expression(each.value(), rest.scope()));
        }
        List<Variable> parameters = new ArrayList<>();
        Scope inside = lowering.steps().declare(carried, scope, parameters);
        CoreFunction function = new CoreFunction(loop, parameters, round(inside), at);
        List<Term> values = StepLowering.values(changed, rest.scope(), rest.scope(), at);
        Term start = StepLowering.call(loop, first, values, at);
        Term all = new Term.LetFunction(function, start, at);
        if (StepFacts.alwaysEnds(List.of(source))) {
            StepLowering.requireNothingAfter(rest.steps());
            return all;
        }
        return new Term.LetFunction(afterwards(), all, at);
    }

    /** The condition, and the body where it holds. */
    private Term round(Scope inside) {
        Position at = source.at();
        Flow.Ending again = (scope, where) -> next(scope, inside, where);
        Flow flow = new Flow(again, this::leave, again);
        Scope.Frame frame = inside.frame();
        List<String> moving = new ArrayList<>(carried);
        if (lowering.dialect.has(Habit.ASSIGNMENT_DECLARES)) {
            moving.addAll(StepFacts.assigned(source.body()));
            moving.forEach(name -> frame.changed(name, at));
        }
        frame.loopBegins(moving);
        Term condition = lowering.expression(source.condition(), inside);
        Term body = lowering.steps().sequence(source.body(), at, inside.block(), flow);
        frame.loopEnds();
        return source.isEndless() ? body : new Term.Choice(condition, body, leave(inside, at), at);
    }

    /** The end of a round: variables have their next values, and the loop goes on. */
    private Term next(Scope scope, Scope inside, Position at) {
        Scope end = StepLowering.carry(carried, scope, inside);
        Flow goesOn =
                Flow.endingWith(
                        (last, where) ->
                                StepLowering.call(
                                        loop,
                                        List.of(),
                                        StepLowering.values(carried, last, inside, where),
                                        where));
        return lowering.steps().sequence(source.next(), at, end, goesOn);
    }

    private Term leave(Scope scope, Position at) {
        List<Term> values = StepLowering.values(changed, scope, rest.scope(), at);
        return StepLowering.call(after, List.of(), values, at);
    }

    private CoreFunction afterwards() {
        List<Variable> parameters = new ArrayList<>();
        Scope scope = lowering.steps().declare(changed, rest.scope(), parameters);
        Term body = lowering.steps().sequence(rest.steps(), rest.end(), scope, rest.flow());
        return new CoreFunction(after, parameters, body, source.at());
    }
}
