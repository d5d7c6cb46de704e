package io.wormhole.isa.language.surface;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.BYTES;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.REAL;
import static io.wormhole.isa.language.core.Kind.TEXT;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.value.Value;
import java.util.List;

/** The operations on numbers, conditions, texts and bytes that languages choose from. */
public final class Operators {
    /** Sum of integers. */
    public static final Variant ADD_INTEGERS = binary(INTEGER, Opcode.ADD);

    /** Sum of reals. */
    public static final Variant ADD_REALS = binary(REAL, Opcode.RADD);

    /** A text after the other. */
    public static final Variant JOIN_TEXTS = binary(TEXT, Opcode.BCAT);

    /** A byte string after the other. */
    public static final Variant JOIN_BYTES = binary(BYTES, Opcode.BCAT);

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

    /** One below, at or above zero; a real that is zero or no number comes back as it is. */
    public static final Overload SIGN =
            Overload.of(
                    "sign",
                    unary(INTEGER, Opcode.CMP)
                            .emitting(Emission.push(Value.of(0)), Emission.of(Opcode.CMP)),
                    unary(REAL, Opcode.RLT).emitting(realSign()));

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

    /** Length in bytes, of byte strings only. */
    public static final Variant BYTES_LENGTH = Variant.of(List.of(BYTES), INTEGER, Opcode.BLEN);

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

    private static Emission[] realSign() {
        return new Emission[] {
            Emission.of(Opcode.DUP),
            Emission.push(Value.real(0.0)),
            Emission.of(Opcode.RLT),
            Emission.of(Opcode.IF),
            Emission.of(Opcode.DROP),
            Emission.push(Value.real(-1.0)),
            Emission.of(Opcode.ELSE),
            Emission.of(Opcode.DUP),
            Emission.push(Value.real(0.0)),
            Emission.of(Opcode.SWAP),
            Emission.of(Opcode.RLT),
            Emission.of(Opcode.IF),
            Emission.of(Opcode.DROP),
            Emission.push(Value.real(1.0)),
            Emission.of(Opcode.ELSE),
            Emission.of(Opcode.END),
            Emission.of(Opcode.END)
        };
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
}
