package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import java.util.Map;
import java.util.OptionalInt;
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
    private final JvmArithmetic arithmetic;
    private final int spare;

    /** The local variable with how many cells above this frame are allowed and remembered. */
    private final int peak;

    private final Label bailOut = new Label();

    /** The next slot for a variable beyond those of the function. */
    private int nextVariable;

    /** Writes to {@code code} the body of a function of at most {@code maxHeight} slots. */
    NumericEmitter(MethodVisitor code, int maxHeight) {
        this.code = code;
        this.spare = local(maxHeight + 1);
        this.peak = local(maxHeight + 2);
        this.nextVariable = maxHeight + 3;
        this.arithmetic = new JvmArithmetic(code, spare);
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

    void swap(int slot, int other) {
        load(slot);
        load(other);
        store(slot);
        store(other);
    }

    /** {@code left} becomes the result; {@code exact} where it may not fit in 64 bits. */
    void arithmetic(Opcode opcode, int left, boolean exact) {
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
    void division(Division division, int left) {
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

    void jumpUnless(Opcode comparison, int left, Label otherwise) {
        arithmetic.jumpUnless(comparison, local(left), local(left + 1), otherwise);
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

    private static int local(int slot) {
        return FIRST_SLOT + 2 * slot;
    }
}
