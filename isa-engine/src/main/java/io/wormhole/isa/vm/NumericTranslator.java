package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import io.wormhole.isa.vm.NumericFrame.Kind;
import io.wormhole.isa.vm.NumericLoop.Argument;
import io.wormhole.isa.vm.NumericSteps.Unsupported;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Translates one function of numbers to the body of a static JVM method, or finds that it is none.
 * Slots are local variables whose kinds are known everywhere. Every trap leaves by the one way out,
 * and so does time that runs out, which is noticed late: before a call, where a loop goes on, or by
 * whoever called numeric code. What was computed by then is thrown away.
 *
 * <p>A function that calls itself in last place becomes a loop. While its arguments are small
 * several rounds are written one after another, in which sums that cannot grow too large are not
 * checked and time is paid once for all; else one checked round. Short functions are written out
 * where they are called, those that call themselves a few times into each other.
 */
final class NumericTranslator {
    /** Instructions written in all: HotSpot does not optimise methods over 8000 bytes. */
    private static final int MAX_WRITTEN = 420;

    /** Slots beyond those of the function, for those that are written out in it. */
    private static final int MORE_SLOTS = 48;

    private final NumericEmitter out;
    private final NumericSteps steps;
    private final NumericFunctions functions;
    private final int slots;
    private final Set<Integer> callees = new TreeSet<>();
    private final Set<Integer> lastCallees = new TreeSet<>();
    private NumericBody body;
    private int written;

    /** Where one round alone is translated, for what it tells of its arguments. */
    private @Nullable NumericTrial trial;

    /** Prepares the translation of function {@code self} to {@code code}. */
    NumericTranslator(MethodVisitor code, int self, NumericFunctions functions) {
        VerifiedFunction function = functions.function(self).orElseThrow();
        this.functions = functions;
        this.slots = function.maxHeight() + MORE_SLOTS;
        this.out = new NumericEmitter(code, slots);
        this.body = NumericBody.outermost(self, function);
        this.steps = new NumericSteps(out, new NumericFrame(body.arity(), slots));
    }

    /** The functions that are called: they must be numeric too. */
    Set<Integer> callees() {
        return callees;
    }

    /** Those of them that are called in last place; they must not call back. */
    Set<Integer> lastCallees() {
        return lastCallees;
    }

    /** Writes the method; false when the function is not one of numbers alone. */
    boolean translate() {
        try {
            write();
            out.end();
            return true;
        } catch (Unsupported otherKinds) {
            return false;
        }
    }

    /** Writes the present body, whose arguments are in place. */
    private void write() {
        if (!body.loops()) {
            round();
            return;
        }
        steps.pay(false);
        steps.demand(body.base, body.arity());
        NumericFrame start = steps.frame;
        int rounds = body.rounds(MAX_WRITTEN - written);
        if (rounds > 0) {
            NumericLoop.Found loop =
                    functions.loop(body.index, start.ranges(body.base, body.arity()));
            List<Argument> arguments = loop.arguments();
            Label checked = new Label();
            steps.requireSmall(body, arguments, true, checked);
            if (!body.isOutermost() && loop.masksRounds()) {
                steps.requireSmall(body, arguments, false, checked);
                begin(start, loop.ranges());
                written += body.length();
                new MaskedRound(out, steps, body).write();
                out.jump(steps.areSmall(body, arguments) ? body.smallHead : body.loopHead);
            }
            out.label(body.loopHead);
            steps.frame = start;
            steps.requireSmall(body, arguments, false, checked);
            out.label(body.smallHead);
            boolean limited = arguments.stream().anyMatch(Argument::limited);
            body.roundsLeft = rounds;
            if (limited) {
                body.assume(arguments, checked);
            }
            begin(start, loop.ranges());
            if (rounds > 1 && loop.carriesSums()) {
                keepArguments();
            }
            round();
            if (!limited) {
                return;
            }
            out.label(checked);
            body.loopChecked();
        }
        out.label(body.loopHead);
        body.roundsLeft = 1;
        begin(start, Collections.nCopies(body.arity(), Range.ALL));
        round();
    }

    private void begin(NumericFrame start, List<Range> ranges) {
        steps.frame = start.copy();
        steps.frame.beginLoop(body.base, ranges);
    }

    /** What one round of a loop whose arguments lie in {@code ranges} tells. */
    NumericLoop.Round tryRound(List<Range> ranges) {
        return attempt(ranges, 1).round(ranges.size(), steps.effort());
    }

    /** Whether two rounds add to an argument what nobody looks at until the loop ends. */
    boolean carriesSums(List<Range> ranges) {
        return attempt(ranges, 2).carriesSums();
    }

    /** Whether a round of a loop whose arguments lie in {@code ranges} can be a masked one. */
    boolean masksRound(List<Range> ranges) {
        begin(steps.frame, ranges);
        return new MaskedRound(out, steps, body).write();
    }

    private NumericTrial attempt(List<Range> ranges, int rounds) {
        NumericTrial tried = new NumericTrial();
        trial = tried;
        begin(steps.frame, ranges);
        if (rounds > 1) {
            keepArguments();
        }
        body.roundsLeft = rounds;
        round();
        return tried;
    }

    /** Lets the arguments be variables that sums are made of. */
    private void keepArguments() {
        for (int slot = body.base; slot < body.base + body.arity(); slot++) {
            steps.frame.setVariable(slot, out.keep(slot));
        }
    }

    /** Translates the whole function once. */
    private void round() {
        body.roundsLeft--;
        steps.dead = false;
        for (int i = 0; i < body.length(); i++) {
            written++;
            i += instruction(i);
        }
        if (!steps.dead) {
            finish();
        }
    }

    /** Translates instruction {@code i}; returns how many after it were taken with it. */
    private int instruction(int i) {
        Instruction instruction = body.instructions.get(i);
        switch (instruction.opcode()) {
            case IF -> choose(i);
            case ELSE -> otherwise(i);
            case END -> endChoice(i);
            case EQ, NE, LT, LE, GT, GE -> {
                if (!steps.dead) {
                    boolean chooses = body.isFollowedBy(i, Opcode.IF);
                    compare(i, chooses);
                    return chooses ? 1 : 0;
                }
            }
            case CALL -> {
                if (!steps.dead) {
                    steps.frame.price(body.instructions, i);
                    call(i, instruction);
                }
            }
            default -> {
                if (!steps.dead) {
                    steps.step(body, i);
                }
            }
        }
        return 0;
    }

    private void compare(int i, boolean chooses) {
        NumericFrame frame = steps.frame;
        int left = frame.height - 2;
        steps.require(left, Kind.NUMBER);
        steps.require(left + 1, Kind.NUMBER);
        Opcode opcode = body.instructions.get(i).opcode();
        frame.price(body.instructions, i);
        if (!chooses) {
            steps.compare(opcode, left);
            return;
        }
        steps.demand(left, 2);
        frame.height = left;
        frame.price(body.instructions, i + 1);
        NumericFrame otherwise = frame.copy();
        otherwise.learn(Range.negated(opcode), left);
        frame.learn(opcode, left);
        NumericChoice choice = new NumericChoice(otherwise, false);
        body.choices().push(choice);
        out.jumpUnless(opcode, left, choice.otherwise);
    }

    private void choose(int i) {
        NumericFrame frame = steps.frame;
        if (!steps.dead) {
            steps.require(frame.height - 1, Kind.TRUTH);
            frame.price(body.instructions, i);
            frame.height--;
        }
        NumericChoice choice = new NumericChoice(frame.copy(), steps.dead);
        body.choices().push(choice);
        if (!steps.dead) {
            out.jumpIfFalse(frame.height, choice.otherwise);
        }
    }

    private void otherwise(int i) {
        NumericChoice choice = body.choices().element();
        closeBranch(i, choice);
        steps.frame = choice.before;
        steps.dead = choice.deadBefore;
        if (!steps.dead) {
            out.label(choice.otherwise);
        }
    }

    private void endChoice(int i) {
        NumericChoice choice = body.choices().pop();
        closeBranch(i, choice);
        goOnAfter(choice);
        if (!steps.dead) {
            steps.frame.pricedTo = i;
        }
    }

    private void closeBranch(int i, NumericChoice choice) {
        if (!steps.dead) {
            if (body.endsWithChoice(i)) {
                finish();
            } else {
                goTo(choice);
            }
        }
    }

    private void goTo(NumericChoice choice) {
        steps.demand(body.base, steps.frame.height - body.base);
        steps.payToGoOn(choice);
        choice.arrive(steps.frame);
        out.jump(choice.end);
        steps.dead = true;
    }

    private void goOnAfter(NumericChoice choice) {
        steps.dead = choice.after.isEmpty();
        if (!steps.dead) {
            out.label(choice.end);
            steps.frame = choice.after.orElseThrow();
        }
    }

    private void call(int i, Instruction instruction) {
        int callee = (int) instruction.operand();
        NumericFrame frame = steps.frame;
        int first = frame.height - instruction.count();
        for (int slot = first; slot < frame.height; slot++) {
            steps.require(slot, Kind.NUMBER);
        }
        boolean last = body.isTail(i);
        if (last && callee == body.index) {
            again(first, instruction.count());
            return;
        }
        callees.add(callee);
        if (last) {
            lastCallees.add(callee);
        }
        int cells = body.cellsOfCall(i, functions);
        boolean here = isWrittenOut(callee, first);
        if (!here) {
            frame.priceAhead(body.instructions, i);
            if (frame.pending > 0) {
                steps.pay(true);
            }
        }
        if (cells > frame.cellsChecked) {
            frame.cellsChecked = body.cellsAhead(i, functions);
            out.requireCells(frame.cellsChecked);
        }
        if (here) {
            writeOut(i, callee, first, cells);
        } else {
            steps.demand(first, instruction.count());
            out.invoke(callee, first, instruction.count(), cells, frame.timeInField);
            frame.timeInField = true;
            frame.setNumber(first, Range.ALL);
            frame.height = first + 1;
        }
        if (last && !steps.dead) {
            finish();
        }
    }

    private boolean isWrittenOut(int callee, int first) {
        Optional<VerifiedFunction> function = functions.function(callee);
        return function.isPresent()
                && first + function.get().maxHeight() <= slots
                && function.get().instructions().size() <= (MAX_WRITTEN - written) / 2
                && body.mayWriteOut(callee, function.get(), trial != null);
    }

    /** Writes function {@code callee}, whose arguments are in place, instead of a call of it. */
    private void writeOut(int i, int callee, int first, int cells) {
        NumericBody outer = body;
        int pricedTo = steps.frame.pricedTo;
        NumericChoice end = new NumericChoice(steps.frame, false);
        body = outer.inlined(i, functions.function(callee).orElseThrow(), first, cells, end);
        steps.frame.pricedTo = 0;
        write();
        body = outer;
        goOnAfter(end);
        steps.frame.pricedTo = pricedTo;
    }

    /** The next round of the loop: written out here, or that at its beginning. */
    private void again(int first, int count) {
        NumericFrame frame = steps.frame;
        if (trial != null && body.isOutermost() && body.roundsLeft <= 0) {
            trial.handOn(frame, first, count);
            steps.dead = true;
            return;
        }
        for (int k = 0; k < count; k++) {
            steps.copy(first + k, body.base + k);
        }
        frame.height = body.base + count;
        frame.forgetCopies();
        if (body.roundsLeft > 0) {
            frame.pricedTo = 0;
            Deque<NumericChoice> outer = body.exchangeChoices(new ArrayDeque<>());
            round();
            body.exchangeChoices(outer);
        } else {
            steps.demand(body.base, count);
            steps.pay(true);
            steps.requireAssumed(body);
            out.jump(steps.areSmall(body, body.assumed()) ? body.smallHead : body.loopHead);
        }
        steps.dead = true;
    }

    /** The result is on top: goes on after the call, or returns it. */
    private void finish() {
        NumericFrame frame = steps.frame;
        int result = frame.height - 1;
        steps.require(result, Kind.NUMBER);
        NumericChoice exit = body.exit;
        if (exit == null) {
            steps.demand(result, 1);
            out.giveBack(result, frame.pending, frame.timeInField);
            steps.dead = true;
        } else {
            steps.copy(result, body.base);
            frame.height = body.base + 1;
            goTo(exit);
        }
    }
}
