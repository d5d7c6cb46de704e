package io.wormhole.isa.language.surface;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.BYTES;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.LIST;
import static io.wormhole.isa.language.core.Kind.TEXT;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.Expression.Made;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists made of parts of others, and texts of lists. */
public final class ListParts {
    /** An integer or a text as a text; whatever else it is, it fails. */
    public static final Overload TO_TEXT = toText();

    /** Of a list and two positions, what stands between them. */
    public static final Recipe SLICE =
            parts ->
                    parts.let(
                            parts.length(parts.operand(0)),
                            all -> between(parts, all, parts.operand(1), parts.operand(2)));

    /** Of a list and a position, what stands from there on. */
    public static final Recipe FROM =
            parts ->
                    parts.let(
                            parts.length(parts.operand(0)),
                            all -> between(parts, all, parts.operand(1), all));

    private static final Overload IS_LIST =
            Overload.of(
                    "is_list",
                    Variant.any(1, Optional.of(BOOLEAN))
                            .emitting(
                                    Emission.of(Opcode.TYPE),
                                    Emission.push(Value.of(ValueType.LIST.code())),
                                    Emission.of(Opcode.EQ)));

    private static final Overload SOME_BYTES =
            Overload.of(
                    "slice",
                    Variant.of(List.of(BYTES, INTEGER, INTEGER), BYTES, Opcode.BSLICE)
                            .anyAt(0)
                            .givingAny());

    private static final Overload HOW_MANY_BYTES =
            Overload.of("length", Variant.of(List.of(BYTES), INTEGER, Opcode.BLEN).anyAt(0));

    /** Of a list or of bytes, and two positions, what stands between them. */
    public static final Recipe SLICE_OF_EITHER =
            parts ->
                    parts.choice(
                            parts.operate(IS_LIST, parts.operand(0)),
                            SLICE.of(parts),
                            parts.operate(
                                    SOME_BYTES,
                                    parts.operand(0),
                                    parts.operand(1),
                                    parts.operand(2)));

    /** Of a list or of bytes, and a position, what stands from there on. */
    public static final Recipe FROM_EITHER =
            parts ->
                    parts.choice(
                            parts.operate(IS_LIST, parts.operand(0)),
                            FROM.of(parts),
                            parts.operate(
                                    SOME_BYTES,
                                    parts.operand(0),
                                    parts.operand(1),
                                    parts.operate(HOW_MANY_BYTES, parts.operand(0))));

    private ListParts() {}

    private static Overload toText() {
        List<Emission> others =
                List.of(
                        Emission.of(Opcode.DROP),
                        Emission.push(Value.text("neither an integer nor a text")),
                        Emission.of(Opcode.FAIL));
        List<Emission> code =
                CollectionOperators.either(
                        ValueType.INTEGER,
                        List.of(Emission.of(Opcode.BDEC)),
                        CollectionOperators.either(ValueType.BYTES, List.of(), others));
        return Overload.of(
                "text",
                Variant.any(1, Optional.of(TEXT)).emitting(code.toArray(Emission[]::new)),
                Operators.DECIMAL,
                Variant.of(List.of(TEXT), TEXT));
    }

    /** Texts, and values as texts, one after another. */
    public static Expression joined(List<Expression> parts, String symbol, Position at) {
        Overload join = Overload.of(symbol, Operators.JOIN_TEXTS);
        boolean alone = parts.size() == 1 && !(parts.get(0) instanceof Expression.Literal);
        // What is no text must not come through as it is: joining it traps.
        List<Expression> all = new ArrayList<>(alone ? List.of(Texts.text("", at)) : List.of());
        all.addAll(parts);
        return all.stream()
                .reduce((left, right) -> new Expression.Operator(join, List.of(left, right), at))
                .orElseGet(() -> Texts.text("", at));
    }

    /** A value as a text, in the form that a language gives it. */
    public static Expression text(Expression value, String symbol, String advice, Position at) {
        Overload named = TO_TEXT.called(symbol).advising(advice);
        return new Expression.Operator(named, List.of(value), at);
    }

    /** The texts of a list, with {@code between} between them. */
    public static Expression joined(
            Expression list, Expression between, Overload toText, Position at) {
        Overload join = Overload.of("join", Operators.JOIN_TEXTS);
        Recipe recipe =
                parts -> {
                    Term all = parts.operand(0);
                    Term nothing = new Term.Constant(Value.text(""), TEXT, false, parts.at());
                    Term head = parts.operate(toText, parts.head(all));
                    Term first = parts.operate(join, nothing, head);
                    Term rest =
                            parts.fold(
                                    parts.tail(all),
                                    first,
                                    (made, each) ->
                                            parts.operate(
                                                    join,
                                                    parts.operate(join, made, parts.operand(1)),
                                                    parts.operate(toText, each)));
                    return parts.choice(parts.empty(all), nothing, rest);
                };
        return Made.of(List.of(list, between), recipe, at);
    }

    /**
     * Elements from a position up to before another; positions below zero count from the end, those
     * beyond an end mean that end.
     */
    public static Expression slice(Expression list, Expression from, Expression to, Position at) {
        return Made.of(List.of(list, from, to), SLICE, at);
    }

    /** Elements from a position on. */
    public static Expression from(Expression list, Expression from, Position at) {
        return Made.of(List.of(list, from), FROM, at);
    }

    /** So many elements at the end, or all; below zero all but so many at the beginning. */
    public static Expression last(Expression list, Expression count, Position at) {
        Recipe recipe =
                parts ->
                        parts.let(
                                parts.length(parts.operand(0)),
                                size -> {
                                    Term wanted = parts.operand(1);
                                    Term below = parts.less(wanted, parts.integer(0));
                                    Term but = parts.minus(parts.integer(0), wanted);
                                    Overload greater = BuiltIns.extreme("max", false);
                                    Term rest = parts.minus(size, wanted);
                                    Term from = parts.operate(greater, rest, parts.integer(0));
                                    return parts.let(
                                            parts.choice(below, but, from),
                                            begin -> between(parts, size, begin, size));
                                });
        return Made.of(List.of(list, count), recipe, at);
    }

    /** What {@code function} gives for what stands at the same place of two equally long lists. */
    public static Expression mapped(
            Expression left, Expression right, Expression function, Position at) {
        Recipe recipe =
                parts -> {
                    Term backwards =
                            parts.loop(
                                    (again, v) ->
                                            parts.choice(
                                                    parts.empty(v.get(0)),
                                                    v.get(2),
                                                    again.with(
                                                            parts.tail(v.get(0)),
                                                            parts.tail(v.get(1)),
                                                            parts.cons(both(parts, v), v.get(2)))),
                                    parts.operand(0),
                                    parts.operand(1),
                                    parts.none());
                    return sameLength(parts, parts.reverse(backwards));
                };
        return new Made(List.of(left, right), List.of(function), recipe, at);
    }

    private static Term both(Parts parts, List<Term> v) {
        return parts.let(
                parts.head(v.get(0)),
                left -> parts.let(parts.head(v.get(1)), right -> parts.call(0, left, right)));
    }

    private static Term sameLength(Parts parts, Term then) {
        Term same =
                parts.operate(
                        Comparisons.SAME,
                        parts.length(parts.operand(0)),
                        parts.length(parts.operand(1)));
        return parts.choice(same, then, parts.fail("lists of different lengths"));
    }

    /** So many elements, or all; it fails below zero. */
    public static Expression first(Expression list, Expression count, Position at) {
        Recipe recipe =
                parts -> {
                    Term below = parts.less(parts.operand(1), parts.integer(0));
                    Overload smaller = BuiltIns.extreme("min", true);
                    Term size = parts.length(parts.operand(0));
                    Term most = parts.operate(smaller, parts.operand(1), size);
                    return parts.choice(
                            below,
                            parts.fail("a count below zero"),
                            parts.let(
                                    most,
                                    to -> taken(parts, parts.operand(0), parts.integer(0), to)));
                };
        return Made.of(List.of(list, count), recipe, at);
    }

    /** What stands behind so many elements; it fails where there are not as many. */
    public static Expression behind(Expression list, Expression count, Position at) {
        Recipe recipe =
                parts ->
                        parts.choice(
                                parts.less(parts.operand(1), parts.integer(0)),
                                parts.fail("a count below zero"),
                                dropped(parts, parts.operand(1)));
        return Made.of(List.of(list, count), recipe, at);
    }

    private static Term between(Parts parts, Term size, Term from, Term to) {
        return parts.let(
                within(parts, from, size),
                begin ->
                        parts.let(
                                within(parts, to, size),
                                end -> taken(parts, dropped(parts, begin), begin, end)));
    }

    /** A position between the ends of a list. */
    private static Term within(Parts parts, Term position, Term size) {
        Term counted = parts.plus(size, position);
        Overload greater = BuiltIns.extreme("max", false);
        Overload smaller = BuiltIns.extreme("min", true);
        return parts.choice(
                parts.less(position, parts.integer(0)),
                parts.operate(greater, counted, parts.integer(0)),
                parts.operate(smaller, position, size));
    }

    private static Term dropped(Parts parts, Term count) {
        return parts.loop(
                (again, v) ->
                        parts.choice(
                                parts.less(parts.integer(0), v.get(1)),
                                again.with(
                                        parts.tail(v.get(0)),
                                        parts.minus(v.get(1), parts.integer(1))),
                                v.get(0)),
                parts.operand(0),
                count);
    }

    private static Term taken(Parts parts, Term list, Term from, Term to) {
        Term backwards =
                parts.loop(
                        (again, v) ->
                                parts.choice(
                                        parts.less(v.get(1), to),
                                        again.with(
                                                parts.tail(v.get(0)),
                                                parts.plus(v.get(1), parts.integer(1)),
                                                parts.cons(parts.head(v.get(0)), v.get(2))),
                                        v.get(2)),
                        list,
                        from,
                        parts.none());
        return parts.reverse(backwards);
    }

    /** The element so far from the end of a list, or of bytes, 1 being the last. */
    public static Variant fromEnd(boolean ofBytes, long distance) {
        Emission[] code = {
            Emission.of(Opcode.DUP),
            Emission.of(ofBytes ? Opcode.BLEN : Opcode.LLEN),
            Emission.push(Value.of(distance)),
            Emission.of(Opcode.SUB),
            Emission.of(ofBytes ? Opcode.BAT : Opcode.LNTH)
        };
        return ofBytes
                ? Variant.of(List.of(BYTES), INTEGER).emitting(code)
                : Variant.of(List.of(LIST), LIST)
                        .givingAny()
                        .emitting(code)
                        .flowing(0, Variant.ELEMENT, Variant.RESULT, Variant.WHOLE);
    }

    /** The element at a computed position, which counts from the end where it is below zero. */
    public static Expression at(Expression list, Expression position, Position at) {
        return Made.of(
                List.of(list, position),
                parts -> {
                    Term index = parts.operand(1);
                    Term counted = parts.plus(parts.length(parts.operand(0)), index);
                    Term below = parts.less(index, parts.integer(0));
                    Overload nth = Overload.of("at", CollectionOperators.NTH);
                    return parts.operate(
                            nth, parts.operand(0), parts.choice(below, counted, index));
                },
                at);
    }

    /** Tuples of what stands at the same position of {@code lists}, as far as all go. */
    public static Expression zipped(List<Expression> lists, Position at) {
        return Made.of(lists, parts -> zipped(parts, lists.size(), parts.none()), at);
    }

    /** Tuples of what stands at the same position of two lists, which must be as long. */
    public static Expression zippedWhole(Expression left, Expression right, Position at) {
        Recipe recipe = parts -> sameLength(parts, zipped(parts, 2, parts.none()));
        return Made.of(List.of(left, right), recipe, at);
    }

    private static Term zipped(Parts parts, int lists, Term nothing) {
        List<Term> first = new ArrayList<>();
        for (int i = 0; i < lists; i++) {
            first.add(parts.operand(i));
        }
        first.add(nothing);
        Term backwards =
                parts.loop(
                        (again, v) -> {
                            List<Term> next = new ArrayList<>();
                            List<Term> heads = new ArrayList<>();
                            for (int i = 0; i < lists; i++) {
                                next.add(parts.tail(v.get(i)));
                                heads.add(parts.head(v.get(i)));
                            }
                            Term made = v.get(lists);
                            Term both = parts.tuple(heads.toArray(Term[]::new));
                            next.add(parts.cons(both, made));
                            Term round = again.with(next.toArray(Term[]::new));
                            for (int i = lists - 1; i >= 0; i--) {
                                round = parts.choice(parts.empty(v.get(i)), made, round);
                            }
                            return round;
                        },
                        first.toArray(Term[]::new));
        return parts.reverse(backwards);
    }

    /** The lists that {@code function} gives for each element, one after another. */
    public static Expression flatMap(
            Expression list, Expression function, boolean positions, String advice, Position at) {
        Overload join = Overload.of("flatMap", CollectionOperators.JOIN_LISTS).advising(advice);
        Recipe recipe =
                parts ->
                        parts.reverse(
                                parts.loop(
                                        (again, v) ->
                                                parts.choice(
                                                        parts.empty(v.get(0)),
                                                        v.get(2),
                                                        flattened(
                                                                parts, again, v, join, positions)),
                                        parts.operand(0),
                                        parts.integer(0),
                                        parts.none()));
        return new Made(List.of(list), List.of(function), recipe, at);
    }

    private static Term flattened(
            Parts parts, Parts.Again again, List<Term> v, Overload join, boolean positions) {
        return parts.let(
                parts.head(v.get(0)),
                element -> {
                    Term made =
                            positions ? parts.call(0, element, v.get(1)) : parts.call(0, element);
                    return again.with(
                            parts.tail(v.get(0)),
                            parts.plus(v.get(1), parts.integer(1)),
                            parts.operate(join, parts.reverse(made), v.get(2)));
                });
    }

    /** A list, whose elements are those of another one. */
    static Term withElementsOf(Parts parts, Term list, Term other) {
        Variant variant =
                new Variant(
                                List.of(Optional.empty(), Optional.of(LIST)),
                                Optional.of(Kind.LIST),
                                List.of(),
                                List.of(Emission.of(Opcode.DROP)))
                        .flowing(1, Variant.ELEMENT, Variant.RESULT, Variant.ELEMENT);
        return parts.operate(Overload.of("list", variant), list, other);
    }
}
