package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.TailPositions;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Translates one function of numbers to the body of a static JVM method, or finds that it is none.
 * Slots are local variables whose kinds are known everywhere; time is paid where a branch ends,
 * which is late but before any loop goes on; every trap leaves by the one way out.
 */
final class NumericTranslator {
    private static final String MACHINE = "io/wormhole/isa/vm/Machine";
    private static final String BAIL_OUT = "io/wormhole/isa/vm/NumericCode$BailOut";
    private static final String NUMERIC_CODE = "io/wormhole/isa/vm/NumericCode";
    private static final int THE_MACHINE = 0;
    private static final int CELLS = 1;
    private static final int FIRST_SLOT = 2;

    private final MethodVisitor code;
    private final JvmArithmetic arithmetic;
    private final boolean loops;
    private final int timeLeft;
    private final int self;
    private final VerifiedFunction function;
    private final IntUnaryOperator frameCells;
    private final List<Instruction> instructions;
    private final boolean[] tail;
    private final Deque<Choice> choices = new ArrayDeque<>();
    private final Label loopHead = new Label();
    private final Label bailOut = new Label();
    private final Set<Integer> callees = new TreeSet<>();
    private final Set<Integer> lastCallees = new TreeSet<>();
    private Kind[] kinds;
    private int height;
    private int pending;
    private boolean dead;

    private enum Kind {
        NUMBER,
        TRUTH
    }

    /** The function is none of numbers alone; never leaves this class. */
    private static final class Unsupported extends RuntimeException {
        Unsupported() {
            super("not numeric", null, false, false);
        }
    }

    private static final class Choice {
        final Label otherwise = new Label();
        final Label end = new Label();
        final Kind[] kinds;
        final int height;
        final int pending;
        final boolean deadBefore;
        boolean endReached;
        int endHeight;
        Kind[] endKinds = {};

        Choice(Kind[] kinds, int height, int pending, boolean deadBefore) {
            this.kinds = kinds.clone();
            this.height = height;
            this.pending = pending;
            this.deadBefore = deadBefore;
        }
    }

    /**
     * Prepares the translation.
     *
     * @param code where the body goes
     * @param self index of the function
     * @param frameCells how many cells a frame of a function takes, by index
     */
    NumericTranslator(
            MethodVisitor code, int self, VerifiedFunction function, IntUnaryOperator frameCells) {
        this.code = code;
        this.timeLeft = FIRST_SLOT + 2 * (function.maxHeight() + 1);
        this.arithmetic = new JvmArithmetic(code, timeLeft + 2);
        this.self = self;
        this.function = function;
        this.frameCells = frameCells;
        this.instructions = function.instructions();
        this.tail = TailPositions.of(instructions);
        this.kinds = new Kind[function.maxHeight() + 1];
        Arrays.fill(kinds, Kind.NUMBER);
        this.height = function.function().arity();
        this.loops = loops();
    }

    /** Whether the function calls itself in last place: then time left is kept in a local. */
    private boolean loops() {
        for (int i = 0; i < tail.length; i++) {
            Instruction instruction = instructions.get(i);
            if (tail[i] && instruction.opcode() == Opcode.CALL && instruction.operand() == self) {
                return true;
            }
        }
        return false;
    }

    /** The descriptor of the method of a function with {@code arity} arguments. */
    static String descriptor(int arity) {
        return "(L" + MACHINE + ";I" + "J".repeat(arity) + ")J";
    }

    static String methodName(int function) {
        return "f" + function;
    }

    /** The functions that are called: they must be numeric too. */
    Set<Integer> callees() {
        return callees;
    }

    /** Those of them that are called in last place; they must not call back. */
    Set<Integer> lastCallees() {
        return lastCallees;
    }

    /** Writes the body; false when the function is not one of numbers alone. */
    boolean translate() {
        try {
            code.visitCode();
            code.visitVarInsn(Opcodes.ILOAD, CELLS);
            machineField("numericPeak", "I");
            Label begin = new Label();
            code.visitJumpInsn(Opcodes.IF_ICMPLE, begin);
            code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
            code.visitVarInsn(Opcodes.ILOAD, CELLS);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MACHINE, "numericSpace", "(I)V", false);
            code.visitLabel(begin);
            readTime();
            code.visitLabel(loopHead);
            for (int i = 0; i < tail.length; i++) {
                i += instruction(i);
            }
            if (!dead) {
                giveBack();
            }
            code.visitLabel(bailOut);
            code.visitFieldInsn(Opcodes.GETSTATIC, NUMERIC_CODE, "BAIL_OUT", "L" + BAIL_OUT + ";");
            code.visitInsn(Opcodes.ATHROW);
            code.visitMaxs(0, 0);
            code.visitEnd();
            return true;
        } catch (Unsupported otherKinds) {
            return false;
        }
    }

    /** Translates instruction {@code i}; returns how many after it were taken with it. */
    private int instruction(int i) {
        Instruction instruction = instructions.get(i);
        switch (instruction.opcode()) {
            case IF -> choose(i);
            case ELSE -> otherwise(i);
            case END -> endChoice(i);
            case EQ, NE, LT, LE, GT, GE -> {
                boolean chooses =
                        i + 1 < tail.length && instructions.get(i + 1).opcode() == Opcode.IF;
                if (!dead) {
                    compare(i, chooses);
                    return chooses ? 1 : 0;
                }
            }
            default -> {
                if (!dead) {
                    live(i, instruction);
                }
            }
        }
        return 0;
    }

    private void live(int i, Instruction instruction) {
        if (instruction.opcode() != Opcode.CALL) {
            pending += price(i);
        }
        int operand = (int) instruction.operand();
        switch (instruction.opcode()) {
            case INT -> push(instruction.operand(), Kind.NUMBER);
            case CONST -> constant(i, function.function().constants().get(operand));
            case TRUE -> push(1, Kind.TRUTH);
            case FALSE -> push(0, Kind.TRUTH);
            case DUP -> copy(height - 1, height++);
            case OVER -> copy(height - 2, height++);
            case GET -> copy(operand, height++);
            case DROP -> height--;
            case SWAP -> swap();
            case SLIDE -> {
                height -= instruction.count();
                copy(height + instruction.count() - 1, height - 1);
            }
            case ADD, SUB, MUL, DIV, REM, FDIV, FMOD, AND_BITS, OR_BITS, XOR_BITS ->
                    arithmetic(instruction.opcode());
            case NOT -> {
                require(height - 1, Kind.TRUTH);
                load(height - 1);
                code.visitInsn(Opcodes.LCONST_1);
                code.visitInsn(Opcodes.LXOR);
                store(height - 1);
            }
            case AND, OR -> connect(instruction.opcode() == Opcode.AND);
            case CALL -> call(i, instruction);
            case FAIL -> {
                code.visitJumpInsn(Opcodes.GOTO, bailOut);
                dead = true;
            }
            default -> throw new Unsupported();
        }
    }

    private int price(int i) {
        return ProgramBuilder.price(instructions.get(i));
    }

    private void push(long number, Kind kind) {
        code.visitLdcInsn(number);
        store(height);
        kinds[height++] = kind;
    }

    private void constant(int i, Value value) {
        if (value instanceof IntValue integer && integer.isSmall()) {
            push(integer.longValue(), Kind.NUMBER);
        } else if (i + 1 < tail.length && instructions.get(i + 1).opcode() == Opcode.FAIL) {
            code.visitJumpInsn(Opcodes.GOTO, bailOut);
            dead = true;
        } else {
            throw new Unsupported();
        }
    }

    private void copy(int from, int to) {
        load(from);
        store(to);
        kinds[to] = kinds[from];
    }

    private void swap() {
        int top = height - 1;
        load(top);
        load(top - 1);
        store(top);
        store(top - 1);
        Kind kept = kinds[top];
        kinds[top] = kinds[top - 1];
        kinds[top - 1] = kept;
    }

    private void arithmetic(Opcode opcode) {
        require(height - 1, Kind.NUMBER);
        require(height - 2, Kind.NUMBER);
        height--;
        switch (opcode) {
            case ADD -> exact("addExact");
            case SUB -> exact("subtractExact");
            case MUL -> exact("multiplyExact");
            case DIV -> divide(() -> code.visitInsn(Opcodes.LDIV));
            case REM -> divide(() -> code.visitInsn(Opcodes.LREM));
            case FDIV -> divide(() -> math("floorDiv"));
            case FMOD -> divide(() -> math("floorMod"));
            case AND_BITS -> combine(() -> code.visitInsn(Opcodes.LAND));
            case OR_BITS -> combine(() -> code.visitInsn(Opcodes.LOR));
            default -> combine(() -> code.visitInsn(Opcodes.LXOR));
        }
    }

    /** Java's exact arithmetic throws where 64 bits do not do; that leaves numeric code too. */
    private void exact(String name) {
        combine(() -> math(name));
    }

    /** Division by zero throws; the least long has no opposite. */
    private void divide(Runnable operation) {
        load(height);
        code.visitLdcInsn(-1L);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFEQ, bailOut);
        combine(operation);
    }

    private void combine(Runnable operation) {
        load(height - 1);
        load(height);
        operation.run();
        store(height - 1);
    }

    private void math(String name) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", name, "(JJ)J", false);
    }

    private void connect(boolean both) {
        require(height - 1, Kind.TRUTH);
        require(height - 2, Kind.TRUTH);
        load(height - 2);
        load(height - 1);
        code.visitInsn(both ? Opcodes.LAND : Opcodes.LOR);
        height--;
        store(height - 1);
    }

    private void compare(int i, boolean chooses) {
        require(height - 1, Kind.NUMBER);
        require(height - 2, Kind.NUMBER);
        pending += price(i);
        height -= 2;
        if (chooses) {
            pending += price(i + 1);
            Choice choice = new Choice(kinds, height, pending, false);
            choices.push(choice);
            arithmetic.jumpUnless(
                    instructions.get(i).opcode(),
                    local(height),
                    local(height + 1),
                    choice.otherwise);
            return;
        }
        Label otherwise = new Label();
        Label end = new Label();
        arithmetic.jumpUnless(
                instructions.get(i).opcode(), local(height), local(height + 1), otherwise);
        push(1, Kind.TRUTH);
        code.visitJumpInsn(Opcodes.GOTO, end);
        code.visitLabel(otherwise);
        height--;
        push(0, Kind.TRUTH);
        code.visitLabel(end);
    }

    private void choose(int i) {
        if (dead) {
            choices.push(new Choice(kinds, height, pending, true));
            return;
        }
        require(height - 1, Kind.TRUTH);
        pending += price(i);
        height--;
        Choice choice = new Choice(kinds, height, pending, false);
        choices.push(choice);
        load(height);
        code.visitInsn(Opcodes.LCONST_0);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFEQ, choice.otherwise);
    }

    private void otherwise(int i) {
        Choice choice = choices.element();
        closeBranch(i, choice);
        kinds = choice.kinds.clone();
        height = choice.height;
        pending = choice.pending;
        dead = choice.deadBefore;
        if (!dead) {
            code.visitLabel(choice.otherwise);
        }
    }

    private void endChoice(int i) {
        Choice choice = choices.pop();
        closeBranch(i, choice);
        dead = !choice.endReached;
        if (!dead) {
            code.visitLabel(choice.end);
            height = choice.endHeight;
            kinds = choice.endKinds;
            pending = 0;
        }
    }

    private void closeBranch(int i, Choice choice) {
        if (dead) {
            return;
        }
        int end = instructions.get(i).opcode() == Opcode.END ? i : matchingEnd(i);
        if (tail[end]) {
            giveBack();
        } else {
            pay();
            if (choice.endReached && !sameKinds(choice.endKinds)) {
                throw new Unsupported();
            }
            code.visitJumpInsn(Opcodes.GOTO, choice.end);
            choice.endReached = true;
            choice.endHeight = height;
            choice.endKinds = kinds.clone();
        }
        dead = true;
    }

    private boolean sameKinds(Kind[] others) {
        return Arrays.equals(kinds, 0, height, others, 0, height);
    }

    private int matchingEnd(int otherwise) {
        int open = 0;
        int at = otherwise + 1;
        while (open > 0 || instructions.get(at).opcode() != Opcode.END) {
            Opcode opcode = instructions.get(at).opcode();
            open += opcode == Opcode.IF ? 1 : opcode == Opcode.END ? -1 : 0;
            at++;
        }
        return at;
    }

    private void call(int i, Instruction instruction) {
        int callee = (int) instruction.operand();
        int first = height - instruction.count();
        for (int slot = first; slot < height; slot++) {
            require(slot, Kind.NUMBER);
        }
        pending += price(i);
        if (tail[i] && callee == self) {
            pay();
            for (int k = 0; k < instruction.count(); k++) {
                copy(first + k, k);
            }
            code.visitJumpInsn(Opcodes.GOTO, loopHead);
            dead = true;
            return;
        }
        int cells = frameCells.applyAsInt(callee) - (tail[i] ? frameCells.applyAsInt(self) : 0);
        invoke(callee, first, instruction.count(), cells);
        height = first + 1;
        kinds[first] = Kind.NUMBER;
        callees.add(callee);
        if (tail[i]) {
            lastCallees.add(callee);
            giveBack();
        }
    }

    private void invoke(int callee, int first, int count, int cells) {
        writeTime();
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        code.visitVarInsn(Opcodes.ILOAD, CELLS);
        code.visitLdcInsn(cells);
        code.visitInsn(Opcodes.IADD);
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
        readTime();
    }

    private void giveBack() {
        require(height - 1, Kind.NUMBER);
        pay();
        writeTime();
        load(height - 1);
        code.visitInsn(Opcodes.LRETURN);
        dead = true;
    }

    private void pay() {
        if (pending == 0) {
            return;
        }
        if (loops) {
            code.visitVarInsn(Opcodes.LLOAD, timeLeft);
            code.visitLdcInsn((long) pending);
            code.visitInsn(Opcodes.LSUB);
            code.visitInsn(Opcodes.DUP2);
            code.visitVarInsn(Opcodes.LSTORE, timeLeft);
        } else {
            payFromField();
        }
        code.visitInsn(Opcodes.LCONST_0);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFLT, bailOut);
        pending = 0;
    }

    private void readTime() {
        if (loops) {
            machineField("timeLeft", "J");
            code.visitVarInsn(Opcodes.LSTORE, timeLeft);
        }
    }

    private void writeTime() {
        if (loops) {
            code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
            code.visitVarInsn(Opcodes.LLOAD, timeLeft);
            code.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, "timeLeft", "J");
        }
    }

    private void payFromField() {
        code.visitVarInsn(Opcodes.ALOAD, THE_MACHINE);
        code.visitInsn(Opcodes.DUP);
        code.visitFieldInsn(Opcodes.GETFIELD, MACHINE, "timeLeft", "J");
        code.visitLdcInsn((long) pending);
        code.visitInsn(Opcodes.LSUB);
        code.visitInsn(Opcodes.DUP2_X1);
        code.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, "timeLeft", "J");
    }

    private void require(int slot, Kind kind) {
        if (kinds[slot] != kind) {
            throw new Unsupported();
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
