package io.wormhole.isa.language.surface;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variable;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.RealValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Patterns as tests and names. A test never traps, whatever the value is. */
final class PatternLowering {
    /** Of so many elements of a list each may be of a kind of its own. */
    private static final int FOLLOWED = 4;

    private final Lowering lowering;

    PatternLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    /** A name that a pattern gives, and the part that it stands for. */
    record Named(String name, Term part, Position at) {}

    /** What a pattern asks, in order, and the names that it gives. */
    private record Match(List<Term> tests, List<Named> names) {
        static Match empty() {
            return new Match(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** The test that a value passes, if any, and the names. */
    record Matched(Optional<Term> test, List<Named> names) {}

    Matched match(Pattern pattern, Term subject, Scope scope) {
        Match match = Match.empty();
        collect(pattern, subject, scope, match);
        Term all = null;
        for (int i = match.tests().size() - 1; i >= 0; i--) {
            Term test = match.tests().get(i);
            all = all == null ? test : new Term.Choice(test, all, no(test.at()), test.at());
        }
        return new Matched(Optional.ofNullable(all), match.names());
    }

    private static Term no(Position at) {
        return new Term.Constant(BoolValue.FALSE, Kind.BOOLEAN, false, at);
    }

    private void collect(Pattern pattern, Term subject, Scope scope, Match match) {
        Position at = pattern.at();
        if (pattern instanceof Pattern.Named named) {
            Optional<Named> before =
                    match.names().stream()
                            .filter(known -> known.name().equals(named.name()))
                            .findFirst();
            if (before.isPresent() && lowering.dialect.has(Habit.PATTERNS_COMPARE_NAMES)) {
                match.tests().add(operate(Comparisons.SAME, at, subject, before.get().part()));
                return;
            }
            if (before.isPresent()) {
                throw new RefusedSource(
                        at,
                        named.name() + " stands twice in a pattern",
                        "give one another name, and compare them");
            }
            if (lowering.dialect.has(Habit.PATTERNS_COMPARE_NAMES)
                    && scope.own(named.name()).isPresent()) {
                Term known = new Term.Local(scope.own(named.name()).get(), at);
                match.tests().add(operate(Comparisons.SAME, at, subject, known));
                return;
            }
            match.names().add(new Named(named.name(), subject, at));
        } else if (pattern instanceof Pattern.Same same) {
            match.tests().add(sameAs(same.expression(), subject, scope, at));
        } else if (pattern instanceof Pattern.TupleOf tuple) {
            collectTuple(tuple, subject, scope, match);
        } else if (pattern instanceof Pattern.ListOf list) {
            collectList(list, subject, scope, match);
        } else if (pattern instanceof Pattern.MapOf map) {
            collectMap(map, subject, scope, match);
        } else if (pattern instanceof Pattern.Positions positions) {
            if (positions.exact()) {
                match.tests().add(isSequence(subject, at));
                match.tests().add(hasLength(positions.parts().size(), subject, at));
            }
            for (int i = 0; i < positions.parts().size(); i++) {
                Overload index = position(i);
                collect(positions.parts().get(i), operate(index, at, subject), scope, match);
            }
        } else if (pattern instanceof Pattern.OneOf oneOf) {
            match.tests().add(oneOf(oneOf, subject, scope));
        } else if (pattern instanceof Pattern.OfEach each) {
            for (Pattern.Entry entry : each.values()) {
                Term value = lowering.expression(entry.key(), scope);
                collect(entry.value(), value, scope, match);
            }
        } else if (pattern instanceof Pattern.Both both) {
            collect(both.left(), subject, scope, match);
            collect(both.right(), subject, scope, match);
        } else if (pattern instanceof Pattern.Defaulted other) {
            collect(other.pattern(), subject, scope, match);
        }
    }

    /** Zero is met by both zeros, which the order of values tells apart. */
    private Term sameAs(Expression expression, Term subject, Scope scope, Position at) {
        if (lowering.dialect.has(Habit.NUMBERS_ARE_ONE)
                && expression instanceof Expression.Literal number) {
            Optional<Overload> equal = Comparisons.toNumber(number.value());
            if (equal.isPresent()) {
                return operate(equal.get(), at, subject);
            }
        }
        Term same = operate(Comparisons.SAME, at, subject, lowering.expression(expression, scope));
        if (expression instanceof Expression.Literal literal
                && literal.value() instanceof RealValue real
                && real.value() == 0.0) {
            Value opposite = Value.real(-real.value());
            Term other = new Term.Constant(opposite, Kind.REAL, false, at);
            Term yes = new Term.Constant(BoolValue.TRUE, Kind.BOOLEAN, false, at);
            return new Term.Choice(same, yes, operate(Comparisons.SAME, at, subject, other), at);
        }
        return same;
    }

    private Term oneOf(Pattern.OneOf oneOf, Term subject, Scope scope) {
        Position at = oneOf.at();
        Term any = no(at);
        for (int i = oneOf.choices().size() - 1; i >= 0; i--) {
            Matched choice = match(oneOf.choices().get(i), subject, scope);
            if (!choice.names().isEmpty()) {
                throw new RefusedSource(
                        choice.names().get(0).at(),
                        "one of several forms cannot give names",
                        "write a branch for each form");
            }
            Term yes = new Term.Constant(BoolValue.TRUE, Kind.BOOLEAN, false, at);
            Term test = choice.test().orElse(yes);
            boolean last = i == oneOf.choices().size() - 1;
            any = last ? test : new Term.Choice(test, yes, any, at);
        }
        return any;
    }

    private void collectTuple(Pattern.TupleOf tuple, Term subject, Scope scope, Match match) {
        Position at = tuple.at();
        match.tests().add(isOf(ValueType.TUPLE, subject, at));
        match.tests().add(hasSize(Opcode.TSIZE, tuple.fields().size(), subject, at));
        for (int i = 0; i < tuple.fields().size(); i++) {
            Term field = operate(CollectionOperators.uncheckedField(i), at, subject);
            collect(tuple.fields().get(i), field, scope, match);
        }
    }

    private void collectList(Pattern.ListOf list, Term subject, Scope scope, Match match) {
        Position at = list.at();
        match.tests().add(isOf(ValueType.LIST, subject, at));
        Term rest = subject;
        Overload empty = Overload.of("empty", anything(Opcode.EMPTY, Optional.of(Kind.BOOLEAN)));
        for (Pattern first : list.first()) {
            match.tests().add(operate(Operators.NOT, at, operate(empty, at, rest)));
            collect(first, operate(element(), at, rest), scope, match);
            rest = operate(remaining(), at, rest);
        }
        if (!list.last().isEmpty()) {
            rest = collectLast(list, rest, scope, match);
        }
        if (list.rest().isPresent()) {
            collect(list.rest().get(), rest, scope, match);
        } else {
            match.tests().add(operate(empty, at, rest));
        }
    }

    /** Takes the last elements from the end of {@code rest}; gives what is before them. */
    private Term collectLast(Pattern.ListOf list, Term rest, Scope scope, Match match) {
        Position at = list.at();
        Overload empty = Overload.of("empty", anything(Opcode.EMPTY, Optional.of(Kind.BOOLEAN)));
        Term backwards = operate(reversed(), at, rest);
        for (int i = list.last().size() - 1; i >= 0; i--) {
            match.tests().add(operate(Operators.NOT, at, operate(empty, at, backwards)));
            collect(list.last().get(i), operate(element(), at, backwards), scope, match);
            backwards = operate(remaining(), at, backwards);
        }
        return operate(reversed(), at, backwards);
    }

    private static Overload reversed() {
        return Overload.of(
                "reverse",
                anything(Opcode.LREV, Optional.of(Kind.LIST))
                        .flowing(0, Variant.ELEMENT, Variant.RESULT, Variant.ELEMENT));
    }

    private static Overload element() {
        return Overload.of(
                "head",
                anything(Opcode.HEAD, Optional.empty())
                        .flowing(0, Variant.position(0), Variant.RESULT, Variant.WHOLE));
    }

    private static Overload remaining() {
        Variant tail =
                anything(Opcode.TAIL, Optional.of(Kind.LIST))
                        .flowing(0, Variant.ELEMENT, Variant.RESULT, Variant.ELEMENT);
        for (int i = 0; i < FOLLOWED; i++) {
            int next = Variant.position(i + 1);
            tail = tail.flowing(0, next, Variant.RESULT, Variant.position(i));
        }
        return Overload.of("tail", tail);
    }

    private void collectMap(Pattern.MapOf map, Term subject, Scope scope, Match match) {
        Position at = map.at();
        match.tests().add(isOf(ValueType.MAP, subject, at));
        Overload without =
                Overload.of("without", Variant.any(2, Optional.of(Kind.MAP), Opcode.MDEL));
        Term rest = subject;
        for (Pattern.Entry entry : map.entries()) {
            Term key = lowering.expression(entry.key(), scope);
            rest = operate(without, at, rest, key);
            Overload has =
                    Overload.of("has", Variant.any(2, Optional.of(Kind.BOOLEAN), Opcode.MHAS));
            Term there = operate(has, at, subject, key);
            if (entry.otherwise().isEmpty()) {
                match.tests().add(there);
            }
            Variant value =
                    Variant.any(2, Optional.empty(), Opcode.MGET)
                            .flowing(0, Variant.AT_KEY, Variant.RESULT, Variant.WHOLE);
            Overload get = Overload.of("get", value);
            Term part = operate(get, at, subject, lowering.expression(entry.key(), scope));
            if (entry.otherwise().isPresent()) {
                Term otherwise = lowering.expression(entry.otherwise().get(), scope);
                part = new Term.Choice(there, part, otherwise, at);
            }
            collect(entry.value(), part, scope, match);
        }
        if (map.rest().isPresent()) {
            collect(map.rest().get(), rest, scope, match);
        }
    }

    private static Variant anything(Opcode opcode, Optional<Kind> gives) {
        return Variant.any(1, gives, opcode);
    }

    private Term isOf(ValueType type, Term subject, Position at) {
        if (lowering.dialect.has(Habit.SEQUENCES_ARE_ONE) && type != ValueType.MAP) {
            return isNotTheOther(type, subject, at);
        }
        Variant variant =
                Variant.any(1, Optional.of(Kind.BOOLEAN))
                        .emitting(
                                Emission.of(Opcode.TYPE),
                                Emission.push(Value.of(type.code())),
                                Emission.of(Opcode.EQ));
        return operate(Overload.of("type", variant), at, subject);
    }

    /** Fails on a list where a tuple is asked for, and the other way round. */
    private static Term isNotTheOther(ValueType type, Term subject, Position at) {
        boolean tuple = type == ValueType.TUPLE;
        ValueType other = tuple ? ValueType.LIST : ValueType.TUPLE;
        String met = tuple ? "a list meets the pattern of a tuple" : "a tuple meets that of a list";
        Variant variant =
                Variant.any(1, Optional.of(Kind.BOOLEAN))
                        .emitting(
                                Emission.of(Opcode.TYPE),
                                Emission.of(Opcode.DUP),
                                Emission.push(Value.of(other.code())),
                                Emission.of(Opcode.EQ),
                                Emission.of(Opcode.IF),
                                Emission.push(Value.text(met)),
                                Emission.of(Opcode.FAIL),
                                Emission.of(Opcode.ELSE),
                                Emission.of(Opcode.END),
                                Emission.push(Value.of(type.code())),
                                Emission.of(Opcode.EQ));
        return operate(Overload.of("type", variant), at, subject);
    }

    /** Whether it is a tuple or a list. */
    private static Term isSequence(Term subject, Position at) {
        Variant variant =
                Variant.any(1, Optional.of(Kind.BOOLEAN))
                        .emitting(
                                Emission.of(Opcode.TYPE),
                                Emission.of(Opcode.DUP),
                                Emission.push(Value.of(ValueType.TUPLE.code())),
                                Emission.of(Opcode.EQ),
                                Emission.of(Opcode.SWAP),
                                Emission.push(Value.of(ValueType.LIST.code())),
                                Emission.of(Opcode.EQ),
                                Emission.of(Opcode.OR));
        return operate(Overload.of("type", variant), at, subject);
    }

    private static Term hasLength(int length, Term subject, Position at) {
        List<Emission> code = new ArrayList<>(CollectionOperators.anyLength().code());
        code.add(Emission.push(Value.of(length)));
        code.add(Emission.of(Opcode.EQ));
        Variant variant =
                Variant.any(1, Optional.of(Kind.BOOLEAN)).emitting(code.toArray(Emission[]::new));
        return operate(Overload.of("size", variant), at, subject);
    }

    private static Term hasSize(Opcode measure, int size, Term subject, Position at) {
        Variant variant =
                Variant.any(1, Optional.of(Kind.BOOLEAN))
                        .emitting(
                                Emission.of(measure),
                                Emission.push(Value.of(size)),
                                Emission.of(Opcode.EQ));
        return operate(Overload.of("size", variant), at, subject);
    }

    /** Part {@code index} of a tuple or a list. */
    static Overload position(int index) {
        return Overload.of(
                "[" + index + "]",
                CollectionOperators.elementOrField(index),
                CollectionOperators.field(index),
                CollectionOperators.element(index));
    }

    static Term operate(Overload overload, Position at, Term... operands) {
        return new Term.Operate(overload, List.of(operands), at);
    }

    /** {@code body} where the names of a pattern are known. */
    Term named(List<Named> names, Scope scope, ScopedTerm body) {
        return named(names, 0, scope, body);
    }

    /** A term that depends on the names that are known. */
    interface ScopedTerm {
        Term in(Scope scope);
    }

    private Term named(List<Named> names, int from, Scope scope, ScopedTerm body) {
        if (from == names.size()) {
            return body.in(scope);
        }
        Named next = names.get(from);
        lowering.requireFree(next.name(), next.at());
        Variable variable = lowering.variable(next.name());
        if (scope.own(next.name()).isPresent()) {
            scope.frame().changed(next.name(), next.at());
        }
        Scope inner = scope.inside();
        inner.declare(next.name(), new Scope.OfVariable(variable, scope.frame()));
        return new Term.Let(variable, next.part(), named(names, from + 1, inner, body), next.at());
    }
}
