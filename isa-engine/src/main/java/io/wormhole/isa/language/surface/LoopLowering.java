package io.wormhole.isa.language.surface;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.CoreFunction;
import io.wormhole.isa.language.core.FunctionId;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variable;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.Step.ForEach;
import io.wormhole.isa.language.surface.StepLowering.Rest;
import io.wormhole.isa.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop over a list as a function that calls itself with the rest of the list and the variables
 * that the body changes; what follows the loop is what the function does at the end of the list.
 */
final class LoopLowering {
    static final Overload AT_LEAST =
            Overload.of(
                    ">=", Variant.of(List.of(Kind.INTEGER, Kind.INTEGER), Kind.BOOLEAN, Opcode.GE));
    static final Overload NEXT =
            Overload.of(
                    "+", Variant.of(List.of(Kind.INTEGER, Kind.INTEGER), Kind.INTEGER, Opcode.ADD));

    private final Lowering lowering;
    private final StepLowering steps;

    LoopLowering(Lowering lowering, StepLowering steps) {
        this.lowering = lowering;
        this.steps = steps;
    }

    /** A loop under way: its function, the variable that moves, the names that it carries on. */
    private record Loop(
            FunctionId id, Variable moving, List<String> carried, ForEach source, Rest rest) {}

    Term lower(ForEach source, Rest rest) {
        Position at = source.at();
        List<String> carried = new ArrayList<>();
        for (String name : StepFacts.assigned(source.body())) {
            if (rest.scope().own(name).isPresent()) {
                carried.add(name);
                rest.scope().frame().changed(name, at);
            }
            rest.scope().frame().givenSomewhere(name);
        }
        StepFacts.captured(source.pattern()).forEach(rest.scope().frame()::givenSomewhere);
        if (lowering.dialect.has(Habit.LOOP_VARIABLE_IS_ONE)) {
            for (String name : StepFacts.captured(source.pattern())) {
                requireNew(name, rest.scope(), source.pattern().at());
                rest.scope().give(name, source.pattern().at());
                rest.scope().frame().changed(name, at);
            }
        }
        Loop loop =
                new Loop(
                        lowering.functionId("loop"),
                        lowering.variable(" rest"),
                        carried,
                        source,
                        rest);
        if (source.list() instanceof Expression.Range range) {
            return counting(loop, range);
        }
        Term list = lowering.expression(source.list(), rest.scope());
        return function(
                loop,
                PatternLowering.operate(CollectionOperators.EMPTY, at, moving(loop)),
                PatternLowering.operate(CollectionOperators.HEAD, at, moving(loop)),
                PatternLowering.operate(CollectionOperators.TAIL, at, moving(loop)),
                list);
    }

    /** Where the variable of a loop outlives it, it would change one that was there before. */
    private static void requireNew(String name, Scope scope, Position at) {
        if (scope.own(name).isPresent()) {
            throw new RefusedSource(
                    at,
                    name + " was given a value before, and this loop would change it",
                    "give the variable of the loop a name of its own");
        }
    }

    private static Term moving(Loop loop) {
        return new Term.Local(loop.moving(), loop.source().at());
    }

    /** A loop over a range counts and makes no list. */
    private Term counting(Loop loop, Expression.Range range) {
        Position at = range.at();
        Term limit = lowering.expression(range.to(), loop.rest().scope());
        boolean simple = limit instanceof Term.Local || limit instanceof Term.Constant;
        Variable last = lowering.variable(" limit");
        Term to = simple ? limit : new Term.Local(last, at);
        Term one = new Term.Constant(Value.of(1), Kind.INTEGER, false, at);
        Term all =
                function(
                        loop,
                        PatternLowering.operate(AT_LEAST, at, moving(loop), to),
                        moving(loop),
                        PatternLowering.operate(NEXT, at, moving(loop), one),
                        lowering.expression(range.from(), loop.rest().scope()));
        return simple ? all : new Term.Let(last, limit, all, at);
    }

    private Term function(Loop loop, Term ended, Term element, Term next, Term first) {
        Position at = loop.source().at();
        Rest rest = loop.rest();
        List<Variable> parameters = new ArrayList<>(List.of(loop.moving()));
        Scope inside = steps.declare(loop.carried(), rest.scope(), parameters);
        boolean breaks = StepFacts.breaks(loop.source().body());
        FunctionId after = lowering.functionId("then");
        Flow.Ending leave =
                breaks
                        ? (scope, where) ->
                                StepLowering.call(
                                        after, List.of(), values(loop, scope, where), where)
                        : (scope, where) ->
                                steps.sequence(rest.steps(), rest.end(), scope, rest.flow());
        Flow.Ending again =
                (scope, where) ->
                        StepLowering.call(
                                loop.id(), List.of(next), values(loop, scope, where), where);
        Flow flow = new Flow(again, leave, again);
        List<String> moving = new ArrayList<>(loop.carried());
        if (lowering.dialect.has(Habit.LOOP_VARIABLE_IS_ONE)) {
            moving.addAll(StepFacts.captured(loop.source().pattern()));
            moving.addAll(StepFacts.assigned(loop.source().body()));
            moving.forEach(name -> inside.frame().changed(name, at));
        }
        inside.frame().loopBegins(moving);
        Term body =
                steps.unpack(
                        loop.source().pattern(),
                        element,
                        inside.block(),
                        scope -> steps.sequence(loop.source().body(), at, scope, flow));
        inside.frame().loopEnds();
        Term choice = new Term.Choice(ended, leave.in(inside, at), body, at);
        CoreFunction function = new CoreFunction(loop.id(), parameters, choice, at);
        Term start =
                StepLowering.call(loop.id(), List.of(first), values(loop, rest.scope(), at), at);
        Term all = new Term.LetFunction(function, start, at);
        return breaks ? new Term.LetFunction(afterwards(after, loop), all, at) : all;
    }

    private static List<Term> values(Loop loop, Scope scope, Position at) {
        return StepLowering.values(loop.carried(), scope, loop.rest().scope(), at);
    }

    private CoreFunction afterwards(FunctionId id, Loop loop) {
        Rest rest = loop.rest();
        List<Variable> parameters = new ArrayList<>();
        Scope scope = steps.declare(loop.carried(), rest.scope(), parameters);
        Term body = steps.sequence(rest.steps(), rest.end(), scope, rest.flow());
        return new CoreFunction(id, parameters, body, loop.source().at());
    }
}
