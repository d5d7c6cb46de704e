package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.TailPositions;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Translates one verified function to JVM code. The slots of the frame are local variables; time is
 * added up and paid at the ends of branches. Wherever the quick way does not apply (other types,
 * large integers, closures, gas that runs out) the code writes the frame back and leaves the same
 * instruction to the interpreter, so that results, traps and gas are its own.
 */
final class FunctionCompiler {
    private final Emitter out;
    private final int self;
    private final List<Instruction> instructions;
    private final List<Value> constants;
    private final boolean[] tail;
    private final int[] starts;
    private final int[] operationIndices;
    private final List<Operation> operations;
    private final Deque<CompiledChoice> choices = new ArrayDeque<>();
    private final Label loopHead = new Label();
    private final List<Label> resumePoints = new ArrayList<>();
    private boolean[] small = new boolean[256];
    private int height;
    private int pending;
    private boolean dead;

    /**
     * Prepares the translation of function {@code self}.
     *
     * @param operations those of the program; further ones are added
     */
    FunctionCompiler(
            Emitter out,
            int self,
            VerifiedFunction function,
            ProgramBuilder.Layout layout,
            List<Operation> operations) {
        this.out = out;
        this.self = self;
        this.instructions = function.instructions();
        this.constants = function.function().constants();
        this.tail = TailPositions.of(instructions);
        this.starts = layout.starts;
        this.operationIndices = layout.operations;
        this.operations = operations;
        this.height = function.function().arity();
    }

    /** Emits the whole method, with a point to resume at after each of {@code calls}. */
    void compile(int[] calls) {
        for (int i = 0; i < calls.length; i++) {
            resumePoints.add(new Label());
        }
        out.begin(resumePoints);
        out.loadFrame(height);
        out.label(loopHead);
        int resumed = 0;
        for (int i = 0; i < tail.length; i++) {
            if (resumed < calls.length && calls[resumed] == i) {
                call(i, resumed++);
            } else if (fusesWithNext(i)) {
                compareAndChoose(i++);
            } else {
                instruction(i);
            }
        }
        if (!dead) {
            emitReturn();
        }
        out.end();
    }

    private boolean fusesWithNext(int i) {
        Opcode opcode = instructions.get(i).opcode();
        boolean compares =
                switch (opcode) {
                    case EQ, NE, LT, LE, GT, GE -> true;
                    default -> false;
                };
        return compares
                && !dead
                && i + 1 < instructions.size()
                && instructions.get(i + 1).opcode() == Opcode.IF;
    }

    private void instruction(int i) {
        Instruction instruction = instructions.get(i);
        switch (instruction.opcode()) {
            case IF -> choose(i);
            case ELSE -> otherwise(i);
            case END -> endChoice(i);
            default -> {
                if (!dead) {
                    live(i, instruction);
                }
            }
        }
    }

    private void live(int i, Instruction instruction) {
        int operand = (int) instruction.operand();
        switch (instruction.opcode()) {
            case INT -> pushNumber(i, instruction.operand());
            case CONST -> constant(i, constants.get(operand));
            case DUP -> copy(i, height - 1);
            case OVER -> copy(i, height - 2);
            case GET -> copy(i, operand);
            case DROP -> {
                drop(height - 1);
                height--;
                paid(i);
            }
            case SWAP -> swap(i);
            case SLIDE -> slide(i, instruction.count());
            case ADD, SUB, MUL, DIV, REM -> arithmetic(i, instruction.opcode());
            case CALL -> tailCall(i, instruction);
            case CLOSURE, APPLY, WITHIN, FAIL -> leave(i);
            case TRUE, FALSE -> bool(i, instruction.opcode() == Opcode.TRUE);
            default -> operation(i, instruction);
        }
    }

    private int price(int i) {
        return ProgramBuilder.price(instructions.get(i));
    }

    private void paid(int i) {
        pending += price(i);
    }

    private void pushNumber(int i, long number) {
        out.constant(number);
        out.storeNumber(height);
        small[height++] = true;
        paid(i);
    }

    private void constant(int i, Value value) {
        if (value instanceof IntValue integer && integer.isSmall()) {
            pushNumber(i, integer.longValue());
        } else {
            operations.add((machine, operand) -> machine.push(value));
            operate(i, operations.size() - 1, 0);
        }
    }

    private void bool(int i, boolean value) {
        out.bool(value);
        out.storeValue(height);
        out.constant(0);
        out.storeNumber(height);
        small[height++] = false;
        paid(i);
    }

    private void copy(int i, int slot) {
        out.loadNumber(slot);
        out.storeNumber(height);
        if (!small[slot]) {
            out.loadValue(slot);
            out.storeValue(height);
            out.meterCopy(slot, pending + price(i));
        }
        small[height] = small[slot];
        height++;
        paid(i);
    }

    private void drop(int slot) {
        if (!small[slot]) {
            out.meterDrop(slot);
        }
    }

    private void swap(int i) {
        int top = height - 1;
        out.swap(top, small[top], top - 1, small[top - 1]);
        boolean kept = small[top];
        small[top] = small[top - 1];
        small[top - 1] = kept;
        paid(i);
    }

    private void slide(int i, int count) {
        int top = height - 1;
        for (int slot = top - count; slot < top; slot++) {
            drop(slot);
        }
        if (count > 0) {
            move(top, top - count);
        }
        height -= count;
        paid(i);
    }

    private void move(int from, int to) {
        out.loadNumber(from);
        out.storeNumber(to);
        if (!small[from]) {
            out.loadValue(from);
            out.storeValue(to);
        }
        small[to] = small[from];
    }

    /** Where {@code slot} holds no 64-bit integer, the interpreter takes over at instruction i. */
    private void requireNumber(int i, int slot) {
        if (!small[slot]) {
            out.loadValue(slot);
            out.jumpToExit(Opcodes.IFNONNULL, exit(starts[i], height));
        }
    }

    private void arithmetic(int i, Opcode opcode) {
        int left = height - 2;
        requireNumber(i, left);
        requireNumber(i, height - 1);
        out.arithmetic(opcode, left, exit(starts[i], height));
        height--;
        small[left] = true;
        paid(i);
    }

    private void compareAndChoose(int i) {
        int left = height - 2;
        requireNumber(i, left);
        requireNumber(i, height - 1);
        small[left] = true;
        small[left + 1] = true;
        paid(i);
        paid(i + 1);
        height -= 2;
        CompiledChoice choice = new CompiledChoice(small, height, pending, false);
        out.compare(instructions.get(i).opcode(), left, choice.otherwise);
        choices.push(choice);
    }

    private void choose(int i) {
        if (!dead) {
            if (small[height - 1]) {
                leave(i);
            } else {
                Emitter.Exit exit = exit(starts[i], height);
                paid(i);
                height--;
                CompiledChoice choice = new CompiledChoice(small, height, pending, false);
                out.choose(height, choice.otherwise, exit);
                choices.push(choice);
                return;
            }
        }
        choices.push(new CompiledChoice(small, height, pending, true));
    }

    private void otherwise(int i) {
        CompiledChoice choice = choices.element();
        closeBranch(i, choice);
        small = choice.small.clone();
        height = choice.height;
        pending = choice.pending;
        dead = choice.deadBefore;
        if (!dead) {
            out.label(choice.otherwise);
        }
    }

    private void endChoice(int i) {
        CompiledChoice choice = choices.pop();
        closeBranch(i, choice);
        dead = !choice.endReached;
        if (!dead) {
            out.label(choice.end);
            height = choice.endHeight;
            pending = 0;
            Arrays.fill(small, false);
        }
    }

    /** Ends a branch: by returning where nothing follows, else at the common end. */
    private void closeBranch(int i, CompiledChoice choice) {
        if (dead) {
            return;
        }
        int end = TailPositions.endOf(instructions, i);
        if (tail[end]) {
            emitReturn();
        } else {
            pay(starts[i]);
            for (int slot = 0; slot < height; slot++) {
                if (small[slot]) {
                    out.clearValue(slot);
                }
            }
            out.jump(choice.end);
            choice.endReached = true;
            choice.endHeight = height;
        }
        dead = true;
    }

    /** Pays what is pending; where time runs out, the interpreter says so at {@code word}. */
    private void pay(int word) {
        if (pending > 0) {
            Emitter.Exit exit = out.exit(word, height, small.clone(), 0);
            out.pay(pending, exit);
            pending = 0;
        }
    }

    private Emitter.Exit exit(int word, int heightThere) {
        return out.exit(word, heightThere, small.clone(), pending);
    }

    /** Leaves the instruction, and what comes after it, to the interpreter. */
    private void leave(int i) {
        out.jumpToExit(Opcodes.GOTO, exit(starts[i], height));
        dead = true;
    }

    private void emitReturn() {
        int word = starts[instructions.size()];
        pay(word);
        out.returnResult(height - 1, small[height - 1], word, exit(word, height));
        dead = true;
    }

    private void tailCall(int i, Instruction instruction) {
        if (instruction.operand() != self) {
            leave(i);
            return;
        }
        Emitter.Exit before = exit(starts[i], height);
        out.exitIfExtraCells(before);
        paid(i);
        Emitter.Exit late = out.exit(starts[i], height, small.clone(), 0);
        out.pay(pending, late);
        int count = instruction.count();
        for (int k = 0; k < count; k++) {
            int from = height - count + k;
            boolean number = small[from];
            move(from, k);
            if (number) {
                out.clearValue(k);
            }
        }
        out.jump(loopHead);
        dead = true;
    }

    private void call(int i, int point) {
        int after = height - instructions.get(i).count() + 1;
        if (!dead) {
            out.jumpToExit(Opcodes.GOTO, exit(out.callTrampoline(point), height));
            out.label(resumePoints.get(point));
            out.loadFrame(after);
            Arrays.fill(small, false);
            height = after;
            pending = 0;
        } else {
            out.unreachableResume(resumePoints.get(point));
        }
    }

    private void operation(int i, Instruction instruction) {
        int operand = instruction.count() > 0 ? instruction.count() : (int) instruction.operand();
        operate(i, operationIndices[i], operand);
    }

    /** Runs an operation on the machine itself, as the interpreter does. */
    private void operate(int i, int operation, int operand) {
        Instruction instruction = instructions.get(i);
        int first = height - instruction.pops();
        pay(starts[i]);
        Emitter.Exit late = exit(starts[i], height);
        out.pay(price(i), late);
        for (int slot = first; slot < height; slot++) {
            out.spill(slot, small[slot]);
        }
        out.operate(operation, operand, height);
        height = first + instruction.pushes();
        for (int slot = first; slot < height; slot++) {
            out.load(slot);
            small[slot] = false;
        }
    }
}
