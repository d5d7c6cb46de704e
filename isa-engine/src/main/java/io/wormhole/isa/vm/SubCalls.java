package io.wormhole.isa.vm;

import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The calls in progress that have limits of their own. Such a call ends in a report, whatever its
 * function does; only what its caller could not have paid for either, and code that was not
 * revealed, ends the caller as well: a dispute that shows less code must not change a result.
 */
final class SubCalls {
    static final int RETURNED = 0;
    static final int TRAPPED = 1;
    static final int OUT_OF_TIME = 2;
    static final int OUT_OF_SPACE = 3;

    private final Machine machine;
    private final Deque<SubCall> open = new ArrayDeque<>();
    private Value report = Value.of(0);

    SubCalls(Machine machine) {
        this.machine = machine;
    }

    /** Where the caller stands, and goes on. */
    record Caller(
            int mark,
            int function,
            int base,
            int top,
            int resumeAt,
            long frameCells,
            long extraCells) {}

    private record SubCall(
            Caller caller,
            long time,
            long timeKept,
            long space,
            long spaceBefore,
            long callersSpaceLimit,
            long callersPeak,
            boolean timeIsCallers) {
        boolean spaceIsCallers() {
            return callersSpaceLimit - spaceBefore < space;
        }
    }

    /** A limit as a program gives it; what no run may use at all is as good as no limit. */
    static long limitOf(Value value) {
        if (!(value instanceof IntValue integer)) {
            throw Machine.wrongType("integer");
        }
        if (integer.bigValue().signum() < 0) {
            throw Stop.trap(TrapReason.OUT_OF_RANGE, "a limit is zero or more");
        }
        return integer.isSmall()
                ? Math.min(integer.longValue(), GasLimit.MAX_TIME)
                : GasLimit.MAX_TIME;
    }

    /** Begins a call whose arguments are on the stack already, above what {@code caller} keeps. */
    void begin(Caller caller, long time, long space) {
        long given = Math.min(time, machine.timeLeft);
        long before = machine.frameCells + machine.extraCells;
        open.push(
                new SubCall(
                        caller,
                        given,
                        machine.timeLeft - given,
                        space,
                        before,
                        machine.spaceLimit,
                        machine.peak,
                        time > machine.timeLeft));
        machine.timeLeft = given;
        machine.spaceLimit = Math.min(machine.spaceLimit, before + space);
        machine.peak = before;
    }

    /** The report of a call that returned {@code result}. */
    Value returned(Value result) {
        SubCall call = open.pop();
        long time = call.time() - machine.timeLeft;
        long space = machine.peak - call.spaceBefore();
        restore(call);
        return report(RETURNED, result, time, space);
    }

    /**
     * Ends the innermost call that {@code stop} is a matter of, back to where its caller stands.
     */
    Optional<Caller> stopped(Stop stop) {
        while (!open.isEmpty()) {
            SubCall call = open.pop();
            if (!reaches(stop, call)) {
                report = report(stop, call);
                leave(call, stop);
                return Optional.of(call.caller());
            }
            restore(call);
        }
        return Optional.empty();
    }

    /** Whether {@code stop} is one of the caller too. */
    private static boolean reaches(Stop stop, SubCall call) {
        if (stop.resource() == Resource.TIME) {
            return call.timeIsCallers();
        }
        return stop.resource() == Resource.SPACE
                ? call.spaceIsCallers()
                : stop.reason() == TrapReason.FUNCTION_NOT_REVEALED;
    }

    private Value report(Stop stop, SubCall call) {
        TrapReason reason = stop.reason();
        long time = call.time() - machine.timeLeft;
        long space = machine.peak - call.spaceBefore();
        if (reason != null) {
            return report(TRAPPED, Value.of(reason.code()), time, space);
        }
        return stop.resource() == Resource.TIME
                ? report(OUT_OF_TIME, Value.of(0), call.time(), space)
                : report(OUT_OF_SPACE, Value.of(0), time, call.space());
    }

    /** Puts the report of the call that {@link #stopped} ended on the stack. */
    void report() {
        machine.push(report);
    }

    private void leave(SubCall call, Stop stop) {
        if (stop.resource() == Resource.TIME) {
            machine.timeLeft = 0;
        } else if (stop.resource() == Resource.SPACE) {
            machine.peak = call.spaceBefore() + call.space();
        }
        restore(call);
        Caller caller = call.caller();
        machine.release(caller.top(), Math.max(caller.top(), machine.top));
        machine.top = caller.top();
        machine.frameCells = caller.frameCells();
        machine.extraCells = caller.extraCells();
    }

    private void restore(SubCall call) {
        machine.timeLeft += call.timeKept();
        machine.spaceLimit = call.callersSpaceLimit();
        machine.peak = Math.max(call.callersPeak(), machine.peak);
    }

    private static Value report(int outcome, Value value, long time, long space) {
        return Value.tuple(Value.of(outcome), value, Value.of(time), Value.of(space));
    }
}
