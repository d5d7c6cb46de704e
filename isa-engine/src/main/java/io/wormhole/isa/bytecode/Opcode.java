package io.wormhole.isa.bytecode;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The instruction table: code, mnemonic, operand, effect on the stack and price in time gas.
 * Assembler, disassembler, verifier, meter and the instruction reference read it; codes are never
 * reused. The prices follow the measurements of {@code benchmarks/isa}.
 */
public enum Opcode {
    // Constants and stack
    INT(
            0x01,
            "int",
            OperandKind.INTEGER,
            pops(0),
            pushes(1),
            time(5),
            "Pushes the integer in the code."),
    CONST(
            0x02,
            "const",
            OperandKind.CONSTANT,
            pops(0),
            pushes(1),
            time(9),
            "Pushes a constant of the function."),
    TRUE(0x03, "true", OperandKind.NONE, pops(0), pushes(1), time(5), "Pushes true."),
    FALSE(0x04, "false", OperandKind.NONE, pops(0), pushes(1), time(5), "Pushes false."),
    DUP(0x05, "dup", OperandKind.NONE, pops(1), pushes(2), time(5), "Doubles the top."),
    DROP(0x06, "drop", OperandKind.NONE, pops(1), pushes(0), time(5), "Takes the top away."),
    SWAP(0x07, "swap", OperandKind.NONE, pops(2), pushes(2), time(5), "Exchanges the two on top."),
    OVER(
            0x08,
            "over",
            OperandKind.NONE,
            pops(2),
            pushes(3),
            time(5),
            "Pushes what lies under the top."),
    GET(
            0x09,
            "get",
            OperandKind.SLOT,
            pops(0),
            pushes(1),
            time(5),
            "Pushes the value of a slot of the frame: an argument, or a value left on the stack."),
    SLIDE(
            0x0a,
            "slide",
            OperandKind.COUNT,
            popsCounted(1),
            pushes(1),
            time(6, 2, Growth.OPERANDS),
            "Keeps the top and takes away as many values under it as the operand says."),
    // Integers
    ADD(
            0x10,
            "add",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(6, 8, Growth.BIG_CELLS),
            "Sum; traps beyond 256 bits."),
    SUB(
            0x11,
            "sub",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(6, 8, Growth.BIG_CELLS),
            "Difference; traps beyond 256 bits."),
    MUL(
            0x12,
            "mul",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(6, 14, Growth.BIG_CELLS),
            "Product; traps beyond 256 bits."),
    DIV(
            0x13,
            "div",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(10, 22, Growth.BIG_CELLS),
            "Quotient towards zero; traps on zero."),
    REM(
            0x14,
            "rem",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(10, 22, Growth.BIG_CELLS),
            "What div leaves, with the sign of the dividend; traps on zero."),
    FDIV(
            0x15,
            "fdiv",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(14, 22, Growth.BIG_CELLS),
            "Quotient towards minus infinity; traps on zero."),
    FMOD(
            0x16,
            "fmod",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(14, 22, Growth.BIG_CELLS),
            "What fdiv leaves, with the sign of the divisor; traps on zero."),
    POW(
            0x17,
            "pow",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(24, 8, Growth.EXPONENT_BITS),
            "Power with an exponent of zero or more, x^0 = 1; traps beyond 256 bits."),
    NEG(
            0x18,
            "neg",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(14, 3, Growth.BIG_CELLS),
            "Negation."),
    ABS(
            0x19,
            "abs",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(14, 3, Growth.BIG_CELLS),
            "Absolute value."),
    AND_BITS(
            0x1a,
            "band",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(15, 8, Growth.BIG_CELLS),
            "Bitwise and, two's complement."),
    OR_BITS(
            0x1b,
            "bor",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(15, 8, Growth.BIG_CELLS),
            "Bitwise or."),
    XOR_BITS(
            0x1c,
            "bxor",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(15, 8, Growth.BIG_CELLS),
            "Bitwise exclusive or."),
    SHL(
            0x1d,
            "shl",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(24, 8, Growth.BIG_CELLS),
            "Shift left by 0 to 255; traps beyond 256 bits."),
    SHR(
            0x1e,
            "shr",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(22, 8, Growth.BIG_CELLS),
            "Shift right by 0 to 255, keeps the sign."),
    // Comparison and logic
    EQ(
            0x20,
            "eq",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(6, 1, Growth.SMALLER_PARTS),
            "Whether both are the same value of the same type."),
    NE(
            0x21,
            "ne",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(6, 1, Growth.SMALLER_PARTS),
            "Whether they are not."),
    LT(0x22, "lt", OperandKind.NONE, pops(2), pushes(1), time(6), "Less, for integers."),
    LE(0x23, "le", OperandKind.NONE, pops(2), pushes(1), time(6), "Less or equal, for integers."),
    GT(0x24, "gt", OperandKind.NONE, pops(2), pushes(1), time(6), "Greater, for integers."),
    GE(
            0x25,
            "ge",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(6),
            "Greater or equal, for integers."),
    CMP(
            0x26,
            "cmp",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(12, 1, Growth.SMALLER_PARTS),
            "-1, 0 or 1 in the order of all values."),
    NOT(0x27, "not", OperandKind.NONE, pops(1), pushes(1), time(10), "Negation of a boolean."),
    AND(0x28, "and", OperandKind.NONE, pops(2), pushes(1), time(16), "Both, for booleans."),
    OR(0x29, "or", OperandKind.NONE, pops(2), pushes(1), time(16), "Either, for booleans."),
    TYPE(
            0x2a,
            "type",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(14),
            "The type as an integer: 0 integer, 1 real, 2 boolean, 3 bytes, 4 tuple, 5 list, 6 map, 7 function."),
    // Reals
    RADD(
            0x30,
            "radd",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(17),
            "Sum, rounded to nearest even as all real arithmetic is."),
    RSUB(0x31, "rsub", OperandKind.NONE, pops(2), pushes(1), time(17), "Difference."),
    RMUL(0x32, "rmul", OperandKind.NONE, pops(2), pushes(1), time(17), "Product."),
    RDIV(
            0x33,
            "rdiv",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(19),
            "Quotient; division by zero gives an infinity or NaN."),
    RNEG(0x34, "rneg", OperandKind.NONE, pops(1), pushes(1), time(17), "Negation."),
    RABS(0x35, "rabs", OperandKind.NONE, pops(1), pushes(1), time(17), "Absolute value."),
    RSQRT(0x36, "rsqrt", OperandKind.NONE, pops(1), pushes(1), time(19), "Square root."),
    RFLOOR(
            0x37,
            "rfloor",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(19),
            "The nearest whole number below."),
    RCEIL(
            0x38,
            "rceil",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(19),
            "The nearest whole number above."),
    REQ(
            0x39,
            "req",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(17),
            "IEEE equality: NaN differs from itself, zeros are equal."),
    RLT(0x3a, "rlt", OperandKind.NONE, pops(2), pushes(1), time(17), "IEEE less."),
    RLE(0x3b, "rle", OperandKind.NONE, pops(2), pushes(1), time(17), "IEEE less or equal."),
    RFROM(
            0x3c,
            "rfrom",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(16, 4, Growth.BIG_CELLS),
            "The real nearest to an integer."),
    RTRUNC(
            0x3d,
            "rtrunc",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(17),
            "The integer towards zero; traps on NaN, infinities and beyond 256 bits."),
    REXP(
            0x3e,
            "rexp",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(30),
            "e to the power, as fdlibm computes it."),
    RLN(
            0x3f,
            "rln",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(30),
            "Natural logarithm, as fdlibm computes it."),
    RPOW(
            0x40,
            "rpow",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(72),
            "Power, as fdlibm computes it."),
    RSIN(
            0x41,
            "rsin",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(40),
            "Sine of radians, as fdlibm computes it."),
    RCOS(
            0x42,
            "rcos",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(40),
            "Cosine of radians, as fdlibm computes it."),
    // Byte strings
    BLEN(0x50, "blen", OperandKind.NONE, pops(1), pushes(1), time(13), "Length in bytes."),
    BCAT(
            0x51,
            "bcat",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(16, 1, Growth.DOUBLE_WORDS),
            "The first followed by the second."),
    BSLICE(
            0x52,
            "bslice",
            OperandKind.NONE,
            pops(3),
            pushes(1),
            time(18, 1, Growth.WORDS),
            "Of bytes, from and to: the bytes from (inclusive) to (exclusive)."),
    BAT(
            0x53,
            "bat",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(15),
            "Of bytes and index: that byte, 0 to 255."),
    BINT(
            0x54,
            "bint",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(26, 4, Growth.WORDS),
            "Unsigned big-endian integer of at most 32 bytes; the empty string is 0."),
    BFROM(
            0x55,
            "bfrom",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(30, 4, Growth.WORDS),
            "Of integer and width (0 to 32): big-endian bytes of that width; traps when it is negative or does not fit."),
    BDEC(
            0x56,
            "bdec",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(90, 200, Growth.BIG_CELLS),
            "Decimal digits of an integer as ASCII."),
    // Tuples
    TUPLE(
            0x60,
            "tuple",
            OperandKind.COUNT,
            popsCounted(0),
            pushes(1),
            time(18, 3, Growth.OPERANDS),
            "Takes as many values as the operand says; the first taken was pushed first."),
    UNTUPLE(
            0x61,
            "untuple",
            OperandKind.COUNT,
            pops(1),
            pushesCounted(),
            time(8, 4, Growth.OPERANDS),
            "Pushes the fields in order; traps unless there are as many as the operand says."),
    FIELD(
            0x62,
            "field",
            OperandKind.FIELD,
            pops(1),
            pushes(1),
            time(14),
            "A field of a tuple, from 0; traps beyond its size."),
    WITH(
            0x63,
            "with",
            OperandKind.FIELD,
            pops(2),
            pushes(1),
            time(16, 1, Growth.ELEMENTS),
            "Of tuple and value: the tuple with that field replaced."),
    TSIZE(
            0x64,
            "tsize",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(13),
            "How many fields a tuple has."),
    // Lists
    NIL(0x70, "nil", OperandKind.NONE, pops(0), pushes(1), time(14), "Pushes the empty list."),
    CONS(
            0x71,
            "cons",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(20),
            "Of element and list: the list with the element in front."),
    HEAD(
            0x72,
            "head",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(14),
            "The first element; traps on the empty list."),
    TAIL(
            0x73,
            "tail",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(14),
            "All but the first element; traps on the empty list."),
    EMPTY(
            0x74,
            "empty",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(13),
            "Whether a list has no element."),
    LLEN(
            0x75,
            "llen",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(13),
            "How many elements a list has."),
    LNTH(
            0x76,
            "lnth",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(10, 1, Growth.ELEMENTS),
            "Of list and index: that element, from 0; traps outside."),
    LCAT(
            0x77,
            "lcat",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(14, 6, Growth.ELEMENTS),
            "The elements of the first, then of the second."),
    LREV(
            0x78,
            "lrev",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(14, 4, Growth.ELEMENTS),
            "The elements in opposite order."),
    LIST(
            0x79,
            "list",
            OperandKind.COUNT,
            popsCounted(0),
            pushes(1),
            time(8, 8, Growth.OPERANDS),
            "Takes as many values as the operand says; the first pushed comes first."),
    // Maps
    MNEW(0x80, "mnew", OperandKind.NONE, pops(0), pushes(1), time(14), "Pushes the empty map."),
    MGET(
            0x81,
            "mget",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(12, 2, Growth.KEYS),
            "Of map and key: the value there; traps when there is none."),
    MGETOR(
            0x82,
            "mgetor",
            OperandKind.NONE,
            pops(3),
            pushes(1),
            time(16, 2, Growth.KEYS),
            "Of map, key and default: the value there, or the default."),
    MHAS(
            0x83,
            "mhas",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(12, 2, Growth.KEYS),
            "Of map and key: whether there is a value."),
    MPUT(
            0x84,
            "mput",
            OperandKind.NONE,
            pops(3),
            pushes(1),
            time(16, 7, Growth.KEYS),
            "Of map, key and value: the map with that entry."),
    MDEL(
            0x85,
            "mdel",
            OperandKind.NONE,
            pops(2),
            pushes(1),
            time(16, 6, Growth.KEYS),
            "Of map and key: the map without that entry."),
    MSIZE(
            0x86,
            "msize",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(13),
            "How many entries a map has."),
    MKEYS(
            0x87,
            "mkeys",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(12, 10, Growth.ELEMENTS),
            "The keys as a list in ascending order."),
    MLIST(
            0x88,
            "mlist",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(12, 17, Growth.ELEMENTS),
            "Tuples of key and value as a list in ascending order of keys."),
    // Functions and choice
    CALL(
            0x90,
            "call",
            OperandKind.FUNCTION,
            popsCounted(0),
            pushes(1),
            time(20),
            "Calls a function with as many arguments as the operand says. A call that is the last thing its function does keeps no frame."),
    CLOSURE(
            0x91,
            "closure",
            OperandKind.FUNCTION,
            popsCounted(0),
            pushes(1),
            time(18, 2, Growth.OPERANDS),
            "Makes a function value that has captured as many values as the operand says."),
    APPLY(
            0x92,
            "apply",
            OperandKind.COUNT,
            popsCounted(1),
            pushes(1),
            time(32, 4, Growth.OPERANDS),
            "Of a function value and as many arguments as the operand says: calls it; traps when arguments are missing or left over."),
    IF(
            0x93,
            "if",
            OperandKind.NONE,
            pops(1),
            pushes(0),
            time(8),
            "Takes a boolean: goes on here when it is true, after the matching else when it is false."),
    ELSE(
            0x94,
            "else",
            OperandKind.NONE,
            pops(0),
            pushes(0),
            time(0),
            "Ends the first branch of a choice and begins the second."),
    END(
            0x95,
            "end",
            OperandKind.NONE,
            pops(0),
            pushes(0),
            time(0),
            "Ends a choice; both branches leave the same number of values."),
    FAIL(
            0x96,
            "fail",
            OperandKind.NONE,
            pops(1),
            pushes(0),
            time(10),
            "Traps with the value as reason."),
    WITHIN(
            0x97,
            "within",
            OperandKind.COUNT,
            popsCounted(3),
            pushes(1),
            time(80, 4, Growth.OPERANDS),
            "Of a function value, limits of time and space, and as many arguments as the operand says: calls it under these limits. Gives {0, value, time, space} when it returned, {1, reason, time, space} when it trapped, {2, 0, time, space} and {3, 0, time, space} when its time or space ran out; time and space are what it used."),
    LIBRARY(
            0x98,
            "library",
            OperandKind.NONE,
            pops(0),
            pushes(1),
            time(0),
            "Alone in a function: stands for the function of a library that the two constants name, by code hash and index."),
    // Cryptography
    SHA256(
            0xa0,
            "sha256",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(84, 5, Growth.WORDS),
            "SHA-256 of a byte string."),
    BLAKE2B(
            0xa1,
            "blake2b",
            OperandKind.NONE,
            pops(1),
            pushes(1),
            time(400, 26, Growth.WORDS),
            "BLAKE2b-256 of a byte string."),
    ED25519(
            0xa2,
            "ed25519",
            OperandKind.NONE,
            pops(3),
            pushes(1),
            time(90_000, 20, Growth.WORDS),
            "Of key, message and signature: whether the Ed25519 signature is valid (RFC 8032); false for keys and signatures of wrong form.");

    private static final @Nullable Opcode[] BY_CODE = byCode();
    private static final Map<String, Opcode> BY_MNEMONIC =
            Stream.of(values()).collect(Collectors.toMap(Opcode::mnemonic, Function.identity()));

    private final int code;
    private final String mnemonic;
    private final OperandKind operand;
    private final Effect pops;
    private final Effect pushes;
    private final Cost cost;
    private final String summary;

    Opcode(
            int code,
            String mnemonic,
            OperandKind operand,
            Effect pops,
            Effect pushes,
            Cost cost,
            String summary) {
        this.code = code;
        this.mnemonic = mnemonic;
        this.operand = operand;
        this.pops = pops;
        this.pushes = pushes;
        this.cost = cost;
        this.summary = summary;
    }

    /** A number of values: fixed, or fixed and as many as the operand counts. */
    public record Effect(int fixed, boolean counted) {
        /** The number, given what the operand counts. */
        public int total(int count) {
            return counted ? fixed + count : fixed;
        }
    }

    /** Time gas: a base, and a rate for each unit that the work grows with. */
    public record Cost(int base, int rate, Growth growth) {}

    /** The byte in the code. */
    public int code() {
        return code;
    }

    /** The word in assembly text. */
    public String mnemonic() {
        return mnemonic;
    }

    /** What follows the byte. */
    public OperandKind operand() {
        return operand;
    }

    /** How many values it takes from the stack. */
    public Effect pops() {
        return pops;
    }

    /** How many values it puts on the stack. */
    public Effect pushes() {
        return pushes;
    }

    /** Its price. */
    public Cost cost() {
        return cost;
    }

    /** What it does, in a sentence. */
    public String summary() {
        return summary;
    }

    /** The instruction with this byte. */
    public static Optional<Opcode> ofCode(int code) {
        return Optional.ofNullable(BY_CODE[code]);
    }

    /** The instruction with this word. */
    public static Optional<Opcode> ofMnemonic(String mnemonic) {
        return Optional.ofNullable(BY_MNEMONIC.get(mnemonic));
    }

    private static Effect pops(int count) {
        return new Effect(count, false);
    }

    private static Effect popsCounted(int fixed) {
        return new Effect(fixed, true);
    }

    private static Effect pushes(int count) {
        return new Effect(count, false);
    }

    private static Effect pushesCounted() {
        return new Effect(0, true);
    }

    private static Cost time(int base) {
        return new Cost(base, 0, Growth.NONE);
    }

    private static Cost time(int base, int rate, Growth growth) {
        return new Cost(base, rate, growth);
    }

    private static @Nullable Opcode[] byCode() {
        Opcode[] table = new Opcode[256];
        for (Opcode opcode : values()) {
            table[opcode.code] = opcode;
        }
        return table;
    }
}
