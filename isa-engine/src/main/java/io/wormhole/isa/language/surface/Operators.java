package io.wormhole.isa.language.surface;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.BYTES;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.LIST;
import static io.wormhole.isa.language.core.Kind.MAP;
import static io.wormhole.isa.language.core.Kind.REAL;
import static io.wormhole.isa.language.core.Kind.TEXT;
import static io.wormhole.isa.language.core.Kind.TUPLE;
import static io.wormhole.isa.language.core.Variant.ELEMENT;
import static io.wormhole.isa.language.core.Variant.RESULT;
import static io.wormhole.isa.language.core.Variant.WHOLE;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operations that languages choose from. */
public final class Operators {
    /** Sum of integers. */
    public static final Variant ADD_INTEGERS = binary(INTEGER, Opcode.ADD);

    /** Sum of reals. */
    public static final Variant ADD_REALS = binary(REAL, Opcode.RADD);

    /** A text after the other. */
    public static final Variant JOIN_TEXTS = binary(TEXT, Opcode.BCAT);

    /** A byte string after the other. */
    public static final Variant JOIN_BYTES = binary(BYTES, Opcode.BCAT);

    /** A list after the other. */
    public static final Variant JOIN_LISTS =
            binary(LIST, Opcode.LCAT)
                    .flowing(0, ELEMENT, RESULT, ELEMENT)
                    .flowing(1, ELEMENT, RESULT, ELEMENT);

    /** Product of integers. */
    public static final Variant MULTIPLY_INTEGERS = binary(INTEGER, Opcode.MUL);

    /** Product of reals. */
    public static final Variant MULTIPLY_REALS = binary(REAL, Opcode.RMUL);

    /** Quotient of reals; fails on a divisor of zero, whatever the language. */
    public static final Variant DIVIDE_REALS =
            binary(REAL, Opcode.RDIV)
                    .emitting(
                            Emission.of(Opcode.DUP),
                            Emission.push(Value.real(0.0)),
                            Emission.of(Opcode.REQ),
                            Emission.of(Opcode.IF),
                            Emission.push(Value.text("division by zero")),
                            Emission.of(Opcode.FAIL),
                            Emission.of(Opcode.ELSE),
                            Emission.of(Opcode.END),
                            Emission.of(Opcode.RDIV));

    /** Quotient towards zero. */
    public static final Variant QUOTIENT = binary(INTEGER, Opcode.DIV);

    /** Power of integers. */
    public static final Variant POWER_INTEGERS = binary(INTEGER, Opcode.POW);

    /** Power of reals. */
    public static final Variant POWER_REALS =
            binary(REAL, Opcode.RPOW).emitting(finite(Opcode.RPOW));

    /** Difference. */
    public static final Overload SUBTRACT =
            Overload.of("-", binary(INTEGER, Opcode.SUB), binary(REAL, Opcode.RSUB));

    /** Product. */
    public static final Overload MULTIPLY = Overload.of("*", MULTIPLY_INTEGERS, MULTIPLY_REALS);

    /** Negation. */
    public static final Overload NEGATE =
            Overload.of("-", unary(INTEGER, Opcode.NEG), unary(REAL, Opcode.RNEG));

    /** Absolute value. */
    public static final Overload ABSOLUTE =
            Overload.of("abs", unary(INTEGER, Opcode.ABS), unary(REAL, Opcode.RABS));

    /** What the quotient towards zero leaves. */
    public static final Variant REMAINDER = binary(INTEGER, Opcode.REM);

    /** Quotient towards minus infinity. */
    public static final Variant FLOOR_QUOTIENT = binary(INTEGER, Opcode.FDIV);

    /** What the quotient towards minus infinity leaves. */
    public static final Variant FLOOR_REMAINDER = binary(INTEGER, Opcode.FMOD);

    /** Negation of a condition. */
    public static final Overload NOT = Overload.of("!", unary(BOOLEAN, Opcode.NOT));

    /** An integer as a real. */
    public static final Variant TO_REAL = Variant.of(List.of(INTEGER), REAL, Opcode.RFROM);

    /** A real cut to an integer. */
    public static final Variant TRUNCATE = Variant.of(List.of(REAL), INTEGER, Opcode.RTRUNC);

    /** The integer below a real. */
    public static final Variant FLOOR =
            Variant.of(List.of(REAL), INTEGER, Opcode.RFLOOR, Opcode.RTRUNC);

    /** The integer above a real. */
    public static final Variant CEILING =
            Variant.of(List.of(REAL), INTEGER, Opcode.RCEIL, Opcode.RTRUNC);

    /** SHA-256. */
    public static final Overload SHA256 =
            Overload.of("sha256", Variant.of(List.of(BYTES), BYTES, Opcode.SHA256));

    /** BLAKE2b-256. */
    public static final Overload BLAKE2B =
            Overload.of("blake2b", Variant.of(List.of(BYTES), BYTES, Opcode.BLAKE2B));

    /** Whether an Ed25519 signature is valid, of key, message and signature. */
    public static final Overload ED25519 =
            Overload.of(
                    "ed25519", Variant.of(List.of(BYTES, BYTES, BYTES), BOOLEAN, Opcode.ED25519));

    /** An integer as bytes, big-endian, of integer and width. */
    public static final Overload TO_BYTES =
            Overload.of("to_bytes", Variant.of(List.of(INTEGER, INTEGER), BYTES, Opcode.BFROM));

    /** Bytes as an unsigned integer, big-endian. */
    public static final Overload FROM_BYTES =
            Overload.of("from_bytes", Variant.of(List.of(BYTES), INTEGER, Opcode.BINT));

    /** Length in bytes. */
    public static final Overload BYTE_LENGTH =
            Overload.of(
                    "byte_length",
                    Variant.of(List.of(BYTES), INTEGER, Opcode.BLEN),
                    Variant.of(List.of(TEXT), INTEGER, Opcode.BLEN));

    /** Some bytes, of bytes, from and to. */
    public static final Overload SLICE_BYTES =
            Overload.of(
                    "slice", Variant.of(List.of(BYTES, INTEGER, INTEGER), BYTES, Opcode.BSLICE));

    /** A byte, of bytes and index. */
    public static final Overload BYTE_AT =
            Overload.of("byte_at", Variant.of(List.of(BYTES, INTEGER), INTEGER, Opcode.BAT));

    /** The bytes of a text. */
    public static final Overload TEXT_TO_BYTES =
            Overload.of("utf8", Variant.of(List.of(TEXT), BYTES));

    /** Decimal digits. */
    public static final Variant DECIMAL = Variant.of(List.of(INTEGER), TEXT, Opcode.BDEC);

    /** The first element. */
    public static final Overload HEAD =
            Overload.of(
                    "head",
                    Variant.of(List.of(LIST), LIST, Opcode.HEAD)
                            .givingAny()
                            .flowing(0, ELEMENT, RESULT, WHOLE));

    /** All but the first element. */
    public static final Overload TAIL =
            Overload.of(
                    "tail",
                    Variant.of(List.of(LIST), LIST, Opcode.TAIL)
                            .flowing(0, ELEMENT, RESULT, ELEMENT));

    /** Whether a list has no element. */
    public static final Overload EMPTY =
            Overload.of("empty", Variant.of(List.of(LIST), BOOLEAN, Opcode.EMPTY));

    /** An element in front of a list. */
    public static final Overload CONS =
            Overload.of(
                    "cons",
                    Variant.of(List.of(LIST, LIST), LIST, Opcode.CONS)
                            .anyAt(0)
                            .flowing(0, WHOLE, RESULT, ELEMENT)
                            .flowing(1, ELEMENT, RESULT, ELEMENT));

    /** A list in opposite order. */
    public static final Overload REVERSE =
            Overload.of(
                    "reverse",
                    Variant.of(List.of(LIST), LIST, Opcode.LREV)
                            .flowing(0, ELEMENT, RESULT, ELEMENT));

    /** How many elements a list has. */
    public static final Variant LIST_LENGTH = Variant.of(List.of(LIST), INTEGER, Opcode.LLEN);

    /** How many entries a map has. */
    public static final Variant MAP_SIZE = Variant.of(List.of(MAP), INTEGER, Opcode.MSIZE);

    /** How many fields a tuple has. */
    public static final Variant TUPLE_SIZE = Variant.of(List.of(TUPLE), INTEGER, Opcode.TSIZE);

    /** Length in bytes, of byte strings only. */
    public static final Variant BYTES_LENGTH = Variant.of(List.of(BYTES), INTEGER, Opcode.BLEN);

    /** An element, of list and index from 0. */
    public static final Variant NTH =
            Variant.of(List.of(LIST, INTEGER), LIST, Opcode.LNTH)
                    .givingAny()
                    .flowing(0, ELEMENT, RESULT, WHOLE);

    /** The value of a map at a key. */
    public static final Variant MAP_GET =
            Variant.of(List.of(MAP, MAP), LIST, Opcode.MGET)
                    .givingAny()
                    .anyAt(1)
                    .flowing(0, ELEMENT, RESULT, WHOLE);

    /** The value of a map at a key, or another. */
    public static final Overload MAP_GET_OR =
            Overload.of(
                    "get",
                    Variant.of(List.of(MAP, MAP, MAP), LIST, Opcode.MGETOR)
                            .givingAny()
                            .anyAt(1)
                            .anyAt(2)
                            .flowing(0, ELEMENT, RESULT, WHOLE)
                            .flowing(2, WHOLE, RESULT, WHOLE));

    /** Whether a map has a key. */
    public static final Overload MAP_HAS =
            Overload.of("has", Variant.of(List.of(MAP, MAP), BOOLEAN, Opcode.MHAS).anyAt(1));

    /** A map with one more entry. */
    public static final Overload MAP_PUT =
            Overload.of(
                    "put",
                    Variant.of(List.of(MAP, MAP, MAP), MAP, Opcode.MPUT)
                            .anyAt(1)
                            .anyAt(2)
                            .flowing(0, ELEMENT, RESULT, ELEMENT)
                            .flowing(2, WHOLE, RESULT, ELEMENT));

    /** A map without a key. */
    public static final Overload MAP_REMOVE =
            Overload.of(
                    "remove",
                    Variant.of(List.of(MAP, MAP), MAP, Opcode.MDEL)
                            .anyAt(1)
                            .flowing(0, ELEMENT, RESULT, ELEMENT));

    /** The keys of a map in order. */
    public static final Overload MAP_KEYS =
            Overload.of("keys", Variant.of(List.of(MAP), LIST, Opcode.MKEYS));

    /** Tuples of key and value in the order of keys. */
    public static final Overload MAP_ENTRIES =
            Overload.of("entries", Variant.of(List.of(MAP), LIST, Opcode.MLIST));

    /** Whether two values are the same, whatever they are. */
    public static final Overload SAME =
            Overload.of("equal", Variant.any(2, Optional.of(BOOLEAN), Opcode.EQ));

    private Operators() {}

    /** Two operands and a result of one kind. */
    public static Variant binary(Kind kind, Opcode opcode) {
        return Variant.of(List.of(kind, kind), kind, opcode);
    }

    /** An operand and a result of one kind. */
    public static Variant unary(Kind kind, Opcode opcode) {
        return Variant.of(List.of(kind), kind, opcode);
    }

    /** A function of one real. */
    public static Overload real(String name, Opcode opcode) {
        return Overload.of(name, unary(REAL, opcode).emitting(finite(opcode)));
    }

    /** An instruction whose result must be a number: some languages have no others. */
    private static Emission[] finite(Opcode opcode) {
        return new Emission[] {
            Emission.of(opcode),
            Emission.of(Opcode.DUP),
            Emission.of(Opcode.DUP),
            Emission.of(Opcode.RSUB),
            Emission.push(Value.real(0.0)),
            Emission.of(Opcode.REQ),
            Emission.of(Opcode.IF),
            Emission.of(Opcode.ELSE),
            Emission.push(Value.text("no real number")),
            Emission.of(Opcode.FAIL),
            Emission.of(Opcode.END)
        };
    }

    /** Integer and real order; {@code kinds} are further kinds, ordered as bytes are. */
    public static Overload order(String symbol, Opcode integers, Kind... kinds) {
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.of(List.of(INTEGER, INTEGER), BOOLEAN, integers));
        variants.add(Variant.of(List.of(REAL, REAL), BOOLEAN).emitting(realOrder(integers)));
        for (Kind kind : kinds) {
            variants.add(
                    Variant.of(List.of(kind, kind), BOOLEAN)
                            .emitting(
                                    Emission.of(Opcode.CMP),
                                    Emission.push(Value.of(0)),
                                    Emission.of(integers)));
        }
        return new Overload(symbol, variants, false, "");
    }

    private static Emission[] realOrder(Opcode integers) {
        Emission swap = Emission.of(Opcode.SWAP);
        Emission less = Emission.of(Opcode.RLT);
        Emission atMost = Emission.of(Opcode.RLE);
        return switch (integers) {
            case LT -> new Emission[] {less};
            case LE -> new Emission[] {atMost};
            case GT -> new Emission[] {swap, less};
            default -> new Emission[] {swap, atMost};
        };
    }

    /** Equality of values of one of the given kinds, or of values of which nothing is known. */
    public static Overload equality(String symbol, boolean negated, Kind... kinds) {
        List<Variant> variants = new ArrayList<>();
        for (Kind kind : kinds) {
            Variant variant = Variant.of(List.of(kind, kind), BOOLEAN);
            Emission same = Emission.of(kind == REAL ? Opcode.REQ : Opcode.EQ);
            if (!negated) {
                variants.add(variant.emitting(same));
            } else if (kind == REAL) {
                variants.add(variant.emitting(same, Emission.of(Opcode.NOT)));
            } else {
                variants.add(variant.emitting(Emission.of(Opcode.NE)));
            }
        }
        Variant doubt = Variant.any(2, Optional.of(BOOLEAN), negated ? Opcode.NE : Opcode.EQ);
        return new Overload(symbol, withDoubt(variants, doubt), false, "");
    }

    /** A kind known on one side decides; where none is known, any values are compared. */
    private static List<Variant> withDoubt(List<Variant> decided, Variant doubt) {
        List<Variant> all = new ArrayList<>();
        all.add(doubt);
        all.addAll(decided);
        return all;
    }

    /** A tuple of {@code size} fields. */
    public static Overload tuple(int size) {
        Variant variant =
                Variant.any(size, Optional.of(TUPLE))
                        .emitting(Emission.counting(Opcode.TUPLE, size));
        for (int i = 0; i < size; i++) {
            variant = variant.flowing(i, WHOLE, RESULT, i);
        }
        return Overload.of("tuple", variant);
    }

    /** A list of {@code size} elements. */
    public static Overload list(int size) {
        Variant variant =
                Variant.any(size, Optional.of(LIST)).emitting(Emission.counting(Opcode.LIST, size));
        for (int i = 0; i < size; i++) {
            variant = variant.flowing(i, WHOLE, RESULT, ELEMENT);
        }
        return Overload.of("list", variant);
    }

    /** Field {@code index} of a tuple. */
    public static Variant field(int index) {
        return Variant.of(List.of(TUPLE), TUPLE)
                .givingAny()
                .emitting(Emission.field(Opcode.FIELD, index))
                .flowing(0, index, RESULT, WHOLE);
    }

    /** Field {@code index} of what a pattern found to be a tuple. */
    public static Overload uncheckedField(int index) {
        return Overload.of("field", field(index).anyAt(0));
    }

    /** A tuple with field {@code index} replaced. */
    public static Overload withField(int index) {
        return Overload.of(
                "with",
                Variant.of(List.of(TUPLE, TUPLE), TUPLE)
                        .anyAt(1)
                        .emitting(Emission.field(Opcode.WITH, index))
                        .flowing(1, WHOLE, RESULT, index));
    }
}
