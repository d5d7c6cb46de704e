package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.vm.NumericFrame.Kind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A round of a loop that is carried out, or not, without a jump: all of it is computed, and a mask
 * lets through what it changes. Whether a loop within another has a first round is what a processor
 * guesses wrong most often, and a wrong guess takes as long as some thirty instructions.
 *
 * <p>It is of use only where a round is short, with one choice, and nothing in it can go wrong: no
 * sum that must be checked where the choice goes its way, no division, no call. Where it goes the
 * other way, what was computed means nothing, and nobody sees it.
 */
final class MaskedRound {
    private static final int MAX_LENGTH = 24;

    private final NumericEmitter out;
    private final NumericSteps steps;
    private final NumericBody body;

    MaskedRound(NumericEmitter out, NumericSteps steps, NumericBody body) {
        this.out = out;
        this.steps = steps;
        this.body = body;
    }

    /**
     * Writes the round, whose arguments are in place; false when it is none of this kind, and what
     * was written is of no use.
     */
    boolean write() {
        int choice = find(Opcode.IF, 0);
        int otherwise = find(Opcode.ELSE, choice);
        int end = body.length() - 1;
        if (end >= MAX_LENGTH || otherwise > end || find(Opcode.IF, choice + 1) < end) {
            return false;
        }
        boolean whereItHolds = isAgain(otherwise - 1);
        if (whereItHolds == isAgain(end - 1) || !arePlain(0, choice - 1)) {
            return false;
        }
        Opcode comparison = opcode(choice - 1);
        return switch (comparison) {
            case EQ, NE, LT, LE, GT, GE ->
                    whereItHolds
                            ? write(choice, comparison, otherwise - 1)
                            : write(choice, Range.negated(comparison), end - 1);
            default -> false;
        };
    }

    private int find(Opcode wanted, int from) {
        return IntStream.range(from, body.length())
                .filter(i -> opcode(i) == wanted)
                .findFirst()
                .orElse(body.length());
    }

    private Opcode opcode(int i) {
        return body.instructions.get(i).opcode();
    }

    private boolean isAgain(int i) {
        Instruction instruction = body.instructions.get(i);
        return body.isTail(i)
                && instruction.opcode() == Opcode.CALL
                && instruction.operand() == body.index;
    }

    /** Whether the instructions neither choose, call, compare nor divide. */
    private boolean arePlain(int from, int to) {
        return IntStream.range(from, Math.max(from, to))
                .mapToObj(this::opcode)
                .allMatch(
                        opcode ->
                                switch (opcode) {
                                    case INT, DUP, OVER, GET, DROP, SWAP, SLIDE -> true;
                                    case ADD, SUB, MUL, SHL, SHR -> true;
                                    case AND_BITS, OR_BITS, XOR_BITS -> true;
                                    default -> false;
                                });
    }

    /**
     * The next round follows by {@code call}, in one of the branches, where the numbers compare so.
     */
    private boolean write(int choice, Opcode comparison, int call) {
        NumericFrame frame = steps.frame;
        List<Range> before = frame.ranges(body.base, body.arity());
        int effort = steps.effort();
        int otherwise = find(Opcode.ELSE, choice);
        int from = call < otherwise ? choice + 1 : otherwise + 1;
        if (!arePlain(from, call)) {
            return false;
        }
        write(0, choice - 1);
        int left = frame.height - 2;
        if (!areNumbers(left, 2) || !haveDifference(left)) {
            return false;
        }
        steps.demand(left, 2);
        int mask = out.newVariable();
        out.arithmetic().mask(comparison, left, mask);
        frame.price(body.instructions, choice - 1);
        frame.price(body.instructions, choice);
        frame.learn(comparison, left);
        frame.height = left;
        write(from, call);
        frame.price(body.instructions, call);
        int first = frame.height - body.arity();
        if (steps.effort() > effort || !areNumbers(first, body.arity())) {
            return false;
        }
        goOn(mask, first, before);
        return true;
    }

    private void write(int from, int to) {
        for (int i = from; i < to; i++) {
            steps.step(body, i);
        }
    }

    private boolean areNumbers(int first, int count) {
        return IntStream.range(first, first + count)
                .allMatch(slot -> steps.frame.kind(slot) == Kind.NUMBER);
    }

    private boolean haveDifference(int left) {
        Range first = steps.frame.range(left);
        Range second = steps.frame.range(left + 1);
        return first.combined(Opcode.SUB, second).isPresent()
                && second.combined(Opcode.SUB, first).isPresent();
    }

    /** Pays, and hands on what lies from slot {@code first} on, where the mask says so. */
    private void goOn(int mask, int first, List<Range> before) {
        NumericFrame frame = steps.frame;
        steps.demand(first, body.arity());
        out.payMasked(mask, frame.pending);
        frame.pending = 0;
        for (int k = 0; k < body.arity(); k++) {
            int slot = body.base + k;
            Range after = before.get(k);
            if (!frame.isCopyOf(first + k, slot)) {
                out.arithmetic().copyMasked(mask, first + k, slot);
                after = after.join(frame.range(first + k));
            }
            frame.setNumber(slot, after);
        }
        frame.height = body.base + body.arity();
    }
}
