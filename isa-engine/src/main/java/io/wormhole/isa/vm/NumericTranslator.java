package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.TailPositions;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.NumericFrame.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Translates one function of numbers to the body of a static JVM method, or finds that it is none.
 * Slots are local variables whose kinds are known everywhere. Every trap leaves by the one way out,
 * and so does time that runs out, which is noticed late: before a call, where a loop goes on, or by
 * whoever called numeric code. What was computed by then is thrown away.
 *
 * <p>A function that calls itself in last place becomes a loop. While its arguments are below 2^60
 * several rounds are written one after another, in which sums that cannot grow too large are not
 * checked and time is paid once for all; else one checked round.
 */
final class NumericTranslator {
    private static final int QUICK_BITS = 60;
    private static final int MAX_ROUNDS = 8;

    /** Instructions of all rounds: HotSpot does not optimise methods over 8000 bytes. */
    private static final int MAX_UNROLLED = 400;

    private final NumericEmitter out;
    private final int self;
    private final VerifiedFunction function;
    private final IntUnaryOperator frameCells;
    private final List<Instruction> instructions;
    private final boolean[] tail;
    private final Deque<NumericChoice> choices = new ArrayDeque<>();
    private final Label loopHead = new Label();
    private final Set<Integer> callees = new TreeSet<>();
    private final Set<Integer> lastCallees = new TreeSet<>();
    private NumericFrame frame;
    private int roundsLeft;
    private boolean dead;

    /** The function is none of numbers alone; never leaves this class. */
    private static final class Unsupported extends RuntimeException {
        Unsupported() {
            super("not numeric", null, false, false);
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
        this.out = new NumericEmitter(code, function.maxHeight());
        this.self = self;
        this.function = function;
        this.frameCells = frameCells;
        this.instructions = function.instructions();
        this.tail = TailPositions.of(instructions);
        this.frame = begin(Range.ALL);
    }

    private NumericFrame begin(Range range) {
        return new NumericFrame(function.function().arity(), function.maxHeight(), range);
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
            int rounds = loops() ? Math.min(MAX_ROUNDS, MAX_UNROLLED / tail.length - 1) : 0;
            int arity = function.function().arity();
            out.label(loopHead);
            if (rounds > 0 && arity > 0) {
                Label checked = new Label();
                out.jumpUnlessWithin(QUICK_BITS, arity, checked);
                roundsLeft = rounds;
                frame = begin(Range.within(QUICK_BITS));
                round();
                out.label(checked);
                frame = begin(Range.ALL);
            }
            roundsLeft = 1;
            round();
            out.end();
            return true;
        } catch (Unsupported otherKinds) {
            return false;
        }
    }

    /** Whether the function calls itself in last place. */
    private boolean loops() {
        for (int i = 0; i < tail.length; i++) {
            Instruction instruction = instructions.get(i);
            if (tail[i] && instruction.opcode() == Opcode.CALL && instruction.operand() == self) {
                return true;
            }
        }
        return false;
    }

    /** Translates the whole function once. */
    private void round() {
        roundsLeft--;
        dead = false;
        for (int i = 0; i < tail.length; i++) {
            i += instruction(i);
        }
        if (!dead) {
            giveBack();
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
        frame.price(instructions, i);
        int operand = (int) instruction.operand();
        int top = frame.height - 1;
        switch (instruction.opcode()) {
            case INT -> push(instruction.operand());
            case CONST -> constant(i, function.function().constants().get(operand));
            case TRUE -> pushTruth(1);
            case FALSE -> pushTruth(0);
            case DUP -> copy(top, frame.height++);
            case OVER -> copy(top - 1, frame.height++);
            case GET -> copy(operand, frame.height++);
            case DROP -> frame.height--;
            case SWAP -> {
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
                out.negate(top);
                frame.setTruth(top);
            }
            case AND, OR -> connect(instruction.opcode(), top - 1);
            case CALL -> call(i, instruction);
            case FAIL -> {
                out.giveUp();
                dead = true;
            }
            default -> throw new Unsupported();
        }
    }

    private void push(long number) {
        out.constant(number, frame.height);
        frame.setNumber(frame.height++, Range.of(number));
    }

    private void pushTruth(long truth) {
        out.constant(truth, frame.height);
        frame.setTruth(frame.height++);
    }

    private void constant(int i, Value value) {
        if (value instanceof IntValue integer && integer.isSmall()) {
            push(integer.longValue());
        } else if (i + 1 < tail.length && instructions.get(i + 1).opcode() == Opcode.FAIL) {
            out.giveUp();
            dead = true;
        } else {
            throw new Unsupported();
        }
    }

    private void copy(int from, int to) {
        if (from != to) {
            out.copy(from, to);
            frame.copy(from, to);
        }
    }

    private void arithmetic(Opcode opcode, int left) {
        require(left, Kind.NUMBER);
        require(left + 1, Kind.NUMBER);
        Optional<Range> result = frame.range(left).combined(opcode, frame.range(left + 1));
        out.arithmetic(opcode, left, result.isEmpty());
        frame.setNumber(left, result.orElse(Range.ALL));
        frame.height = left + 1;
    }

    private void connect(Opcode opcode, int left) {
        require(left, Kind.TRUTH);
        require(left + 1, Kind.TRUTH);
        out.arithmetic(opcode, left, false);
        frame.setTruth(left);
        frame.height = left + 1;
    }

    private void compare(int i, boolean chooses) {
        int left = frame.height - 2;
        require(left, Kind.NUMBER);
        require(left + 1, Kind.NUMBER);
        Opcode opcode = instructions.get(i).opcode();
        frame.price(instructions, i);
        frame.height = left;
        if (chooses) {
            frame.price(instructions, i + 1);
            NumericFrame otherwise = frame.copy();
            otherwise.learn(Range.negated(opcode), left);
            frame.learn(opcode, left);
            NumericChoice choice = new NumericChoice(otherwise, false);
            choices.push(choice);
            out.jumpUnless(opcode, left, choice.otherwise);
            return;
        }
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

    private void choose(int i) {
        if (!dead) {
            require(frame.height - 1, Kind.TRUTH);
            frame.price(instructions, i);
            frame.height--;
        }
        NumericChoice choice = new NumericChoice(frame.copy(), dead);
        choices.push(choice);
        if (!dead) {
            out.jumpIfFalse(frame.height, choice.otherwise);
        }
    }

    private void otherwise(int i) {
        NumericChoice choice = choices.element();
        closeBranch(i, choice);
        frame = choice.before;
        dead = choice.deadBefore;
        if (!dead) {
            out.label(choice.otherwise);
        }
    }

    private void endChoice(int i) {
        NumericChoice choice = choices.pop();
        closeBranch(i, choice);
        dead = choice.after.isEmpty();
        if (!dead) {
            out.label(choice.end);
            frame = choice.after.orElseThrow();
            frame.pricedTo = i;
        }
    }

    private void closeBranch(int i, NumericChoice choice) {
        if (dead) {
            return;
        }
        if (tail[TailPositions.endOf(instructions, i)]) {
            giveBack();
        } else {
            pay(false);
            choice.after.ifPresent(
                    other -> {
                        if (!frame.hasKindsOf(other)) {
                            throw new Unsupported();
                        }
                        frame.join(other);
                    });
            choice.after = Optional.of(frame);
            out.jump(choice.end);
        }
        dead = true;
    }

    private void call(int i, Instruction instruction) {
        int callee = (int) instruction.operand();
        int count = instruction.count();
        int first = frame.height - count;
        for (int slot = first; slot < frame.height; slot++) {
            require(slot, Kind.NUMBER);
        }
        if (tail[i] && callee == self) {
            again(first, count);
            return;
        }
        frame.priceAhead(instructions, i);
        if (frame.pending > 0) {
            pay(true);
        }
        int cells = frameCells.applyAsInt(callee) - (tail[i] ? frameCells.applyAsInt(self) : 0);
        if (cells > frame.cellsChecked) {
            out.requireCells(cells);
            frame.cellsChecked = cells;
        }
        out.invoke(callee, first, count, cells, frame.timeInField);
        frame.timeInField = true;
        frame.setNumber(first, Range.ALL);
        frame.height = first + 1;
        callees.add(callee);
        if (tail[i]) {
            lastCallees.add(callee);
            giveBack();
        }
    }

    /** The next round of the loop: written out here, or that at its beginning. */
    private void again(int first, int count) {
        for (int k = 0; k < count; k++) {
            copy(first + k, k);
        }
        frame.height = count;
        frame.forgetCopies();
        if (roundsLeft > 0) {
            frame.pricedTo = 0;
            Deque<NumericChoice> outer = new ArrayDeque<>(choices);
            choices.clear();
            round();
            choices.addAll(outer);
        } else {
            pay(true);
            out.jump(loopHead);
        }
        dead = true;
    }

    private void giveBack() {
        require(frame.height - 1, Kind.NUMBER);
        out.giveBack(frame.height - 1, frame.pending, frame.timeInField);
        dead = true;
    }

    private void pay(boolean check) {
        if (frame.pending > 0 || frame.timeInField) {
            out.pay(frame.pending, frame.timeInField, check);
            frame.pending = 0;
            frame.timeInField = false;
        }
    }

    private void require(int slot, Kind kind) {
        if (frame.kind(slot) != kind) {
            throw new Unsupported();
        }
    }
}
