package io.wormhole.isa.vm;

import io.wormhole.isa.value.FunctionValue;
import java.util.Arrays;
import java.util.Optional;

/**
 * The frames of a run: which function is running, who called it, which limits apply. An array, so
 * that no recursion of the program is one of Java.
 */
final class Calls {
    private final Program program;
    private final Machine machine;
    private final Frames frames = new Frames();
    private final SubCalls subCalls;
    private final boolean[] entered;

    /** The running function. */
    int function;

    /** Its first slot. */
    int base;

    Calls(Program program, Machine machine) {
        this.program = program;
        this.machine = machine;
        this.subCalls = new SubCalls(machine);
        this.entered = new boolean[program.entries.length];
    }

    /** Which functions ran, by index. */
    boolean[] entered() {
        return entered;
    }

    /** Whether the running function is the first one. */
    boolean isOutermost() {
        return frames.isEmpty();
    }

    /** Calls a function whose arguments start at {@code calleeBase}; returns where it begins. */
    int call(int callee, int calleeBase, int returnTo) {
        frames.push(returnTo, base, function);
        enter(callee, calleeBase);
        return program.entries[callee];
    }

    /** Goes back to the caller; returns where it goes on. */
    int returned() {
        machine.frameCells -= Program.FRAME_CELLS + program.heights[function];
        frames.pop();
        function = frames.function();
        base = frames.base();
        return frames.returnTo();
    }

    /** Begins a frame whose arguments start at {@code calleeBase}. */
    void enter(int callee, int calleeBase) {
        requireKnown(callee);
        int height = program.heights[callee];
        machine.frameCells += Program.FRAME_CELLS + height;
        machine.meterSpace();
        machine.ensureSlots(calleeBase + height + 1);
        entered[callee] = true;
        function = callee;
        base = calleeBase;
    }

    /** Replaces the present frame, so that a loop of calls needs no space. */
    int tailCall(int callee, int count) {
        requireKnown(callee);
        int from = machine.top - count;
        if (machine.extraCells != 0) {
            machine.release(base, from);
        }
        machine.move(from, base, count);
        if (machine.extraCells != 0) {
            Arrays.fill(machine.values, Math.max(from, base + count), machine.top, null);
        }
        machine.top = base + count;
        machine.frameCells -= Program.FRAME_CELLS + program.heights[function];
        enter(callee, base);
        return program.entries[callee];
    }

    private void requireKnown(int callee) {
        if (!program.isKnown(callee)) {
            throw Stop.trap(
                    TrapReason.FUNCTION_NOT_REVEALED, program.nameOf(callee) + " was not revealed");
        }
    }

    /** Replaces a function value under its arguments by what it captured; gives the function. */
    int unfold(int count) {
        int slot = machine.top - count - 1;
        if (!(machine.peek(slot) instanceof FunctionValue called)) {
            throw Machine.wrongType("function");
        }
        int callee = called.index();
        requireKnown(callee);
        int captured = called.capturedCount();
        if (captured + count != program.arities[callee]) {
            throw Stop.trap(
                    TrapReason.WRONG_COUNT,
                    program.nameOf(callee)
                            + " takes "
                            + program.arities[callee]
                            + ", given "
                            + (captured + count));
        }
        machine.ensureSlots(machine.top + captured);
        machine.release(slot, slot + 1);
        machine.move(slot + 1, slot + captured, count);
        int top = slot + captured + count;
        machine.top = slot;
        for (int i = 0; i < captured; i++) {
            machine.push(called.captured(i));
        }
        machine.top = top;
        return callee;
    }

    /** Calls a function value under limits of its own; the report comes in its place. */
    int within(int count, int reportAt) {
        int slot = machine.top - count - 3;
        long time = 0;
        long space = 0;
        if (machine.peek(slot) instanceof FunctionValue) {
            time = SubCalls.limitOf(machine.peek(slot + 1));
            space = SubCalls.limitOf(machine.peek(slot + 2));
        }
        machine.release(slot + 1, slot + 3);
        machine.move(slot + 3, slot + 1, count);
        machine.top -= 2;
        Arrays.fill(machine.values, machine.top, machine.top + 2, null);
        int callee = unfold(count);
        requireKnown(callee);
        SubCalls.Caller caller =
                new SubCalls.Caller(
                        frames.mark(),
                        function,
                        base,
                        slot,
                        reportAt + 1,
                        machine.frameCells,
                        machine.extraCells - machine.extraCells(slot, machine.top));
        subCalls.begin(caller, time, space);
        return call(callee, slot, reportAt);
    }

    /** Ends the call with limits of its own that has just returned: the report comes on top. */
    void report() {
        machine.push(subCalls.returned(machine.pop()));
    }

    /**
     * Unwinds to where a call with limits of its own was made, if {@code first} is its own matter.
     *
     * @return where its caller goes on, or else the stop that ends the whole run
     */
    Unwound unwind(Stop first) {
        Stop stop = first;
        while (true) {
            try {
                Optional<SubCalls.Caller> caller = subCalls.stopped(stop);
                if (caller.isEmpty()) {
                    return new Unwound(-1, stop);
                }
                frames.cutTo(caller.get().mark());
                function = caller.get().function();
                base = caller.get().base();
                subCalls.report();
                return new Unwound(caller.get().resumeAt(), stop);
            } catch (Stop next) {
                stop = next;
            }
        }
    }

    /** Where to go on, or −1 and why not. */
    record Unwound(int resumeAt, Stop stop) {}
}
