package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes the one method of a {@link CompiledFunction}, in terms of slots, exits and payments. */
final class Emitter {
    private static final String PACKAGE = "io/wormhole/isa/vm/";
    private static final String SUPER = PACKAGE + "CompiledFunction";
    private static final String MACHINE = PACKAGE + "Machine";
    private static final String OPERATION = PACKAGE + "Operation";
    private static final String VALUE = "io/wormhole/isa/value/Value";
    private static final String BOOL = "io/wormhole/isa/value/BoolValue";

    private static final int THE_MACHINE = 1;
    private static final int BASE = 2;
    private static final int POINT = 3;
    private static final int TIME_LEFT = 4;
    private static final int NUMBERS = 6;
    private static final int VALUES = 7;
    private static final int SPARE_NUMBER = 8;
    private static final int SPARE_VALUE = 10;
    private static final int FIRST_SLOT = 11;
    private static final int LOCALS_PER_SLOT = 3;

    private final ClassWriter writer;
    private final MethodVisitor code;
    private final JvmArithmetic arithmetic;
    private final List<Exit> exits = new ArrayList<>();
    private final List<Label> unreachable = new ArrayList<>();
    private final int[] trampolines;

    /**
     * Begins a class.
     *
     * @param trampolines for each call that is resumed, where the interpreter makes it
     */
    Emitter(int[] trampolines) {
        this.trampolines = trampolines;
        this.writer = new ValueWriter();
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                PACKAGE + "GeneratedFunction",
                null,
                SUPER,
                null);
        constructor();
        this.code = writer.visitMethod(0, "run", "(L" + MACHINE + ";II)I", null, null);
        this.arithmetic = new JvmArithmetic(code, SPARE_NUMBER);
    }

    /** A way out to the interpreter: what to write back, what is still to pay, where to go on. */
    static final class Exit {
        final Label label = new Label();
        final int word;
        final int height;
        final boolean[] small;
        final int pending;

        Exit(int word, int height, boolean[] small, int pending) {
            this.word = word;
            this.height = height;
            this.small = small;
            this.pending = pending;
        }
    }

    /** Knows without loading classes that the only types which meet are kinds of values. */
    private static final class ValueWriter extends ClassWriter {
        ValueWriter() {
            super(COMPUTE_FRAMES | COMPUTE_MAXS);
        }

        @Override
        protected String getCommonSuperClass(String first, String second) {
            return first.equals(second) ? first : VALUE;
        }
    }

    private void constructor() {
        String descriptor = "([L" + OPERATION + ";)V";
        MethodVisitor init = writer.visitMethod(0, "<init>", descriptor, null, null);
        init.visitCode();
        init.visitVarInsn(Opcodes.ALOAD, 0);
        init.visitVarInsn(Opcodes.ALOAD, 1);
        init.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", descriptor, false);
        init.visitInsn(Opcodes.RETURN);
        init.visitMaxs(0, 0);
        init.visitEnd();
    }

    byte[] toBytes() {
        return writer.toByteArray();
    }

    /** Reads the machine's fields, and goes to the point asked for. */
    void begin(List<Label> points) {
        code.visitCode();
        machineField("timeLeft", "J");
        code.visitVarInsn(Opcodes.LSTORE, TIME_LEFT);
        machineField("numbers", "[J");
        code.visitVarInsn(Opcodes.ASTORE, NUMBERS);
        machineField("values", "[L" + VALUE + ";");
        code.visitVarInsn(Opcodes.ASTORE, VALUES);
        if (!points.isEmpty()) {
            Label start = new Label();
            code.visitVarInsn(Opcodes.ILOAD, POINT);
            code.visitTableSwitchInsn(1, points.size(), start, points.toArray(Label[]::new));
            code.visitLabel(start);
        }
    }

    /** Writes all exits and closes the method. */
    void end() {
        for (Exit exit : exits) {
            code.visitLabel(exit.label);
            for (int slot = 0; slot < exit.height; slot++) {
                spill(slot, exit.small[slot]);
            }
            setTop(exit.height);
            code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
            code.visitVarInsn(Opcodes.LLOAD, TIME_LEFT);
            constant(exit.pending);
            code.visitInsn(Opcodes.LSUB);
            code.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, "timeLeft", "J");
            returnWord(exit.word);
        }
        for (Label label : unreachable) {
            code.visitLabel(label);
            returnWord(-1);
        }
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
    }

    Exit exit(int word, int height, boolean[] small, int pending) {
        Exit exit = new Exit(word, height, small, pending);
        exits.add(exit);
        return exit;
    }

    int callTrampoline(int point) {
        return trampolines[point];
    }

    /** A point that nothing returns to, because the interpreter makes that call. */
    void unreachableResume(Label label) {
        unreachable.add(label);
    }

    void label(Label label) {
        code.visitLabel(label);
    }

    void jump(Label label) {
        code.visitJumpInsn(Opcodes.GOTO, label);
    }

    void jumpToExit(int jump, Exit exit) {
        code.visitJumpInsn(jump, exit.label);
    }

    void constant(long number) {
        code.visitLdcInsn(number);
    }

    void bool(boolean value) {
        code.visitFieldInsn(Opcodes.GETSTATIC, BOOL, value ? "TRUE" : "FALSE", "L" + BOOL + ";");
    }

    void loadNumber(int slot) {
        code.visitVarInsn(Opcodes.LLOAD, number(slot));
    }

    void storeNumber(int slot) {
        code.visitVarInsn(Opcodes.LSTORE, number(slot));
    }

    void loadValue(int slot) {
        code.visitVarInsn(Opcodes.ALOAD, value(slot));
    }

    void storeValue(int slot) {
        code.visitVarInsn(Opcodes.ASTORE, value(slot));
    }

    void clearValue(int slot) {
        code.visitInsn(Opcodes.ACONST_NULL);
        storeValue(slot);
    }

    void loadFrame(int height) {
        for (int slot = 0; slot < height; slot++) {
            load(slot);
        }
    }

    /** Reads a slot from the machine's stack. */
    void load(int slot) {
        code.visitVarInsn(Opcodes.ALOAD, NUMBERS);
        index(slot);
        code.visitInsn(Opcodes.LALOAD);
        storeNumber(slot);
        code.visitVarInsn(Opcodes.ALOAD, VALUES);
        index(slot);
        code.visitInsn(Opcodes.AALOAD);
        storeValue(slot);
    }

    /** Writes a slot to the machine's stack. */
    void spill(int slot, boolean small) {
        writeTo(slot, slot, small);
    }

    private void writeTo(int target, int slot, boolean small) {
        code.visitVarInsn(Opcodes.ALOAD, NUMBERS);
        index(target);
        loadNumber(slot);
        code.visitInsn(Opcodes.LASTORE);
        code.visitVarInsn(Opcodes.ALOAD, VALUES);
        index(target);
        if (small) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            loadValue(slot);
        }
        code.visitInsn(Opcodes.AASTORE);
    }

    /** Meters one more holder of the value in {@code slot}; {@code price} includes this copy. */
    void meterCopy(int slot, int price) {
        Label done = new Label();
        loadValue(slot);
        code.visitJumpInsn(Opcodes.IFNULL, done);
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        loadValue(slot);
        code.visitVarInsn(Opcodes.LLOAD, TIME_LEFT);
        constant(price);
        code.visitInsn(Opcodes.LSUB);
        machineCall("copied", "(L" + VALUE + ";J)V");
        code.visitLabel(done);
    }

    void meterDrop(int slot) {
        Label done = new Label();
        loadValue(slot);
        code.visitJumpInsn(Opcodes.IFNULL, done);
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        loadValue(slot);
        machineCall("dropped", "(L" + VALUE + ";)V");
        code.visitLabel(done);
    }

    void swap(int top, boolean smallTop, int below, boolean smallBelow) {
        loadNumber(top);
        code.visitVarInsn(Opcodes.LSTORE, SPARE_NUMBER);
        loadNumber(below);
        storeNumber(top);
        code.visitVarInsn(Opcodes.LLOAD, SPARE_NUMBER);
        storeNumber(below);
        if (!smallTop) {
            loadValue(top);
            code.visitVarInsn(Opcodes.ASTORE, SPARE_VALUE);
        }
        if (!smallBelow) {
            loadValue(below);
            storeValue(top);
        }
        if (!smallTop) {
            code.visitVarInsn(Opcodes.ALOAD, SPARE_VALUE);
            storeValue(below);
        }
    }

    /** Puts the result in {@code left}; what 64 bits do not hold goes to {@code exit}. */
    void arithmetic(Opcode opcode, int left, Exit exit) {
        arithmetic.compute(opcode, number(left), number(left + 1), exit.label);
    }

    /** Goes to {@code otherwise} unless the comparison of two numbers holds. */
    void compare(Opcode opcode, int left, Label otherwise) {
        arithmetic.jumpUnless(opcode, number(left), number(left + 1), otherwise);
    }

    /** Goes to {@code otherwise} on false, to {@code exit} on what is no boolean. */
    void choose(int slot, Label otherwise, Exit exit) {
        Label then = new Label();
        loadValue(slot);
        bool(true);
        code.visitJumpInsn(Opcodes.IF_ACMPEQ, then);
        loadValue(slot);
        bool(false);
        code.visitJumpInsn(Opcodes.IF_ACMPEQ, otherwise);
        jumpToExit(Opcodes.GOTO, exit);
        code.visitLabel(then);
    }

    void pay(int price, Exit whenOut) {
        code.visitVarInsn(Opcodes.LLOAD, TIME_LEFT);
        constant(price);
        code.visitInsn(Opcodes.LSUB);
        code.visitInsn(Opcodes.DUP2);
        code.visitVarInsn(Opcodes.LSTORE, TIME_LEFT);
        constant(0);
        code.visitInsn(Opcodes.LCMP);
        jumpToExit(Opcodes.IFLT, whenOut);
    }

    void exitIfExtraCells(Exit exit) {
        machineField("extraCells", "J");
        constant(0);
        code.visitInsn(Opcodes.LCMP);
        jumpToExit(Opcodes.IFNE, exit);
    }

    /** Leaves the result alone in the frame and lets the interpreter return. */
    void returnResult(int slot, boolean small, int word, Exit withExtraCells) {
        exitIfExtraCells(withExtraCells);
        writeTo(0, slot, small);
        setTop(1);
        saveTime();
        returnWord(word);
    }

    /** Runs an operation on operands that were written back. */
    void operate(int operation, int operand, int height) {
        setTop(height);
        saveTime();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, SUPER, "operations", "[L" + OPERATION + ";");
        code.visitLdcInsn(operation);
        code.visitInsn(Opcodes.AALOAD);
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        code.visitLdcInsn(operand);
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, OPERATION, "run", "(L" + MACHINE + ";I)V", true);
        machineField("timeLeft", "J");
        code.visitVarInsn(Opcodes.LSTORE, TIME_LEFT);
    }

    private void saveTime() {
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        code.visitVarInsn(Opcodes.LLOAD, TIME_LEFT);
        code.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, "timeLeft", "J");
    }

    private void setTop(int height) {
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        index(height);
        code.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, "top", "I");
    }

    private void returnWord(int word) {
        code.visitLdcInsn(word);
        code.visitInsn(Opcodes.IRETURN);
    }

    private void index(int slot) {
        code.visitVarInsn(Opcodes.ILOAD, BASE);
        code.visitIntInsn(Opcodes.SIPUSH, slot);
        code.visitInsn(Opcodes.IADD);
    }

    private void machineField(String name, String descriptor) {
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        code.visitFieldInsn(Opcodes.GETFIELD, MACHINE, name, descriptor);
    }

    private void machineCall(String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MACHINE, name, descriptor, false);
    }

    private static int number(int slot) {
        return FIRST_SLOT + LOCALS_PER_SLOT * slot;
    }

    private static int value(int slot) {
        return number(slot) + 2;
    }
}
