package io.wormhole.isa.language.python;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.BYTES;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.LIST;
import static io.wormhole.isa.language.core.Kind.MAP;
import static io.wormhole.isa.language.core.Kind.REAL;
import static io.wormhole.isa.language.core.Kind.TEXT;
import static io.wormhole.isa.language.core.Kind.TUPLE;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Comparisons;
import io.wormhole.isa.language.surface.ListOrder;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.value.Value;
import java.util.List;
import java.util.Map;

/** The operators of Python. */
final class PythonOperators {
    private static final Map<String, Overload> BINARY =
            Map.ofEntries(
                    Map.entry(
                            "+",
                            Overload.of(
                                    "+",
                                    Operators.ADD_INTEGERS,
                                    Operators.ADD_REALS,
                                    Operators.JOIN_BYTES,
                                    Operators.JOIN_TEXTS,
                                    CollectionOperators.JOIN_LISTS)),
                    Map.entry("-", Operators.SUBTRACT),
                    Map.entry("*", Operators.MULTIPLY),
                    Map.entry(
                            "/",
                            Overload.of("/", Operators.DIVIDE_REALS)
                                    .advising(
                                            "write a // b for integers, or reals such as 2.0, or"
                                                    + " float(a) / float(b)")),
                    Map.entry(
                            "//",
                            Overload.of("//", Operators.FLOOR_QUOTIENT)
                                    .advising("for reals write math.floor(a / b)")),
                    Map.entry(
                            "%",
                            Overload.of("%", Operators.FLOOR_REMAINDER)
                                    .advising("for reals write a - b * float(math.floor(a / b))")),
                    Map.entry(
                            "**",
                            Overload.of("**", Operators.POWER_INTEGERS, Operators.POWER_REALS)),
                    Map.entry("&", bits("&", Opcode.AND_BITS)),
                    Map.entry("|", bits("|", Opcode.OR_BITS)),
                    Map.entry("^", bits("^", Opcode.XOR_BITS)),
                    Map.entry("<<", bits("<<", Opcode.SHL)),
                    Map.entry(">>", bits(">>", Opcode.SHR)),
                    Map.entry("<", order("<", Opcode.LT)),
                    Map.entry("<=", order("<=", Opcode.LE)),
                    Map.entry(">", order(">", Opcode.GT)),
                    Map.entry(">=", order(">=", Opcode.GE)),
                    Map.entry("==", equality("==", false)),
                    Map.entry("!=", equality("!=", true)));

    /** Length of what has a length. */
    static final Overload LENGTH =
            Overload.of(
                            "len",
                            CollectionOperators.anyLength(),
                            CollectionOperators.LIST_LENGTH,
                            CollectionOperators.MAP_SIZE,
                            CollectionOperators.TUPLE_SIZE,
                            Operators.BYTES_LENGTH)
                    .advising("a text is measured in bytes: write byte_length(text)");

    private static Overload order(String symbol, Opcode integers) {
        return Comparisons.order(symbol, integers, BYTES, TEXT)
                .advising("compare what is in them: a[0] < b[0] or (a[0] == b[0] and a[1] < b[1])");
    }

    /** Whether a value comes before another where a list is sorted. */
    static final Overload BEFORE =
            ListOrder.before("sorted", TEXT, BYTES)
                    .advising("numbers of one type and texts are sorted; of others give a key=");

    private PythonOperators() {}

    private static Overload bits(String symbol, Opcode opcode) {
        return Overload.of(symbol, Operators.binary(INTEGER, opcode));
    }

    private static Overload equality(String symbol, boolean negated) {
        return Comparisons.equality(
                symbol, negated, INTEGER, REAL, BOOLEAN, TEXT, BYTES, TUPLE, LIST, MAP);
    }

    /** What {@code sign} means between two operands. */
    static Overload binary(String sign, Position at) {
        Overload known = BINARY.get(sign);
        if (known == null) {
            throw new RefusedSource(at, "'" + sign + "' is outside of this subset", "");
        }
        return known;
    }

    /** A part at a position that the source says. */
    static Overload at(int index) {
        Variant value =
                Variant.of(List.of(MAP), LIST)
                        .givingAny()
                        .emitting(Emission.push(Value.of(index)), Emission.of(Opcode.MGET))
                        .flowing(0, Variant.position(index), Variant.RESULT, Variant.WHOLE);
        Variant byteAt =
                Variant.of(List.of(BYTES), INTEGER)
                        .emitting(Emission.push(Value.of(index)), Emission.of(Opcode.BAT));
        return Overload.of(
                        "[" + index + "]",
                        CollectionOperators.elementOrField(index),
                        CollectionOperators.field(index),
                        CollectionOperators.element(index),
                        value,
                        byteAt)
                .advising("a text has no positions here");
    }

    /** A part so far from the end, 1 being the last. */
    static Overload fromEnd(long distance) {
        return Overload.of(
                        "[-" + distance + "]",
                        ListParts.fromEnd(false, distance),
                        ListParts.fromEnd(true, distance))
                .advising("a text has no positions here, and those of a tuple count from 0");
    }

    /** A part at a computed position or key. */
    static Overload at() {
        Variant byteAt = Variant.of(List.of(BYTES, INTEGER), INTEGER, Opcode.BAT);
        return Overload.of(
                        "[…]",
                        CollectionOperators.elementOrValue(false),
                        CollectionOperators.elementOrValue(true),
                        CollectionOperators.NTH,
                        CollectionOperators.MAP_GET,
                        byteAt)
                .advising("a list has integer positions, a tuple those that the source says");
    }

    /** All from position {@code from} on. */
    static Overload from(int from) {
        Variant bytes =
                Variant.of(List.of(BYTES), BYTES)
                        .emitting(
                                Emission.of(Opcode.DUP),
                                Emission.of(Opcode.BLEN),
                                Emission.push(Value.of(from)),
                                Emission.of(Opcode.SWAP),
                                Emission.of(Opcode.BSLICE));
        if (from != 1) {
            return PythonSlices.from(from, bytes);
        }
        Variant tail =
                Variant.of(List.of(LIST), LIST, Opcode.TAIL)
                        .flowing(0, Variant.ELEMENT, Variant.RESULT, Variant.ELEMENT);
        return Overload.of("[1:]", tail, bytes);
    }
}
