package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.NumericFrame.Kind;
import io.wormhole.isa.vm.NumericLoop.Argument;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;

/** Translates the instructions of numeric functions that neither choose nor call. */
final class NumericSteps {
    /** What it takes to check that a result fits in 64 bits. */
    private static final int CHECK = 2;

    private final NumericEmitter out;

    /** What is known where the translation stands. */
    NumericFrame frame;

    /** Whether no way leads to where the translation stands. */
    boolean dead;

    private int effort;

    /** The function is none of numbers alone; never leaves the translator. */
    static final class Unsupported extends RuntimeException {
        Unsupported() {
            super("not numeric", null, false, false);
        }
    }

    NumericSteps(NumericEmitter out, NumericFrame frame) {
        this.out = out;
        this.frame = frame;
    }

    /** Translates instruction {@code i} of {@code body}. */
    void step(NumericBody body, int i) {
        Instruction instruction = body.instructions.get(i);
        frame.price(body.instructions, i);
        int operand = (int) instruction.operand();
        int top = frame.height - 1;
        switch (instruction.opcode()) {
            case INT -> push(instruction.operand());
            case CONST -> constant(body, i, body.function.function().constants().get(operand));
            case TRUE -> pushTruth(1);
            case FALSE -> pushTruth(0);
            case DUP -> copy(top, frame.height++);
            case OVER -> copy(top - 1, frame.height++);
            case GET -> copy(body.base + operand, frame.height++);
            case DROP -> frame.height--;
            case SWAP -> {
                demand(top - 1, 2);
                out.swap(top, top - 1);
                frame.swap(top, top - 1);
            }
            case SLIDE -> {
                frame.height -= instruction.count();
                copy(top, frame.height - 1);
            }
            case ADD, SUB, MUL, DIV, REM, FDIV, FMOD, AND_BITS, OR_BITS, XOR_BITS, SHL, SHR ->
                    arithmetic(instruction.opcode(), top - 1);
            case NOT -> {
                require(top, Kind.TRUTH);
                out.arithmetic().negate(top);
                frame.setTruth(top);
            }
            case AND, OR -> connect(instruction.opcode(), top - 1);
            case FAIL -> {
                out.giveUp();
                dead = true;
            }
            default -> throw new Unsupported();
        }
    }

    private void push(long number) {
        frame.defer(frame.height++, NumericForm.of(number), Range.of(number));
    }

    private void pushTruth(long truth) {
        out.constant(truth, frame.height);
        frame.setTruth(frame.height++);
    }

    private void constant(NumericBody body, int i, Value value) {
        if (value instanceof IntValue integer && integer.isSmall()) {
            push(integer.longValue());
        } else if (body.isFollowedBy(i, Opcode.FAIL)) {
            out.giveUp();
            dead = true;
        } else {
            throw new Unsupported();
        }
    }

    void copy(int from, int to) {
        if (from != to) {
            if (!frame.isDeferred(from)) {
                out.copy(from, to);
            }
            frame.copy(from, to);
        }
    }

    /** Computes what {@code count} slots from {@code first} on are known to be, where none did. */
    void demand(int first, int count) {
        for (int slot = first; slot < first + count; slot++) {
            if (frame.isDeferred(slot)) {
                int original = frame.original(slot);
                if (original != slot && !frame.isDeferred(original)) {
                    out.copy(original, slot);
                } else {
                    compute(original);
                    if (original != slot) {
                        out.copy(original, slot);
                    }
                }
                frame.computed(slot);
            }
        }
    }

    private void compute(int slot) {
        NumericForm form = frame.form(slot);
        OptionalInt near = frame.nearest(slot);
        if (near.isPresent()) {
            NumericForm held = frame.held(near.getAsInt());
            out.arithmetic().sum(near, form.plus(held, -1), slot);
        } else {
            out.arithmetic().sum(near, form, slot);
        }
        frame.computed(slot);
    }

    private void arithmetic(Opcode opcode, int left) {
        require(left, Kind.NUMBER);
        require(left + 1, Kind.NUMBER);
        Range first = frame.range(left);
        Range second = frame.range(left + 1);
        Optional<Range> result = first.combined(opcode, second);
        Optional<NumericForm> form = result.flatMap(fits -> frame.combined(opcode, left));
        if (form.isPresent()) {
            frame.defer(left, form.get(), result.orElseThrow());
            frame.height = left + 1;
            return;
        }
        demand(left, 2);
        if (Division.isOne(opcode)) {
            Division division = new Division(opcode, first, second);
            effort += division.effort();
            out.arithmetic().divide(division, left);
        } else {
            effort += result.isEmpty() ? CHECK : 0;
            out.arithmetic().compute(opcode, left, result.isEmpty());
        }
        frame.setNumber(left, result.orElse(Range.ALL));
        frame.height = left + 1;
    }

    private void connect(Opcode opcode, int left) {
        require(left, Kind.TRUTH);
        require(left + 1, Kind.TRUTH);
        out.arithmetic().compute(opcode, left, false);
        frame.setTruth(left);
        frame.height = left + 1;
    }

    /** Leaves whether the comparison holds in place of the two numbers from {@code left} on. */
    void compare(Opcode opcode, int left) {
        demand(left, 2);
        Label otherwise = new Label();
        Label end = new Label();
        out.jumpUnless(opcode, left, otherwise);
        out.constant(1, left);
        out.jump(end);
        out.label(otherwise);
        out.constant(0, left);
        out.label(end);
        frame.setTruth(left);
        frame.height = left + 1;
    }

    /** Goes to {@code otherwise} unless those arguments are small that must be. */
    void requireSmall(NumericBody body, List<Argument> arguments, boolean kept, Label otherwise) {
        for (Range small : NumericLoop.SMALL) {
            Argument limited = new Argument(small, true, kept);
            int[] slots =
                    IntStream.range(0, arguments.size())
                            .filter(slot -> arguments.get(slot).equals(limited))
                            .map(slot -> body.base + slot)
                            .toArray();
            if (slots.length > 0) {
                out.jumpUnlessAllIn(small, slots, otherwise);
            }
        }
    }

    /** Whether those arguments are known to be small that must be in every round. */
    boolean areSmall(NumericBody body, List<Argument> assumed) {
        return !assumed.isEmpty()
                && IntStream.range(0, assumed.size())
                        .filter(k -> assumed.get(k).limited() && !assumed.get(k).kept())
                        .allMatch(k -> assumed.get(k).range().includes(frame.range(body.base + k)));
    }

    /**
     * Goes to the checked loop unless the arguments of the next round are what is assumed of them.
     * One round hands on such arguments if its own were small; of the rounds behind it in a row
     * nobody has seen whether they still are.
     */
    void requireAssumed(NumericBody body) {
        List<Argument> assumed = body.assumed();
        for (int k = 0; k < assumed.size(); k++) {
            Argument argument = assumed.get(k);
            int slot = body.base + k;
            if (!argument.limited() && !argument.range().includes(frame.range(slot))) {
                out.jumpUnlessIn(argument.range(), slot, body.checkedHead());
            }
        }
    }

    /** What was spent so far because too little is known of numbers. */
    int effort() {
        return effort;
    }

    void require(int slot, Kind kind) {
        if (frame.kind(slot) != kind) {
            throw new Unsupported();
        }
    }

    /** Leaves as much to be paid at the end of {@code choice} as other ways to it do. */
    void payToGoOn(NumericChoice choice) {
        int left = choice.after.map(other -> other.pending).orElse(frame.pending);
        if (frame.pending != left || frame.timeInField) {
            out.pay(frame.pending - left, frame.timeInField, false);
            frame.pending = left;
            frame.timeInField = false;
        }
    }

    /** Takes what is pending off the time left, which is in the local variable afterwards. */
    void pay(boolean check) {
        if (frame.pending > 0 || frame.timeInField) {
            out.pay(frame.pending, frame.timeInField, check);
            frame.pending = 0;
            frame.timeInField = false;
        }
    }
}
