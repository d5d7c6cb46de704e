package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** JVM code for arithmetic and comparison on longs that goes elsewhere when 64 bits do not do. */
final class JvmArithmetic {
    private static final String MATH = "java/lang/Math";

    private final MethodVisitor code;
    private final int spare;

    /**
     * Writes to {@code code}.
     *
     * @param spare a local variable for a long that nothing else uses
     */
    JvmArithmetic(MethodVisitor code, int spare) {
        this.code = code;
        this.spare = spare;
    }

    /** Puts the result into local {@code left}; what 64 bits do not hold goes to {@code exit}. */
    void compute(Opcode opcode, int left, int right, Label exit) {
        switch (opcode) {
            case ADD -> {
                operate(Opcodes.LADD, left, right);
                exitIfSignsDiffer(left, right, exit, true);
            }
            case SUB -> {
                operate(Opcodes.LSUB, left, right);
                exitIfSignsDiffer(left, right, exit, false);
            }
            case MUL -> multiply(left, right, exit);
            case AND_BITS -> operate(Opcodes.LAND, left, right);
            case OR_BITS -> operate(Opcodes.LOR, left, right);
            case XOR_BITS -> operate(Opcodes.LXOR, left, right);
            case FDIV, FMOD -> {
                exitUnlessDivisor(right, exit);
                load(left);
                load(right);
                String name = opcode == Opcode.FDIV ? "floorDiv" : "floorMod";
                code.visitMethodInsn(Opcodes.INVOKESTATIC, MATH, name, "(JJ)J", false);
                code.visitVarInsn(Opcodes.LSTORE, spare);
            }
            default -> {
                exitUnlessDivisor(right, exit);
                operate(opcode == Opcode.DIV ? Opcodes.LDIV : Opcodes.LREM, left, right);
            }
        }
        load(spare);
        code.visitVarInsn(Opcodes.LSTORE, left);
    }

    private void multiply(int left, int right, Label exit) {
        operate(Opcodes.LMUL, left, right);
        load(left);
        load(right);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, MATH, "multiplyHigh", "(JJ)J", false);
        load(spare);
        code.visitIntInsn(Opcodes.BIPUSH, Long.SIZE - 1);
        code.visitInsn(Opcodes.LSHR);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFNE, exit);
    }

    /** Zero divides nothing, and the least long has no opposite. */
    private void exitUnlessDivisor(int right, Label exit) {
        load(right);
        code.visitInsn(Opcodes.LCONST_1);
        code.visitInsn(Opcodes.LADD);
        code.visitLdcInsn(-2L);
        code.visitInsn(Opcodes.LAND);
        code.visitInsn(Opcodes.LCONST_0);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFEQ, exit);
    }

    private void operate(int instruction, int left, int right) {
        load(left);
        load(right);
        code.visitInsn(instruction);
        code.visitVarInsn(Opcodes.LSTORE, spare);
    }

    /** Overflow shows in the signs (Hacker's Delight, 2-13). */
    private void exitIfSignsDiffer(int left, int right, Label exit, boolean sum) {
        load(left);
        load(spare);
        code.visitInsn(Opcodes.LXOR);
        load(sum ? right : left);
        load(sum ? spare : right);
        code.visitInsn(Opcodes.LXOR);
        code.visitInsn(Opcodes.LAND);
        code.visitInsn(Opcodes.LCONST_0);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFLT, exit);
    }

    /** Goes to {@code otherwise} unless the comparison of two numbers holds. */
    void jumpUnless(Opcode comparison, int left, int right, Label otherwise) {
        load(left);
        load(right);
        code.visitInsn(Opcodes.LCMP);
        int unless =
                switch (comparison) {
                    case EQ -> Opcodes.IFNE;
                    case NE -> Opcodes.IFEQ;
                    case LT -> Opcodes.IFGE;
                    case LE -> Opcodes.IFGT;
                    case GT -> Opcodes.IFLE;
                    default -> Opcodes.IFLT;
                };
        code.visitJumpInsn(unless, otherwise);
    }

    private void load(int local) {
        code.visitVarInsn(Opcodes.LLOAD, local);
    }
}
