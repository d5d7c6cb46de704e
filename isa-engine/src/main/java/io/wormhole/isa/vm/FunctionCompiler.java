package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.TailPositions;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
    private final boolean[] tail;
    private final int[] starts;
    private final FunctionSteps steps;
    private final Deque<CompiledChoice> choices = new ArrayDeque<>();
    private final Label loopHead = new Label();
    private final List<Label> resumePoints = new ArrayList<>();

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
        this.tail = TailPositions.of(instructions);
        this.starts = layout.starts;
        this.steps = new FunctionSteps(out, function, layout, operations);
    }

    /** Emits the whole method, with a point to resume at after each of {@code calls}. */
    void compile(int[] calls) {
        for (int i = 0; i < calls.length; i++) {
            resumePoints.add(new Label());
        }
        out.begin(resumePoints);
        out.loadFrame(steps.height);
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
        if (!steps.dead) {
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
                && !steps.dead
                && i + 1 < instructions.size()
                && instructions.get(i + 1).opcode() == Opcode.IF;
    }

    private void instruction(int i) {
        switch (instructions.get(i).opcode()) {
            case IF -> choose(i);
            case ELSE -> otherwise(i);
            case END -> endChoice(i);
            case CALL -> {
                if (!steps.dead) {
                    tailCall(i, instructions.get(i));
                }
            }
            default -> {
                if (!steps.dead) {
                    steps.step(i);
                }
            }
        }
    }

    private void compareAndChoose(int i) {
        int left = steps.height - 2;
        steps.requireNumber(i, left);
        steps.requireNumber(i, steps.height - 1);
        steps.small[left] = true;
        steps.small[left + 1] = true;
        steps.paid(i);
        steps.paid(i + 1);
        steps.height -= 2;
        CompiledChoice choice = new CompiledChoice(steps.small, steps.height, steps.pending, false);
        out.compare(instructions.get(i).opcode(), left, choice.otherwise);
        choices.push(choice);
    }

    private void choose(int i) {
        if (!steps.dead) {
            if (steps.small[steps.height - 1]) {
                steps.leave(i);
            } else {
                Emitter.Exit exit = steps.exit(starts[i], steps.height);
                steps.paid(i);
                steps.height--;
                CompiledChoice choice =
                        new CompiledChoice(steps.small, steps.height, steps.pending, false);
                out.choose(steps.height, choice.otherwise, exit);
                choices.push(choice);
                return;
            }
        }
        choices.push(new CompiledChoice(steps.small, steps.height, steps.pending, true));
    }

    private void otherwise(int i) {
        CompiledChoice choice = choices.element();
        closeBranch(i, choice);
        steps.small = choice.small.clone();
        steps.height = choice.height;
        steps.pending = choice.pending;
        steps.dead = choice.deadBefore;
        if (!steps.dead) {
            out.label(choice.otherwise);
        }
    }

    private void endChoice(int i) {
        CompiledChoice choice = choices.pop();
        closeBranch(i, choice);
        steps.dead = !choice.endReached;
        if (!steps.dead) {
            out.label(choice.end);
            steps.forget(choice.endHeight);
        }
    }

    /** Ends a branch: by returning where nothing follows, else at the common end. */
    private void closeBranch(int i, CompiledChoice choice) {
        if (steps.dead) {
            return;
        }
        int end = TailPositions.endOf(instructions, i);
        if (tail[end]) {
            emitReturn();
        } else {
            steps.pay(starts[i]);
            for (int slot = 0; slot < steps.height; slot++) {
                if (steps.small[slot]) {
                    out.clearValue(slot);
                }
            }
            out.jump(choice.end);
            choice.endReached = true;
            choice.endHeight = steps.height;
        }
        steps.dead = true;
    }

    private void emitReturn() {
        int word = starts[instructions.size()];
        steps.pay(word);
        out.returnResult(
                steps.height - 1,
                steps.small[steps.height - 1],
                word,
                steps.exit(word, steps.height));
        steps.dead = true;
    }

    private void tailCall(int i, Instruction instruction) {
        if (instruction.operand() != self) {
            steps.leave(i);
            return;
        }
        Emitter.Exit before = steps.exit(starts[i], steps.height);
        out.exitIfExtraCells(before);
        steps.paid(i);
        Emitter.Exit late = out.exit(starts[i], steps.height, steps.small.clone(), 0);
        out.pay(steps.pending, late);
        int count = instruction.count();
        for (int k = 0; k < count; k++) {
            int from = steps.height - count + k;
            boolean number = steps.small[from];
            steps.move(from, k);
            if (number) {
                out.clearValue(k);
            }
        }
        out.jump(loopHead);
        steps.dead = true;
    }

    private void call(int i, int point) {
        int after = steps.height - instructions.get(i).count() + 1;
        if (!steps.dead) {
            out.jumpToExit(Opcodes.GOTO, steps.exit(out.callTrampoline(point), steps.height));
            out.label(resumePoints.get(point));
            out.loadFrame(after);
            steps.forget(after);
        } else {
            out.unreachableResume(resumePoints.get(point));
        }
    }
}
