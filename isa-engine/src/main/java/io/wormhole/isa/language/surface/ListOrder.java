package io.wormhole.isa.language.surface;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.REAL;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.Expression.Made;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Sorting, and the least and greatest of a list. A list is sorted by merging, from runs of one
 * element on, so equal elements stay in their order and no more is kept than two lists.
 */
public final class ListOrder {
    private static final Overload BELOW_ZERO =
            Overload.of(
                            "toSorted",
                            Variant.of(List.of(INTEGER), BOOLEAN)
                                    .emitting(Emission.push(Value.of(0)), Emission.of(Opcode.LT)),
                            Variant.of(List.of(REAL), BOOLEAN)
                                    .emitting(
                                            Emission.push(Value.real(0.0)),
                                            Emission.of(Opcode.RLT)))
                    .advising("what compares gives a number: write (a, b) => a - b");

    private ListOrder() {}

    /**
     * Whether a value comes before another, in the order of numbers, and of {@code kinds} as bytes.
     * Values of two types have no order, and neither has what is no number: they fail.
     */
    public static Overload before(String symbol, Kind... kinds) {
        List<Emission> bytes =
                List.of(
                        Emission.of(Opcode.CMP),
                        Emission.push(Value.of(0)),
                        Emission.of(Opcode.LT));
        List<Emission> other = failing("values of no order");
        List<Emission> ofBytes =
                kinds.length == 0
                        ? other
                        : CollectionOperators.either(ValueType.BYTES, bytes, other);
        List<Emission> integers = List.of(Emission.of(Opcode.LT));
        List<Emission> ofOne =
                CollectionOperators.either(
                        ValueType.INTEGER,
                        integers,
                        CollectionOperators.either(ValueType.REAL, reals(), ofBytes));
        List<Emission> code = new ArrayList<>();
        code.add(Emission.of(Opcode.OVER));
        code.add(Emission.of(Opcode.TYPE));
        code.add(Emission.of(Opcode.OVER));
        code.add(Emission.of(Opcode.TYPE));
        code.add(Emission.of(Opcode.EQ));
        code.add(Emission.of(Opcode.IF));
        code.addAll(ofOne);
        code.add(Emission.of(Opcode.ELSE));
        code.addAll(failing("values of different types have no order"));
        code.add(Emission.of(Opcode.END));
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.any(2, Optional.of(BOOLEAN)).emitting(code.toArray(Emission[]::new)));
        variants.add(Variant.of(List.of(INTEGER, INTEGER), BOOLEAN, Opcode.LT));
        variants.add(
                Variant.of(List.of(REAL, REAL), BOOLEAN)
                        .emitting(reals().toArray(Emission[]::new)));
        for (Kind kind : kinds) {
            variants.add(
                    Variant.of(List.of(kind, kind), BOOLEAN)
                            .emitting(bytes.toArray(Emission[]::new)));
        }
        return Overload.of(symbol, variants.toArray(Variant[]::new));
    }

    private static List<Emission> failing(String reason) {
        return List.of(
                Emission.of(Opcode.DROP),
                Emission.of(Opcode.DROP),
                Emission.push(Value.text(reason)),
                Emission.of(Opcode.FAIL));
    }

    private static List<Emission> reals() {
        return List.of(
                Emission.of(Opcode.OVER),
                Emission.of(Opcode.OVER),
                Emission.of(Opcode.RLT),
                Emission.of(Opcode.IF),
                Emission.of(Opcode.DROP),
                Emission.of(Opcode.DROP),
                Emission.push(BoolValue.TRUE),
                Emission.of(Opcode.ELSE),
                Emission.of(Opcode.SWAP),
                Emission.of(Opcode.RLE),
                Emission.of(Opcode.NOT),
                Emission.of(Opcode.DUP),
                Emission.of(Opcode.IF),
                Emission.push(Value.text("no number has no order")),
                Emission.of(Opcode.FAIL),
                Emission.of(Opcode.ELSE),
                Emission.of(Opcode.END),
                Emission.of(Opcode.END));
    }

    /** The elements in order; where they are equal, in the order in which they came. */
    public static Expression sorted(
            Expression list, Overload before, boolean descending, Position at) {
        Recipe recipe = parts -> merged(parts, later(parts, before, descending, each -> each));
        return Made.of(List.of(list), recipe, at);
    }

    /** The elements in the order of what {@code key} gives for each. */
    public static Expression sortedBy(
            Expression list, Expression key, Overload before, boolean descending, Position at) {
        Recipe recipe =
                parts ->
                        merged(
                                parts,
                                element -> parts.tuple(parts.call(0, element), element),
                                later(parts, before, descending, pair -> parts.field(0, pair)),
                                all ->
                                        parts.reverse(
                                                mapped(parts, all, pair -> parts.field(1, pair))));
        return new Made(List.of(list), List.of(key), recipe, at);
    }

    /** The elements in the order that {@code function} says by numbers below or above zero. */
    public static Expression sortedWith(Expression list, Expression function, Position at) {
        Recipe recipe =
                parts ->
                        merged(
                                parts,
                                (later, first) ->
                                        parts.operate(BELOW_ZERO, parts.call(0, later, first)));
        return new Made(List.of(list), List.of(function), recipe, at);
    }

    /** The elements in the order that {@code function} says by whether one may stay before. */
    public static Expression sortedWhere(Expression list, Expression function, Position at) {
        Recipe recipe =
                parts ->
                        merged(
                                parts,
                                (later, first) ->
                                        parts.operate(Operators.NOT, parts.call(0, first, later)));
        return new Made(List.of(list), List.of(function), recipe, at);
    }

    /** Whether the one that came later goes first. */
    private static BinaryOperator<Term> later(
            Parts parts, Overload before, boolean descending, UnaryOperator<Term> key) {
        return (later, first) ->
                descending
                        ? parts.operate(before, key.apply(first), key.apply(later))
                        : parts.operate(before, key.apply(later), key.apply(first));
    }

    private static Term merged(Parts parts, BinaryOperator<Term> later) {
        return merged(parts, element -> element, later, all -> all);
    }

    /** Runs of one element are merged by twos, until one is left. */
    private static Term merged(
            Parts parts,
            UnaryOperator<Term> dressed,
            BinaryOperator<Term> later,
            UnaryOperator<Term> undressed) {
        Term list = parts.operand(0);
        Term runs = mapped(parts, list, each -> parts.cons(dressed.apply(each), parts.none()));
        Term all =
                parts.loop(
                        (again, v) ->
                                parts.choice(
                                        parts.empty(parts.tail(v.get(0))),
                                        parts.head(v.get(0)),
                                        again.with(pass(parts, v.get(0), later))),
                        parts.reverse(runs));
        Term sorted = undressed.apply(all);
        return parts.choice(parts.empty(list), list, ListParts.withElementsOf(parts, sorted, list));
    }

    /** What {@code made} gives for each, in opposite order. */
    private static Term mapped(Parts parts, Term list, UnaryOperator<Term> made) {
        return parts.fold(
                list, parts.none(), (before, each) -> parts.cons(made.apply(each), before));
    }

    /** Half as many runs; one that is left over stays last. */
    private static Term pass(Parts parts, Term runs, BinaryOperator<Term> later) {
        Term backwards =
                parts.loop(
                        (again, v) ->
                                parts.choice(
                                        parts.empty(v.get(0)),
                                        v.get(1),
                                        parts.let(
                                                parts.tail(v.get(0)),
                                                rest -> pair(parts, again, v, rest, later))),
                        runs,
                        parts.none());
        return parts.reverse(backwards);
    }

    private static Term pair(
            Parts parts, Parts.Again again, List<Term> v, Term rest, BinaryOperator<Term> later) {
        Term alone = parts.cons(parts.head(v.get(0)), v.get(1));
        Term both = merge(parts, parts.head(v.get(0)), parts.head(rest), later);
        return parts.choice(
                parts.empty(rest), alone, again.with(parts.tail(rest), parts.cons(both, v.get(1))));
    }

    private static Term merge(Parts parts, Term left, Term right, BinaryOperator<Term> later) {
        return parts.loop(
                (again, v) ->
                        parts.choice(
                                parts.empty(v.get(0)),
                                joined(parts, v.get(2), v.get(1)),
                                parts.choice(
                                        parts.empty(v.get(1)),
                                        joined(parts, v.get(2), v.get(0)),
                                        parts.let(
                                                parts.head(v.get(0)),
                                                first ->
                                                        parts.let(
                                                                parts.head(v.get(1)),
                                                                second ->
                                                                        step(
                                                                                parts, again, v,
                                                                                first, second,
                                                                                later))))),
                left,
                right,
                parts.none());
    }

    private static Term step(
            Parts parts,
            Parts.Again again,
            List<Term> v,
            Term first,
            Term second,
            BinaryOperator<Term> later) {
        return parts.choice(
                later.apply(second, first),
                again.with(v.get(0), parts.tail(v.get(1)), parts.cons(second, v.get(2))),
                again.with(parts.tail(v.get(0)), v.get(1), parts.cons(first, v.get(2))));
    }

    private static Term joined(Parts parts, Term backwards, Term rest) {
        return parts.operate(
                Overload.of("merge", CollectionOperators.JOIN_LISTS),
                parts.reverse(backwards),
                rest);
    }

    /** The least or the greatest element, the first of several; of an empty list it fails. */
    public static Expression extreme(
            Expression list, Overload before, boolean greatest, Position at) {
        Recipe recipe =
                parts ->
                        parts.fold(
                                parts.tail(parts.operand(0)),
                                parts.head(parts.operand(0)),
                                (best, each) -> better(parts, before, greatest, each, best));
        return Made.of(List.of(list), recipe, at);
    }

    private static Term better(
            Parts parts, Overload before, boolean greatest, Term each, Term best) {
        Term instead =
                greatest ? parts.operate(before, best, each) : parts.operate(before, each, best);
        return parts.choice(instead, each, best);
    }
}
