package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;

/** One of the four divisions, of numbers in known ranges. */
record Division(Opcode opcode, Range dividend, Range divisor) {
    static boolean isOne(Opcode opcode) {
        return switch (opcode) {
            case DIV, REM, FDIV, FMOD -> true;
            default -> false;
        };
    }

    /** Whether the result is what is left over. */
    boolean leavesRest() {
        return opcode == Opcode.REM || opcode == Opcode.FMOD;
    }

    /** Whether it rounds towards minus infinity, and that differs from rounding towards zero. */
    boolean roundsDown() {
        return (opcode == Opcode.FDIV || opcode == Opcode.FMOD)
                && !(dividend.isNatural() && divisor.isNatural());
    }

    /** Whether the least long may be divided by −1: it has no opposite. */
    boolean mayOverflow() {
        return dividend.low() == Long.MIN_VALUE && divisor.low() <= -1 && divisor.high() >= -1;
    }

    /** Whether 32 bits do, in which processors divide sooner. */
    boolean isNarrow() {
        return !roundsDown() && dividend.isNarrow() && divisor.isNarrow();
    }

    /** How much it costs beyond the least that it could; numbers that are known cost nothing. */
    int effort() {
        if (divisor.low() == divisor.high()) {
            return roundsDown() ? 1 : 0;
        }
        return (roundsDown() ? 1 : 0) + (isNarrow() ? 0 : 1);
    }
}
