package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;

/**
 * What the interpreter's words mean: the low byte is one of these, the rest the price. Frequent
 * instructions have a word of their own, all others go through {@link #OPERATION}.
 */
final class Word {
    static final int MASK = 0xff;
    static final int PRICE_SHIFT = 8;

    static final int PUSH_INT = 0;
    static final int PUSH_CONSTANT = 1;
    static final int DUP = 2;
    static final int DROP = 3;
    static final int SWAP = 4;
    static final int OVER = 5;
    static final int GET = 6;
    static final int SLIDE = 7;
    static final int ADD = 8;
    static final int SUB = 9;
    static final int MUL = 10;
    static final int DIV = 11;
    static final int REM = 12;
    static final int EQ = 13;
    static final int NE = 14;
    static final int LT = 15;
    static final int LE = 16;
    static final int GT = 17;
    static final int GE = 18;
    static final int NOT = 19;
    static final int JUMP_IF_FALSE = 20;
    static final int JUMP = 21;
    static final int CALL = 22;
    static final int TAIL_CALL = 23;
    static final int APPLY = 24;
    static final int TAIL_APPLY = 25;
    static final int RETURN = 26;
    static final int CLOSURE = 27;
    static final int FAIL = 28;
    static final int OPERATION = 29;
    static final int COMPILED = 30;
    static final int NUMERIC = 31;
    static final int WITHIN = 32;
    static final int WITHIN_END = 33;

    private Word() {}

    static int of(Opcode opcode) {
        return switch (opcode) {
            case DUP -> DUP;
            case DROP -> DROP;
            case SWAP -> SWAP;
            case OVER -> OVER;
            case GET -> GET;
            case SLIDE -> SLIDE;
            case ADD -> ADD;
            case SUB -> SUB;
            case MUL -> MUL;
            case DIV -> DIV;
            case REM -> REM;
            case EQ -> EQ;
            case NE -> NE;
            case LT -> LT;
            case LE -> LE;
            case GT -> GT;
            case GE -> GE;
            case NOT -> NOT;
            case FAIL -> FAIL;
            default -> OPERATION;
        };
    }

    /** The table's instruction that a word with a fast path falls back to. */
    static Opcode slowPathOf(int word) {
        return switch (word) {
            case ADD -> Opcode.ADD;
            case SUB -> Opcode.SUB;
            case MUL -> Opcode.MUL;
            case DIV -> Opcode.DIV;
            case REM -> Opcode.REM;
            case EQ -> Opcode.EQ;
            case NE -> Opcode.NE;
            case LT -> Opcode.LT;
            case LE -> Opcode.LE;
            case GT -> Opcode.GT;
            case GE -> Opcode.GE;
            default -> Opcode.NOT;
        };
    }
}
