package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import java.util.Map;
import java.util.OptionalInt;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes what numeric functions compute: from slots, into slots. */
final class NumericArithmetic {
    private final MethodVisitor code;
    private final int spare;
    private final Label bailOut;

    /**
     * Writes to {@code code}.
     *
     * @param spare a local variable for a long that nothing else uses
     * @param bailOut where it goes on when 64 bits do not do
     */
    NumericArithmetic(MethodVisitor code, int spare, Label bailOut) {
        this.code = code;
        this.spare = spare;
        this.bailOut = bailOut;
    }

    /** {@code to} becomes the sum of what is in slot {@code from}, if any, and {@code rest}. */
    void sum(OptionalInt from, NumericForm rest, int to) {
        boolean empty = from.isEmpty();
        from.ifPresent(this::load);
        for (Map.Entry<Integer, Long> term : rest.terms().entrySet()) {
            long times = term.getValue();
            boolean subtract = times == -1 && !empty;
            load(term.getKey());
            if (times != 1 && !subtract) {
                code.visitLdcInsn(times);
                code.visitInsn(Opcodes.LMUL);
            }
            if (!empty) {
                code.visitInsn(subtract ? Opcodes.LSUB : Opcodes.LADD);
            }
            empty = false;
        }
        if (empty || rest.constant() != 0) {
            code.visitLdcInsn(rest.constant());
            if (!empty) {
                code.visitInsn(Opcodes.LADD);
            }
        }
        store(to);
    }

    /** {@code left} becomes the result; {@code exact} where it may not fit in 64 bits. */
    void compute(Opcode opcode, int left, boolean exact) {
        switch (opcode) {
            case ADD -> combine(left, exact, Opcodes.LADD, "addExact");
            case SUB -> combine(left, exact, Opcodes.LSUB, "subtractExact");
            case MUL -> combine(left, exact, Opcodes.LMUL, "multiplyExact");
            case SHL -> shiftLeft(left, exact);
            case SHR -> shiftRight(left, exact);
            case AND_BITS, AND -> combine(left, false, Opcodes.LAND, "");
            case OR_BITS, OR -> combine(left, false, Opcodes.LOR, "");
            default -> combine(left, false, Opcodes.LXOR, "");
        }
    }

    /** {@code left} becomes the quotient, or what is left over; division by zero throws. */
    void divide(Division division, int left) {
        if (division.mayOverflow()) {
            load(left + 1);
            code.visitLdcInsn(-1L);
            code.visitInsn(Opcodes.LCMP);
            code.visitJumpInsn(Opcodes.IFEQ, bailOut);
        }
        int instruction = division.leavesRest() ? Opcodes.LREM : Opcodes.LDIV;
        if (division.isNarrow()) {
            loadInt(left);
            loadInt(left + 1);
            code.visitInsn(division.leavesRest() ? Opcodes.IREM : Opcodes.IDIV);
            code.visitInsn(Opcodes.I2L);
            store(left);
        } else {
            String name = division.leavesRest() ? "floorMod" : "floorDiv";
            combine(left, division.roundsDown(), instruction, name);
        }
    }

    private void loadInt(int slot) {
        load(slot);
        code.visitInsn(Opcodes.L2I);
    }

    private void shiftLeft(int left, boolean exact) {
        if (exact) {
            requireShift(left + 1);
        }
        shift(left, Opcodes.LSHL);
        if (exact) {
            code.visitInsn(Opcodes.DUP2);
            code.visitVarInsn(Opcodes.LSTORE, spare);
            load(left + 1);
            code.visitInsn(Opcodes.L2I);
            code.visitInsn(Opcodes.LSHR);
            load(left);
            code.visitInsn(Opcodes.LCMP);
            code.visitJumpInsn(Opcodes.IFNE, bailOut);
            code.visitVarInsn(Opcodes.LLOAD, spare);
        }
        store(left);
    }

    private void shiftRight(int left, boolean exact) {
        if (exact) {
            requireShift(left + 1);
        }
        shift(left, Opcodes.LSHR);
        store(left);
    }

    private void shift(int left, int instruction) {
        load(left);
        load(left + 1);
        code.visitInsn(Opcodes.L2I);
        code.visitInsn(instruction);
    }

    /** The JVM shifts by the lowest six bits; more than those is for the slower code. */
    private void requireShift(int slot) {
        load(slot);
        code.visitLdcInsn(-64L);
        code.visitInsn(Opcodes.LAND);
        code.visitInsn(Opcodes.LCONST_0);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFNE, bailOut);
    }

    private void combine(int left, boolean method, int instruction, String name) {
        load(left);
        load(left + 1);
        if (method) {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", name, "(JJ)J", false);
        } else {
            code.visitInsn(instruction);
        }
        store(left);
    }

    void negate(int truth) {
        load(truth);
        code.visitInsn(Opcodes.LCONST_1);
        code.visitInsn(Opcodes.LXOR);
        store(truth);
    }

    /**
     * {@code mask} becomes all ones where the comparison of two numbers holds and zero elsewhere,
     * without a jump. Their difference fits in 64 bits, either way.
     */
    void mask(Opcode comparison, int left, int mask) {
        boolean swapped = comparison == Opcode.GT || comparison == Opcode.LE;
        load(swapped ? left + 1 : left);
        load(swapped ? left : left + 1);
        code.visitInsn(Opcodes.LSUB);
        if (comparison == Opcode.EQ || comparison == Opcode.NE) {
            code.visitInsn(Opcodes.DUP2);
            code.visitInsn(Opcodes.LNEG);
            code.visitInsn(Opcodes.LOR);
        }
        code.visitIntInsn(Opcodes.BIPUSH, Long.SIZE - 1);
        code.visitInsn(Opcodes.LSHR);
        if (comparison == Opcode.EQ || comparison == Opcode.LE || comparison == Opcode.GE) {
            code.visitLdcInsn(-1L);
            code.visitInsn(Opcodes.LXOR);
        }
        store(mask);
    }

    /** {@code to} becomes what is in {@code from} where {@code mask} is all ones. */
    void copyMasked(int mask, int from, int to) {
        load(to);
        load(from);
        load(to);
        code.visitInsn(Opcodes.LSUB);
        load(mask);
        code.visitInsn(Opcodes.LAND);
        code.visitInsn(Opcodes.LADD);
        store(to);
    }

    private void load(int slot) {
        code.visitVarInsn(Opcodes.LLOAD, NumericEmitter.local(slot));
    }

    private void store(int slot) {
        code.visitVarInsn(Opcodes.LSTORE, NumericEmitter.local(slot));
    }
}
