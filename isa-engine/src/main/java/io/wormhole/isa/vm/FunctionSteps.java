package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** Translates the instructions of a function that neither choose nor call. */
final class FunctionSteps {
    private final Emitter out;
    private final List<Instruction> instructions;
    private final List<Value> constants;
    private final int[] starts;
    private final int[] operationIndices;
    private final List<Operation> operations;

    /** Which slots are known to hold 64-bit integers. */
    boolean[] small = new boolean[256];

    /** How many slots are in use. */
    int height;

    /** Time that was not yet taken off. */
    int pending;

    /** Whether no way leads to where the translation stands. */
    boolean dead;

    FunctionSteps(
            Emitter out,
            VerifiedFunction function,
            ProgramBuilder.Layout layout,
            List<Operation> operations) {
        this.out = out;
        this.instructions = function.instructions();
        this.constants = function.function().constants();
        this.starts = layout.starts;
        this.operationIndices = layout.operations;
        this.operations = operations;
        this.height = function.function().arity();
    }

    /** Translates instruction {@code i}. */
    void step(int i) {
        Instruction instruction = instructions.get(i);
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
            case CLOSURE, APPLY, WITHIN, FAIL -> leave(i);
            case TRUE, FALSE -> bool(i, instruction.opcode() == Opcode.TRUE);
            default -> operation(i, instruction);
        }
    }

    private int price(int i) {
        return ProgramBuilder.price(instructions.get(i));
    }

    /** Instruction {@code i} is to be paid with what is pending. */
    void paid(int i) {
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

    /** Slot {@code to}, whose value is not counted, is given what is in {@code from}. */
    void move(int from, int to) {
        out.loadNumber(from);
        out.storeNumber(to);
        if (!small[from]) {
            out.loadValue(from);
            out.storeValue(to);
        }
        small[to] = small[from];
    }

    /** Where {@code slot} holds no 64-bit integer, the interpreter takes over at instruction i. */
    void requireNumber(int i, int slot) {
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

    /** Pays what is pending; where time runs out, the interpreter says so at {@code word}. */
    void pay(int word) {
        if (pending > 0) {
            Emitter.Exit exit = out.exit(word, height, small.clone(), 0);
            out.pay(pending, exit);
            pending = 0;
        }
    }

    /** The way to the interpreter at {@code word}, with what is pending paid. */
    Emitter.Exit exit(int word, int heightThere) {
        return out.exit(word, heightThere, small.clone(), pending);
    }

    /** Leaves the instruction, and what comes after it, to the interpreter. */
    void leave(int i) {
        out.jumpToExit(Opcodes.GOTO, exit(starts[i], height));
        dead = true;
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

    /** Of no slot is it known any more what it holds, and {@code slots} are in use. */
    void forget(int slots) {
        Arrays.fill(small, false);
        height = slots;
        pending = 0;
    }
}
