package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.CoreFunction;
import io.wormhole.isa.language.core.FunctionId;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variable;
import io.wormhole.isa.language.surface.Step.Assign;
import io.wormhole.isa.language.surface.Step.Bind;
import io.wormhole.isa.language.surface.Step.Break;
import io.wormhole.isa.language.surface.Step.Choose;
import io.wormhole.isa.language.surface.Step.Count;
import io.wormhole.isa.language.surface.Step.Declare;
import io.wormhole.isa.language.surface.Step.Define;
import io.wormhole.isa.language.surface.Step.Evaluate;
import io.wormhole.isa.language.surface.Step.ForEach;
import io.wormhole.isa.language.surface.Step.Group;
import io.wormhole.isa.language.surface.Step.Return;
import io.wormhole.isa.language.surface.Step.Select;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Steps as terms: what follows a step goes inside it, or into a function that its branches call.
 */
final class StepLowering {
    private final Lowering lowering;
    private final LoopLowering loops;
    private final LocalFunctions functions;

    StepLowering(Lowering lowering) {
        this.lowering = lowering;
        this.loops = new LoopLowering(lowering, this);
        this.functions = new LocalFunctions(lowering);
    }

    /** The end of a function, which must not be reached where others return. */
    Flow mustReturn(Position function) {
        return Flow.endingWith(
                (scope, at) -> {
                    throw new RefusedSource(
                            at.equals(Position.START) ? function : at,
                            "the function comes to its end here without a value",
                            "return one on every way");
                });
    }

    /** The end of a function that is called only to fail or not. */
    static Flow procedure() {
        return Flow.endingWith(
                (scope, at) -> new Term.Constant(BoolValue.TRUE, Kind.BOOLEAN, false, at));
    }

    Term block(List<Step> steps, Scope scope, Flow flow) {
        boolean valueless = !StepFacts.returns(steps) && !StepFacts.alwaysEnds(steps);
        Position at = steps.isEmpty() ? Position.START : steps.get(steps.size() - 1).at();
        return sequence(steps, at, scope.block(), valueless ? procedureOr(flow) : flow);
    }

    private static Flow procedureOr(Flow flow) {
        return flow.withEnd(procedure().atEnd());
    }

    /** {@code steps}, and then what {@code flow} says. */
    Term sequence(List<Step> source, Position end, Scope scope, Flow flow) {
        if (source.isEmpty()) {
            return flow.atEnd().in(scope, end);
        }
        List<Step> steps = functions.arranged(source, scope);
        lowering.deeper(steps.get(0).at());
        List<Define> group = functions.leading(steps, scope);
        List<Step> rest = steps.subList(Math.max(1, group.size()), steps.size());
        Term term =
                group.isEmpty()
                        ? step(steps.get(0), rest, end, scope, flow)
                        : functions.lower(group, new Rest(rest, end, scope, flow));
        lowering.lessDeep();
        return term;
    }

    private Term step(Step step, List<Step> rest, Position end, Scope scope, Flow flow) {
        if (step instanceof Bind bind) {
            return bind(bind, rest, end, scope, flow);
        } else if (step instanceof Assign assign) {
            return assign(assign, rest, end, scope, flow);
        } else if (step instanceof Choose choose) {
            return branches(
                    List.of(new Way(choose.then()), new Way(choose.otherwise())),
                    choose.at(),
                    new Rest(rest, end, scope, flow),
                    inner -> choose(choose, scope, inner));
        } else if (step instanceof Select select) {
            return new SelectLowering(lowering, this)
                    .lower(select, new Rest(rest, end, scope, flow));
        } else if (step instanceof ForEach loop) {
            return loops.lower(loop, new Rest(rest, end, scope, flow));
        } else if (step instanceof Count count) {
            return new CountLowering(lowering, count, new Rest(rest, end, scope, flow)).lower();
        } else if (step instanceof Group group) {
            return branches(
                    List.of(new Way(group.steps())),
                    group.at(),
                    new Rest(rest, end, scope, flow),
                    inner -> sequence(group.steps(), group.at(), scope.block(), inner));
        } else if (step instanceof Declare declare) {
            lowering.requireFree(declare.name(), declare.at());
            scope.give(declare.name(), declare.at());
            Scope inner = scope.inside();
            inner.declare(declare.name(), new Scope.OfNothing(scope.frame()));
            return sequence(rest, end, inner, flow);
        } else if (step instanceof Evaluate evaluate) {
            Term first = lowering.expressions().effect(evaluate.expression(), scope);
            if (first instanceof Term.Fail) {
                requireNothingAfter(rest);
                return first;
            }
            return new Term.Sequence(first, sequence(rest, end, scope, flow), step.at());
        }
        requireNothingAfter(rest);
        if (step instanceof Return returned) {
            return lowering.expression(returned.value(), scope);
        }
        return (step instanceof Break ? flow.onBreak() : flow.onContinue()).in(scope, step.at());
    }

    /** What follows a step, and where. */
    record Rest(List<Step> steps, Position end, Scope scope, Flow flow) {}

    static void requireNothingAfter(List<Step> rest) {
        if (!rest.isEmpty()) {
            throw new RefusedSource(rest.get(0).at(), "this is never reached", "take it away");
        }
    }

    private Term bind(Bind bind, List<Step> rest, Position end, Scope scope, Flow flow) {
        Term value = lowering.expression(bind.value(), scope);
        StepFacts.captured(bind.pattern()).stream()
                .filter(name -> !name.startsWith(" "))
                .forEach(name -> scope.give(name, bind.at()));
        return unpack(bind.pattern(), value, scope, inner -> sequence(rest, end, inner, flow));
    }

    /** {@code body} with the parts of {@code value}; fails where it has another form. */
    Term unpack(Pattern pattern, Term value, Scope scope, PatternLowering.ScopedTerm body) {
        Position at = pattern.at();
        boolean simple = value instanceof Term.Local;
        String name = pattern instanceof Pattern.Named named ? named.name() : " value";
        Variable whole = simple ? ((Term.Local) value).variable() : lowering.variable(name);
        Term subject = new Term.Local(whole, at);
        PatternLowering.Matched matched = lowering.patterns().match(pattern, subject, scope);
        Term inner = lowering.patterns().named(matched.names(), scope, body);
        if (matched.test().isPresent()) {
            Term reason = new Term.Constant(Value.text("no match"), Kind.TEXT, false, at);
            Term test = matched.test().get();
            Term guard = new Term.Choice(test, new Term.Nothing(at), new Term.Fail(reason, at), at);
            inner = new Term.Sequence(guard, inner, at);
        }
        return simple ? inner : new Term.Let(whole, value, inner, at);
    }

    private Term assign(Assign assign, List<Step> rest, Position end, Scope scope, Flow flow) {
        Position at = assign.at();
        String name = assign.name();
        lowering.requireFree(name, at);
        lowering.requireNoFunction(name, scope, at);
        boolean own = scope.own(name).isPresent();
        boolean declared = scope.isOwnWithoutValue(name);
        boolean known = scope.find(name).isPresent() && !declared;
        if (!own && known && !lowering.dialect.has(Habit.ASSIGNMENT_DECLARES)) {
            throw new RefusedSource(
                    at,
                    name + " belongs to an outer function or to the file and does not change",
                    lowering.dialect.insteadOfOuterAssignment());
        }
        if (!known && !declared && !lowering.dialect.has(Habit.ASSIGNMENT_DECLARES)) {
            throw new RefusedSource(at, name + " was not declared", "write const " + name + " = …");
        }
        if (own) {
            scope.frame().changed(name, at);
        }
        Term value = lowering.expression(assign.value(), scope);
        if (!own && !declared) {
            scope.give(name, at);
        }
        Variable variable = lowering.variable(name);
        Scope inner = scope.with(name, variable);
        return new Term.Let(variable, value, sequence(rest, end, inner, flow), at);
    }

    private Term choose(Choose choose, Scope scope, Flow flow) {
        Term condition = lowering.expression(choose.condition(), scope);
        return new Term.Choice(
                condition,
                sequence(choose.then(), choose.at(), scope.block(), flow),
                sequence(choose.otherwise(), choose.at(), scope.block(), flow),
                choose.at());
    }

    static Term failure(String reason, Position at) {
        return new Term.Fail(new Term.Constant(Value.text(reason), Kind.TEXT, false, at), at);
    }

    /**
     * A choice between {@code ways} and what follows it. What follows is written once: inside the
     * only branch that comes to its end, or after the choice, or as a function that gets the
     * variables which the branches change.
     */
    Term branches(List<Way> ways, Position at, Rest rest, Function<Flow, Term> tree) {
        Flow flow = rest.flow();
        if (rest.steps().isEmpty()) {
            Flow same = flow.withEnd((scope, where) -> flow.atEnd().in(scope, rest.end()));
            return tree.apply(same);
        }
        List<Way> falling = ways.stream().filter(way -> !StepFacts.alwaysEnds(way.body())).toList();
        if (falling.isEmpty()) {
            requireNothingAfter(rest.steps());
        }
        List<String> carried = carried(falling, rest.scope());
        boolean exits = ways.stream().map(Way::body).anyMatch(StepFacts::exits);
        if (!exits && carried.isEmpty()) {
            // A value that nobody asks for: a loop in a branch becomes a function, which gives one.
            Flow nothing = flow.withEnd(procedure().atEnd());
            Term after = sequence(rest.steps(), rest.end(), rest.scope(), flow);
            return new Term.Sequence(tree.apply(nothing), after, at);
        }
        if (falling.size() == 1) {
            return tree.apply(
                    flow.withEnd(
                            (scope, where) -> {
                                Scope after = carry(carried, scope, rest.scope());
                                return sequence(rest.steps(), rest.end(), after, flow);
                            }));
        }
        if (!exits && carried.size() == 1) {
            String name = carried.get(0);
            Flow gives = flow.withEnd((scope, where) -> own(name, scope, rest.scope(), where));
            Variable variable = lowering.variable(name);
            Scope after = rest.scope().with(name, variable);
            Term then = sequence(rest.steps(), rest.end(), after, flow);
            return new Term.Let(variable, tree.apply(gives), then, at);
        }
        return joined(carried, at, rest, tree);
    }

    private Term joined(List<String> carried, Position at, Rest rest, Function<Flow, Term> tree) {
        FunctionId join = lowering.functionId("then");
        List<Variable> parameters = new ArrayList<>();
        Scope after = declare(carried, rest.scope(), parameters);
        Term body = sequence(rest.steps(), rest.end(), after, rest.flow());
        Flow calls =
                rest.flow()
                        .withEnd(
                                (scope, where) ->
                                        call(
                                                join,
                                                List.of(),
                                                values(carried, scope, rest.scope(), where),
                                                where));
        CoreFunction function = new CoreFunction(join, parameters, body, at);
        return new Term.LetFunction(function, tree.apply(calls), at);
    }

    /** New variables for {@code names}. */
    Scope declare(List<String> names, Scope scope, List<Variable> parameters) {
        Scope inner = scope.inside();
        for (String name : names) {
            Variable variable = lowering.variable(name);
            parameters.add(variable);
            inner.put(name, new Scope.OfVariable(variable, scope.frame()));
        }
        return inner;
    }

    /** A call with {@code first}, and then {@code more}. */
    static Term call(FunctionId id, List<Term> first, List<Term> more, Position at) {
        List<Term> arguments = new ArrayList<>(first);
        arguments.addAll(more);
        return new Term.Call(id, arguments, at);
    }

    /** The values that the variables of {@code target} called so have in {@code scope}. */
    static List<Term> values(List<String> names, Scope scope, Scope target, Position at) {
        return names.stream().map(name -> own(name, scope, target, at)).toList();
    }

    private static Term own(String name, Scope scope, Scope target, Position at) {
        return scope.ownOf(name, target)
                .<Term>map(variable -> new Term.Local(variable, at))
                .orElseThrow(() -> onSomeWays(name, at));
    }

    static RefusedSource onSomeWays(String name, Position at) {
        return new RefusedSource(
                at,
                name + " gets a value on some ways only",
                "give it one before, or in every branch");
    }

    /** The scope {@code to}, where variables have the values that they have in {@code from}. */
    static Scope carry(List<String> names, Scope from, Scope to) {
        Scope after = to.inside();
        for (String name : names) {
            from.ownOf(name, to)
                    .ifPresent(found -> after.put(name, new Scope.OfVariable(found, to.frame())));
        }
        return after;
    }

    /**
     * Names that have a value after the choice: changed, or given one by every branch. Those that
     * only some branches give one are noted, for who uses them all the same. Where patterns compare
     * with what names mean, nothing ever changes.
     */
    private List<String> carried(List<Way> falling, Scope scope) {
        if (lowering.dialect.has(Habit.PATTERNS_COMPARE_NAMES)) {
            return List.of();
        }
        Set<String> everywhere = StepFacts.givenByAll(falling.stream().map(Way::body).toList());
        Set<String> names = new LinkedHashSet<>();
        for (Way way : falling) {
            names.addAll(way.captured());
            names.addAll(StepFacts.assigned(way.body()));
        }
        names.forEach(scope.frame()::givenSomewhere);
        names.removeIf(name -> scope.own(name).isEmpty() && !everywhere.contains(name));
        return List.copyOf(names);
    }
}
