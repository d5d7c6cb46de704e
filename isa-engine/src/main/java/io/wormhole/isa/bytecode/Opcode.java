package io.wormhole.isa.bytecode;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The instructions. What concerns one of them, its byte, word, operand, effect on the stack and
 * price, is its line of {@code bytecode/instructions.txt}, which {@link InstructionTable} reads.
 */
public enum Opcode {
    // Constants and stack
    INT,
    CONST,
    TRUE,
    FALSE,
    DUP,
    DROP,
    SWAP,
    OVER,
    GET,
    SLIDE,
    // Integers
    ADD,
    SUB,
    MUL,
    DIV,
    REM,
    FDIV,
    FMOD,
    POW,
    NEG,
    ABS,
    AND_BITS,
    OR_BITS,
    XOR_BITS,
    SHL,
    SHR,
    // Comparison and logic
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE,
    CMP,
    NOT,
    AND,
    OR,
    TYPE,
    // Reals
    RADD,
    RSUB,
    RMUL,
    RDIV,
    RNEG,
    RABS,
    RSQRT,
    RFLOOR,
    RCEIL,
    REQ,
    RLT,
    RLE,
    RFROM,
    RTRUNC,
    REXP,
    RLN,
    RPOW,
    RSIN,
    RCOS,
    // Byte strings
    BLEN,
    BCAT,
    BSLICE,
    BAT,
    BINT,
    BFROM,
    BDEC,
    // Tuples
    TUPLE,
    UNTUPLE,
    FIELD,
    WITH,
    TSIZE,
    // Lists
    NIL,
    CONS,
    HEAD,
    TAIL,
    EMPTY,
    LLEN,
    LNTH,
    LCAT,
    LREV,
    LIST,
    // Maps
    MNEW,
    MGET,
    MGETOR,
    MHAS,
    MPUT,
    MDEL,
    MSIZE,
    MKEYS,
    MLIST,
    // Functions and choice
    CALL,
    CLOSURE,
    APPLY,
    IF,
    ELSE,
    END,
    FAIL,
    WITHIN,
    LIBRARY,
    // Cryptography
    SHA256,
    BLAKE2B,
    ED25519;

    private static final @Nullable Opcode[] BY_CODE = byCode();
    private static final Map<String, Opcode> BY_MNEMONIC =
            Stream.of(values()).collect(Collectors.toMap(Opcode::mnemonic, Function.identity()));

    private final InstructionTable.Row row = InstructionTable.row(name());

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
        return row.code();
    }

    /** The word in assembly text. */
    public String mnemonic() {
        return row.mnemonic();
    }

    /** What follows the byte. */
    public OperandKind operand() {
        return row.operand();
    }

    /** How many values it takes from the stack. */
    public Effect pops() {
        return row.pops();
    }

    /** How many values it puts on the stack. */
    public Effect pushes() {
        return row.pushes();
    }

    /** Its price. */
    public Cost cost() {
        return row.cost();
    }

    /** What it does, in a sentence. */
    public String summary() {
        return row.summary();
    }

    /** The instruction with this byte. */
    public static Optional<Opcode> ofCode(int code) {
        return Optional.ofNullable(BY_CODE[code]);
    }

    /** The instruction with this word. */
    public static Optional<Opcode> ofMnemonic(String mnemonic) {
        return Optional.ofNullable(BY_MNEMONIC.get(mnemonic));
    }

    private static @Nullable Opcode[] byCode() {
        Opcode[] table = new Opcode[256];
        for (Opcode opcode : values()) {
            table[opcode.code()] = opcode;
        }
        return table;
    }
}
