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
import io.wormhole.isa.language.surface.Expression.Comprehension;
import io.wormhole.isa.language.surface.Expression.Each;
import io.wormhole.isa.language.surface.Expression.Filter;
import io.wormhole.isa.language.surface.Expression.Fold;
import io.wormhole.isa.language.surface.Expression.Generator;
import io.wormhole.isa.language.surface.Expression.Guard;
import io.wormhole.isa.language.surface.Expression.Invoke;
import io.wormhole.isa.language.surface.Expression.Name;
import io.wormhole.isa.language.surface.Expression.Qualifier;
import io.wormhole.isa.language.surface.Expression.Range;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Mapping, filtering, folding and comprehensions as functions that walk a list. */
final class ListLowering {
    private static final Overload LESS =
            Overload.of(
                    "<", Variant.of(List.of(Kind.INTEGER, Kind.INTEGER), Kind.BOOLEAN, Opcode.LT));

    private final Lowering lowering;

    ListLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    Term comprehension(Comprehension comprehension, Scope scope) {
        return walk(
                new Walk(comprehension, lowering.dialect.has(Habit.LOOP_VARIABLE_IS_ONE)), scope);
    }

    private Term walk(Walk walk, Scope scope) {
        Position at = walk.source().at();
        Term none = new Term.Constant(ListValue.EMPTY, Kind.LIST, false, at);
        Term backwards = collect(walk, 0, none, scope);
        return PatternLowering.operate(CollectionOperators.REVERSE, at, backwards);
    }

    /**
     * A comprehension on its way.
     *
     * @param variablesAreOne whether functions made in it would see its variables change
     */
    private record Walk(Comprehension source, boolean variablesAreOne) {
        List<Qualifier> qualifiers() {
            return source.qualifiers();
        }
    }

    /** What qualifiers from {@code index} on put in front of {@code sofar}. */
    private Term collect(Walk walk, int index, Term sofar, Scope scope) {
        Position at = walk.source().at();
        if (index == walk.qualifiers().size()) {
            Term element = lowering.expression(walk.source().body(), scope);
            return PatternLowering.operate(CollectionOperators.CONS, at, element, sofar);
        }
        if (walk.qualifiers().get(index) instanceof Guard guard) {
            Term condition = lowering.expression(guard.condition(), scope);
            Term more = collect(walk, index + 1, sofar, scope);
            return new Term.Choice(condition, more, sofar, guard.condition().at());
        }
        Generator generator = (Generator) walk.qualifiers().get(index);
        lowering.deeper(at);
        Steps steps = steps(generator.list(), scope, at);
        FunctionId loop = lowering.functionId("each");
        Variable all = lowering.variable(" all");
        Term found = new Term.Local(all, at);
        Scope inner = scope.immediate();
        Variable whole = lowering.variable(" element");
        Term element = new Term.Local(whole, at);
        List<String> moving =
                walk.variablesAreOne() ? StepFacts.captured(generator.pattern()) : List.of();
        inner.frame().loopBegins(moving);
        PatternLowering.Matched matched =
                lowering.patterns().match(generator.pattern(), element, inner);
        Term body =
                lowering.patterns()
                        .named(
                                matched.names(),
                                inner,
                                named -> {
                                    Term more = collect(walk, index + 1, found, named);
                                    return call(loop, at, steps.next(), more);
                                });
        inner.frame().loopEnds();
        if (walk.variablesAreOne()) {
            matched.names().forEach(each -> inner.frame().changed(each.name(), at));
            Lowering.requireUnseen(inner.frame());
        }
        if (matched.test().isPresent()) {
            Term skipped = call(loop, at, steps.next(), found);
            body = new Term.Choice(matched.test().get(), body, skipped, at);
        }
        Term step = new Term.Let(whole, steps.element(), body, at);
        Term choice = new Term.Choice(steps.ended(), found, step, at);
        CoreFunction function = new CoreFunction(loop, List.of(steps.moving(), all), choice, at);
        lowering.lessDeep();
        return steps.around(
                new Term.LetFunction(function, call(loop, at, steps.first(), sofar), at));
    }

    private static Term call(FunctionId function, Position at, Term... arguments) {
        return new Term.Call(function, List.of(arguments), at);
    }

    /** How a list is walked: along its elements, or counting through a range. */
    private record Steps(
            Variable moving,
            Term first,
            Term ended,
            Term element,
            Term next,
            Variable last,
            Term limit,
            boolean simple) {
        Term around(Term walk) {
            return simple ? walk : new Term.Let(last, limit, walk, walk.at());
        }
    }

    private Steps steps(Expression list, Scope scope, Position at) {
        Variable moving = lowering.variable(" rest");
        Term rest = new Term.Local(moving, at);
        Variable last = lowering.variable(" limit");
        if (list instanceof Range range) {
            Term limit = lowering.expression(range.to(), scope);
            boolean simple = limit instanceof Term.Local || limit instanceof Term.Constant;
            Term to = simple ? limit : new Term.Local(last, at);
            Term one = new Term.Constant(Value.of(1), Kind.INTEGER, false, at);
            return new Steps(
                    moving,
                    lowering.expression(range.from(), scope),
                    PatternLowering.operate(LoopLowering.AT_LEAST, at, rest, to),
                    rest,
                    PatternLowering.operate(LoopLowering.NEXT, at, rest, one),
                    last,
                    limit,
                    simple);
        }
        Term first = lowering.expression(list, scope);
        return new Steps(
                moving,
                first,
                PatternLowering.operate(CollectionOperators.EMPTY, at, rest),
                PatternLowering.operate(CollectionOperators.HEAD, at, rest),
                PatternLowering.operate(CollectionOperators.TAIL, at, rest),
                last,
                first,
                true);
    }

    /** The list of a range, made from its end. */
    Term range(Range range, Scope scope) {
        Position at = range.at();
        FunctionId loop = lowering.functionId("range");
        Variable from = lowering.variable(" from");
        Variable number = lowering.variable(" number");
        Variable all = lowering.variable(" all");
        Term next = new Term.Local(number, at);
        Term found = new Term.Local(all, at);
        Term first = lowering.expression(range.from(), scope);
        boolean simple = first instanceof Term.Local || first instanceof Term.Constant;
        Term start = simple ? first : new Term.Local(from, at);
        Term one = new Term.Constant(Value.of(1), Kind.INTEGER, false, at);
        Term more = PatternLowering.operate(CollectionOperators.CONS, at, next, found);
        Term before = PatternLowering.operate(Operators.SUBTRACT, at, next, one);
        Term body =
                new Term.Choice(
                        PatternLowering.operate(LESS, at, next, start),
                        found,
                        call(loop, at, before, more),
                        at);
        Term to = lowering.expression(range.to(), scope);
        Term last = PatternLowering.operate(Operators.SUBTRACT, at, to, one);
        Term none = new Term.Constant(ListValue.EMPTY, Kind.LIST, false, at);
        Term made =
                new Term.LetFunction(
                        new CoreFunction(loop, List.of(number, all), body, at),
                        call(loop, at, last, none),
                        at);
        return simple ? made : new Term.Let(from, first, made, at);
    }

    Term fold(Fold fold, Scope scope) {
        Position at = fold.at();
        Steps steps = steps(fold.list(), scope, at);
        FunctionId loop = lowering.functionId("fold");
        Variable sofar = lowering.variable(" sofar");
        Term accumulator = new Term.Local(sofar, at);
        Expression function = fold.function();
        Term next;
        Term around = new Term.Nothing(at);
        if (function instanceof Expression.Function literal && literal.parameters().size() == 2) {
            next = applied(literal, fold, accumulator, steps.element(), scope);
        } else {
            Caller caller = caller(function, scope);
            around = caller.around();
            Term element = steps.element();
            next =
                    fold.elementFirst()
                            ? caller.call(at, element, accumulator)
                            : caller.call(at, accumulator, element);
        }
        Term choice =
                new Term.Choice(steps.ended(), accumulator, call(loop, at, steps.next(), next), at);
        Term initial = lowering.expression(fold.initial(), scope);
        Term all =
                steps.around(
                        new Term.LetFunction(
                                new CoreFunction(loop, List.of(steps.moving(), sofar), choice, at),
                                call(loop, at, steps.first(), initial),
                                at));
        return around instanceof Term.Let let
                ? new Term.Let(let.variable(), let.value(), all, at)
                : all;
    }

    /** The body of a function literal of two with its arguments put in. */
    private Term applied(
            Expression.Function literal, Fold fold, Term accumulator, Term element, Scope scope) {
        int first = fold.elementFirst() ? 1 : 0;
        Pattern sofar = literal.parameters().get(first);
        Pattern each = literal.parameters().get(1 - first);
        return lowering.steps()
                .unpack(
                        sofar,
                        accumulator,
                        scope.immediate(),
                        outer ->
                                lowering.steps()
                                        .unpack(
                                                each,
                                                element,
                                                outer,
                                                named -> body(literal, named)));
    }

    private Term body(Expression.Function literal, Scope scope) {
        Position at = literal.at();
        Flow flow = lowering.steps().mustReturn(at);
        return lowering.steps().sequence(literal.body(), at, scope.block(), flow);
    }

    Term each(Each each, Scope scope) {
        return overElements(each.list(), each.function(), each.at(), scope, false);
    }

    Term filter(Filter filter, Scope scope) {
        return overElements(filter.list(), filter.function(), filter.at(), scope, true);
    }

    private Term overElements(
            Expression list, Expression function, Position at, Scope scope, boolean filters) {
        Pattern pattern = new Pattern.Named(" x", at);
        Expression element = new Name(" x", at);
        Expression applied;
        Term around = new Term.Nothing(at);
        Scope inner = scope;
        if (function instanceof Expression.Function literal && literal.parameters().size() == 1) {
            boolean named = literal.parameters().get(0) instanceof Pattern.Named;
            if (named) {
                pattern = literal.parameters().get(0);
                element = new Name(((Pattern.Named) pattern).name(), at);
                applied = inlined(literal.body(), literal.at());
            } else {
                Step bind = new Step.Bind(literal.parameters().get(0), element, at);
                List<Step> steps = new ArrayList<>(List.of(bind));
                steps.addAll(literal.body());
                applied = new Expression.Block(steps, literal.at());
            }
        } else {
            Caller caller = caller(function, scope);
            around = caller.around();
            inner = caller.scope();
            applied = new Invoke(caller.function(), List.of(element), at);
        }
        Generator generator = new Generator(pattern, list);
        Comprehension made =
                filters
                        ? new Comprehension(List.of(generator, new Guard(applied)), element, at)
                        : new Comprehension(List.of(generator), applied, at);
        Term term = walk(new Walk(made, false), inner);
        return around instanceof Term.Let let
                ? new Term.Let(let.variable(), let.value(), term, at)
                : term;
    }

    private static Expression inlined(List<Step> body, Position at) {
        return body.size() == 1 && body.get(0) instanceof Step.Return only
                ? only.value()
                : new Expression.Block(body, at);
    }

    /** A function to be called in a loop: known by name, or a value made once before. */
    private record Caller(Expression function, Scope scope, Term around, Lowering lowering) {
        Term call(Position at, Term... arguments) {
            if (function instanceof Name name
                    && scope.find(name.name()).orElse(null) instanceof Scope.OfFunction known) {
                return new Term.Call(known.function(), List.of(arguments), at);
            }
            Term value = lowering.expression(function, scope);
            return new Term.Apply(value, List.of(arguments), at);
        }
    }

    private Caller caller(Expression function, Scope scope) {
        if (function instanceof Name) {
            return new Caller(function, scope, new Term.Nothing(function.at()), lowering);
        }
        if (function instanceof Expression.Function literal) {
            throw new RefusedSource(
                    literal.at(),
                    "this function takes " + literal.parameters().size() + " arguments",
                    "the walk over a list passes an element, a fold what it has so far and an element;"
                            + " for positions walk over a range");
        }
        Variable made = lowering.variable(" function");
        Term value = lowering.expression(function, scope);
        Scope inner = scope.with(" function", made);
        return new Caller(
                new Name(" function", function.at()),
                inner,
                new Term.Let(made, value, value, function.at()),
                lowering);
    }
}
