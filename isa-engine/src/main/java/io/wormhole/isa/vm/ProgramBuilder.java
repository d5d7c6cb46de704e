package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Growth;
import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.TailPositions;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import io.wormhole.isa.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Translates instructions into the words that {@link Interpreter} reads. */
final class ProgramBuilder {
    private final List<Value> constants = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Integer> entries = new ArrayList<>();
    private final List<Layout> layouts = new ArrayList<>();
    private int[] words = new int[256];
    private int size;

    /** Where the instructions of a function went. */
    static final class Layout {
        /** Index of each instruction's first word, and last that of the return. */
        final int[] starts;

        /** Index of each instruction's operation, where it has one. */
        final int[] operations;

        Layout(int instructions) {
            this.starts = new int[instructions + 1];
            this.operations = new int[instructions];
        }
    }

    Layout[] layouts() {
        return layouts.toArray(Layout[]::new);
    }

    int[] words() {
        return Arrays.copyOf(words, size);
    }

    Value[] constants() {
        return constants.toArray(Value[]::new);
    }

    Operation[] operations() {
        return operations.toArray(Operation[]::new);
    }

    int[] entries() {
        return entries.stream().mapToInt(Integer::intValue).toArray();
    }

    void add(Optional<VerifiedFunction> function) {
        if (function.isEmpty()) {
            entries.add(-1);
            layouts.add(new Layout(0));
            return;
        }
        entries.add(size);
        List<Instruction> instructions = function.get().instructions();
        boolean[] tail = TailPositions.of(instructions);
        Deque<Integer> open = new ArrayDeque<>();
        Layout layout = new Layout(tail.length);
        layouts.add(layout);
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            layout.starts[i] = size;
            layout.operations[i] = operations.size();
            switch (instruction.opcode()) {
                case IF -> {
                    word(Word.JUMP_IF_FALSE, price(instruction));
                    open.push(size);
                    raw(0);
                }
                case ELSE -> {
                    word(Word.JUMP, 0);
                    int jump = size;
                    raw(0);
                    words[open.pop()] = size;
                    open.push(jump);
                }
                case END -> words[open.pop()] = size;
                default -> emit(function.get(), instruction, tail[i]);
            }
        }
        layout.starts[tail.length] = size;
        word(Word.RETURN, 0);
    }

    private void emit(VerifiedFunction function, Instruction instruction, boolean tail) {
        Opcode opcode = instruction.opcode();
        int price = price(instruction);
        int operand = (int) instruction.operand();
        switch (opcode) {
            case INT -> integer(instruction.operand(), price);
            case CONST -> constant(function.function().constants().get(operand), price);
            case TRUE, FALSE -> constant(Value.of(opcode == Opcode.TRUE), price);
            case CALL -> {
                word(tail ? Word.TAIL_CALL : Word.CALL, price);
                raw(operand);
                raw(instruction.count());
            }
            case CLOSURE -> {
                word(Word.CLOSURE, price);
                raw(operand);
                raw(instruction.count());
            }
            case APPLY -> {
                word(tail ? Word.TAIL_APPLY : Word.APPLY, price);
                raw(instruction.count());
            }
            case WITHIN -> {
                word(Word.WITHIN, price);
                raw(instruction.count());
                word(Word.WITHIN_END, 0);
            }
            default -> simple(instruction, price, operand);
        }
    }

    private void simple(Instruction instruction, int price, int operand) {
        int word = Word.of(instruction.opcode());
        if (word != Word.OPERATION) {
            // The compiled form runs these as operations when it has no code for them.
            if (Operations.has(instruction.opcode())) {
                operations.add(Operations.of(instruction.opcode()));
            }
            word(word, price);
            if (word == Word.GET) {
                raw(operand);
            } else if (word == Word.SLIDE) {
                raw(instruction.count());
            }
            return;
        }
        word(Word.OPERATION, price);
        raw(operations.size());
        raw(instruction.count() > 0 ? instruction.count() : operand);
        operations.add(Operations.of(instruction.opcode()));
    }

    private void integer(long value, int price) {
        if (value == (int) value) {
            word(Word.PUSH_INT, price);
            raw((int) value);
        } else {
            constant(Value.of(value), price);
        }
    }

    private void constant(Value value, int price) {
        word(Word.PUSH_CONSTANT, price);
        raw(constants.size());
        constants.add(value);
    }

    /** The part of the price that is known before the run. */
    static int price(Instruction instruction) {
        Opcode.Cost cost = instruction.opcode().cost();
        return cost.growth() == Growth.OPERANDS
                ? cost.base() + cost.rate() * instruction.count()
                : cost.base();
    }

    private void word(int word, int price) {
        raw(word | price << Word.PRICE_SHIFT);
    }

    private void raw(int value) {
        if (size == words.length) {
            words = Arrays.copyOf(words, size * 2);
        }
        words[size++] = value;
    }
}
