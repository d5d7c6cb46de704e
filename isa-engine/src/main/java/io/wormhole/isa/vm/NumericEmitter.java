package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes the body of a numeric function, in terms of slots, calls and meters. Time left comes in as
 * an argument and goes out in the machine's field: kept in the field all the time, each call would
 * wait for the one before it to have stored it, which is a third of the time of a recursion.
 */
final class NumericEmitter {
    private static final String MACHINE = "io/wormhole/isa/vm/Machine";
    private static final String BAIL_OUT = "io/wormhole/isa/vm/NumericCode$BailOut";
    private static final String NUMERIC_CODE = "io/wormhole/isa/vm/NumericCode";
    private static final int THE_MACHINE = 0;
    private static final int CELLS = 1;
    private static final int TIME_LEFT = 2;
    private static final int FIRST_SLOT = 4;

    private final MethodVisitor code;
    private final JvmArithmetic comparisons;
    private final NumericArithmetic arithmetic;

    /** The local variable with how many cells above this frame are allowed and remembered. */
    private final int peak;

    private final Label bailOut = new Label();

    /** The next slot for a variable beyond those of the function. */
    private int nextVariable;

    /** Writes to {@code code} the body of a function of at most {@code maxHeight} slots. */
    NumericEmitter(MethodVisitor code, int maxHeight) {
        this.code = code;
        this.peak = local(maxHeight + 2);
        this.nextVariable = maxHeight + 3;
        int spare = local(maxHeight + 1);
        this.comparisons = new JvmArithmetic(code, spare);
        this.arithmetic = new NumericArithmetic(code, spare, bailOut);
        code.visitCode();
        recallPeak();
    }

    /** The descriptor of the method of a function with {@code arity} arguments. */
    static String descriptor(int arity) {
        return "(L" + MACHINE + ";IJ" + "J".repeat(arity) + ")J";
    }

    static String methodName(int function) {
        return "f" + function;
    }

    /** Writes the one way out for all that goes wrong, and closes the body. */
    void end() {
        code.visitLabel(bailOut);
        code.visitFieldInsn(Opcodes.GETSTATIC, NUMERIC_CODE, "BAIL_OUT", "L" + BAIL_OUT + ";");
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** What computes in slots. */
    NumericArithmetic arithmetic() {
        return arithmetic;
    }

    void label(Label label) {
        code.visitLabel(label);
    }

    void jump(Label label) {
        code.visitJumpInsn(Opcodes.GOTO, label);
    }

    void giveUp() {
        jump(bailOut);
    }

    void constant(long number, int slot) {
        code.visitLdcInsn(number);
        store(slot);
    }

    void copy(int from, int to) {
        load(from);
        store(to);
    }

    /** Keeps what is in {@code slot} in a variable of its own, and tells which slot that is. */
    int keep(int slot) {
        copy(slot, nextVariable);
        return nextVariable++;
    }

    /** A variable of its own for a mask. */
    int newVariable() {
        return nextVariable++;
    }

    /** Takes {@code price} off the time left, in the local variable, where the mask is all ones. */
    void payMasked(int mask, int price) {
        code.visitVarInsn(Opcodes.LLOAD, TIME_LEFT);
        load(mask);
        code.visitLdcInsn((long) price);
        code.visitInsn(Opcodes.LAND);
        code.visitInsn(Opcodes.LSUB);
        code.visitVarInsn(Opcodes.LSTORE, TIME_LEFT);
    }

    void swap(int slot, int other) {
        load(slot);
        load(other);
        store(slot);
        store(other);
    }

    void jumpUnless(Opcode comparison, int left, Label otherwise) {
        comparisons.jumpUnless(comparison, local(left), local(left + 1), otherwise);
    }

    void jumpIfFalse(int truth, Label otherwise) {
        load(truth);
        code.visitInsn(Opcodes.LCONST_0);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFEQ, otherwise);
    }

    /**
     * Goes to {@code otherwise} unless all {@code slots} lie in the range, which has a power of two
     * of numbers: less the least of them they are natural, and no bits are set above those.
     */
    void jumpUnlessAllIn(Range range, int[] slots, Label otherwise) {
        for (int i = 0; i < slots.length; i++) {
            load(slots[i]);
            if (range.low() != 0) {
                code.visitLdcInsn(-range.low());
                code.visitInsn(Opcodes.LADD);
            }
            if (i > 0) {
                code.visitInsn(Opcodes.LOR);
            }
        }
        code.visitIntInsn(
                Opcodes.BIPUSH, Long.SIZE - Long.numberOfLeadingZeros(range.high() - range.low()));
        code.visitInsn(Opcodes.LUSHR);
        code.visitInsn(Opcodes.LCONST_0);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFNE, otherwise);
    }

    /** Jumps unless the number of {@code slot} lies in {@code range}. */
    void jumpUnlessIn(Range range, int slot, Label otherwise) {
        jumpIfBeyond(range.low(), Long.MIN_VALUE, Opcodes.IFLT, slot, otherwise);
        jumpIfBeyond(range.high(), Long.MAX_VALUE, Opcodes.IFGT, slot, otherwise);
    }

    private void jumpIfBeyond(long bound, long none, int beyond, int slot, Label otherwise) {
        if (bound != none) {
            load(slot);
            code.visitLdcInsn(bound);
            code.visitInsn(Opcodes.LCMP);
            code.visitJumpInsn(beyond, otherwise);
        }
    }

    /** Makes sure that a frame {@code cells} further on fits, and remembers how high it went. */
    void requireCells(int cells) {
        Label fits = new Label();
        code.visitVarInsn(Opcodes.ILOAD, peak);
        code.visitLdcInsn(cells);
        code.visitJumpInsn(Opcodes.IF_ICMPGE, fits);
        cells(cells);
        machineField("numericLimit", "I");
        code.visitJumpInsn(Opcodes.IF_ICMPGT, bailOut);
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        cells(cells);
        code.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, "numericPeak", "I");
        code.visitLdcInsn(cells);
        code.visitVarInsn(Opcodes.ISTORE, peak);
        code.visitLabel(fits);
    }

    private void recallPeak() {
        machineField("numericPeak", "I");
        code.visitVarInsn(Opcodes.ILOAD, CELLS);
        code.visitInsn(Opcodes.ISUB);
        code.visitVarInsn(Opcodes.ISTORE, peak);
    }

    /** Calls {@code callee} with the slots from {@code first} on; its result goes there. */
    void invoke(int callee, int first, int count, int cells, boolean timeInField) {
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        cells(cells);
        loadTime(timeInField);
        for (int slot = first; slot < first + count; slot++) {
            load(slot);
        }
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                NumericCompiler.CLASS_NAME,
                methodName(callee),
                descriptor(count),
                false);
        store(first);
        recallPeak();
    }

    private void cells(int more) {
        code.visitVarInsn(Opcodes.ILOAD, CELLS);
        code.visitLdcInsn(more);
        code.visitInsn(Opcodes.IADD);
    }

    /**
     * Takes {@code price}, below zero to give back, off the time left, which is in the local
     * variable afterwards.
     */
    void pay(int price, boolean timeInField, boolean check) {
        loadTime(timeInField);
        if (price != 0) {
            code.visitLdcInsn((long) price);
            code.visitInsn(Opcodes.LSUB);
        }
        if (check) {
            code.visitInsn(Opcodes.DUP2);
        }
        code.visitVarInsn(Opcodes.LSTORE, TIME_LEFT);
        if (check) {
            code.visitInsn(Opcodes.LCONST_0);
            code.visitInsn(Opcodes.LCMP);
            code.visitJumpInsn(Opcodes.IFLT, bailOut);
        }
    }

    /** Returns what is in {@code slot}, and time left less {@code price} in the machine's field. */
    void giveBack(int slot, int price, boolean timeInField) {
        if (price > 0 || !timeInField) {
            code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
            loadTime(timeInField);
            code.visitLdcInsn((long) price);
            code.visitInsn(Opcodes.LSUB);
            code.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, "timeLeft", "J");
        }
        load(slot);
        code.visitInsn(Opcodes.LRETURN);
    }

    private void loadTime(boolean fromField) {
        if (fromField) {
            machineField("timeLeft", "J");
        } else {
            code.visitVarInsn(Opcodes.LLOAD, TIME_LEFT);
        }
    }

    private void machineField(String name, String descriptor) {
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        code.visitFieldInsn(Opcodes.GETFIELD, MACHINE, name, descriptor);
    }

    private void load(int slot) {
        code.visitVarInsn(Opcodes.LLOAD, local(slot));
    }

    private void store(int slot) {
        code.visitVarInsn(Opcodes.LSTORE, local(slot));
    }

    /** The local variable of a slot. */
    static int local(int slot) {
        return FIRST_SLOT + 2 * slot;
    }
}
