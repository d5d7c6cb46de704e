package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.TailPositions;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import io.wormhole.isa.vm.NumericLoop.Argument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;

/**
 * One writing out of a numeric function: as the method itself, or in place of a call of it, where
 * its slots are those of the stack of the machine, above its caller's.
 */
final class NumericBody {
    private static final int MAX_INLINED_LENGTH = 80;
    private static final int MAX_DEPTH = 5;
    private static final int MAX_NESTED = 3;
    private static final int MAX_ROUNDS = 16;
    private static final int MAX_INNER_ROUNDS = 4;

    final int index;
    final VerifiedFunction function;
    final List<Instruction> instructions;

    /** The slot of its first argument. */
    final int base;

    /** How many cells its frame ends above that of the method. */
    final int cells;

    /** Where it goes with its result; null to return from the method. */
    final @Nullable NumericChoice exit;

    /** Where the next round goes on that is not written behind the one before. */
    Label loopHead = new Label();

    /** Where it goes on when its arguments are known to be as small as they must be. */
    final Label smallHead = new Label();

    /** How many rounds of it may be written behind the one being written. */
    int roundsLeft;

    private List<Argument> assumed = List.of();
    private Label checkedHead = loopHead;
    private final @Nullable NumericBody caller;
    private final boolean last;
    private final boolean[] tail;
    private boolean inlines = true;
    private Deque<NumericChoice> choices = new ArrayDeque<>();

    private NumericBody(
            int index, VerifiedFunction function, Place place, @Nullable NumericChoice exit) {
        this.index = index;
        this.function = function;
        this.instructions = function.instructions();
        this.tail = TailPositions.of(instructions);
        this.base = place.base;
        this.cells = place.cells;
        this.caller = place.caller;
        this.last = place.last;
        this.exit = exit;
    }

    private record Place(int base, int cells, boolean last, @Nullable NumericBody caller) {}

    /** The body that is the method itself. */
    static NumericBody outermost(int index, VerifiedFunction function) {
        return new NumericBody(index, function, new Place(0, 0, true, null), null);
    }

    /** The body of another function in place of call {@code i} in this one. */
    NumericBody inlined(
            int i, VerifiedFunction code, int first, int top, @Nullable NumericChoice end) {
        int callee = (int) instructions.get(i).operand();
        return new NumericBody(callee, code, new Place(first, top, last && tail[i], this), end);
    }

    int arity() {
        return function.function().arity();
    }

    int length() {
        return tail.length;
    }

    boolean isTail(int i) {
        return tail[i];
    }

    /** Whether its result is that of the method. */
    boolean isLast() {
        return last;
    }

    boolean isOutermost() {
        return caller == null;
    }

    boolean isFollowedBy(int i, Opcode opcode) {
        return i + 1 < tail.length && instructions.get(i + 1).opcode() == opcode;
    }

    /**
     * Begins a loop that takes for granted where its arguments lie.
     *
     * @param otherwise where the loop begins that does not
     */
    void assume(List<Argument> arguments, Label otherwise) {
        assumed = arguments;
        checkedHead = otherwise;
    }

    /** What is taken for granted of the arguments; empty where nothing is. */
    List<Argument> assumed() {
        return assumed;
    }

    Label checkedHead() {
        return checkedHead;
    }

    /** Begins the loop that knows nothing of its arguments; from it there is no way back. */
    void loopChecked() {
        assumed = List.of();
        loopHead = new Label();
        inlines = false;
    }

    /** Whether nothing follows the choice whose {@code else}, or end, is instruction {@code at}. */
    boolean endsWithChoice(int at) {
        return tail[TailPositions.endOf(instructions, at)];
    }

    /** Whether the function calls itself in last place. */
    boolean loops() {
        for (int i = 0; i < tail.length; i++) {
            if (tail[i] && calls(i) && instructions.get(i).operand() == index) {
                return true;
            }
        }
        return false;
    }

    /** Whether it calls other functions, or itself before the last place. */
    boolean callsOthers() {
        for (int i = 0; i < tail.length; i++) {
            if (calls(i) && !(tail[i] && instructions.get(i).operand() == index)) {
                return true;
            }
        }
        return false;
    }

    /** How many rounds of it are written one after another, with {@code left} instructions left. */
    int rounds(int left) {
        int fit = left / length() - 1;
        if (callsOthers()) {
            return Math.min(1, fit);
        }
        return Math.min(isLast() ? MAX_ROUNDS : MAX_INNER_ROUNDS, fit);
    }

    private boolean calls(int i) {
        return instructions.get(i).opcode() == Opcode.CALL;
    }

    /** How many cells above the frame of the method that of call {@code i} ends. */
    int cellsOfCall(int i, NumericFunctions functions) {
        int below = tail[i] ? functions.frameCells(index) : 0;
        return cells + functions.frameCells((int) instructions.get(i).operand()) - below;
    }

    /**
     * How many cells above that frame are needed by call {@code i} or any that is sure to follow:
     * whatever keeps it from following leaves numeric code.
     */
    int cellsAhead(int i, NumericFunctions functions) {
        int most = 0;
        for (int next = i; next < tail.length && isPlain(next); next++) {
            most = calls(next) ? Math.max(most, cellsOfCall(next, functions)) : most;
        }
        return most;
    }

    private boolean isPlain(int i) {
        return switch (instructions.get(i).opcode()) {
            case IF, ELSE, END -> false;
            default -> true;
        };
    }

    /** Whether {@code callee} is short enough to be written out here, and not too deep. */
    boolean mayWriteOut(int callee, VerifiedFunction code, boolean onTrial) {
        boolean loops = outermost(callee, code).loops();
        return inlines
                && !(onTrial && loops)
                && code.instructions().size() <= MAX_INLINED_LENGTH
                && depth() < MAX_DEPTH
                && nested(callee) < MAX_NESTED;
    }

    /** How many bodies are around this one, and itself. */
    private int depth() {
        return caller == null ? 1 : caller.depth() + 1;
    }

    /** How many of those are of function {@code wanted}. */
    private int nested(int wanted) {
        int here = index == wanted ? 1 : 0;
        return caller == null ? here : here + caller.nested(wanted);
    }

    /** The choices whose branches are being written, innermost first. */
    Deque<NumericChoice> choices() {
        return choices;
    }

    /** Begins another round, with no choices open; gives those of the round before. */
    Deque<NumericChoice> exchangeChoices(Deque<NumericChoice> others) {
        Deque<NumericChoice> before = choices;
        choices = others;
        return before;
    }
}
