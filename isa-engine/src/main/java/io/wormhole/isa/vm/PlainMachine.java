package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Growth;
import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.VerifiedCode;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.FunctionValue;
import io.wormhole.isa.value.TooDeepException;
import io.wormhole.isa.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the machine written down in the plainest way: frames are lists of values, and the
 * space of the running frame is added up from nothing after each instruction. Slow; made for
 * following a run step by step, and what the real machines are compared with.
 */
public final class PlainMachine {
    private final List<VerifiedFunction> functions;
    private final GasLimit limit;
    private final @Nullable Consumer<Step> follower;
    private final Deque<PlainFrame> frames = new ArrayDeque<>();
    private long timeLeft;
    private long spaceLimit;
    private long peak;

    private PlainMachine(VerifiedCode code, GasLimit limit, @Nullable Consumer<Step> follower) {
        this.follower = follower;
        this.functions = code.functions().stream().map(known -> known.orElseThrow()).toList();
        this.limit = limit;
        this.timeLeft = limit.time();
        this.spaceLimit = limit.space();
    }

    /**
     * An instruction that is about to run.
     *
     * @param function name of the running function
     * @param depth how many frames are below that of the function
     * @param instruction what comes next
     * @param stack the values of the frame, arguments first
     * @param used what was used up to here
     */
    public record Step(
            String function, int depth, Instruction instruction, List<Value> stack, GasUsed used) {
        /** Copies the stack. */
        public Step {
            stack = List.copyOf(stack);
        }
    }

    /** Runs function {@code entry} of code that is wholly known. */
    static Execution run(VerifiedCode code, int entry, List<Value> arguments, GasLimit limit) {
        PlainMachine vm = new PlainMachine(code, limit, null);
        return vm.run(entry, arguments, Long.MAX_VALUE).orElseThrow();
    }

    /**
     * Runs function {@code entry} of code that is wholly known, and shows each step before it is
     * made, but no more than {@code steps}: there it stops. The arguments must be as many as the
     * function takes.
     *
     * @return the end of the run; nothing where it would have gone on
     */
    public static Optional<Execution> follow(
            VerifiedCode code,
            int entry,
            List<Value> arguments,
            GasLimit limit,
            long steps,
            Consumer<Step> follower) {
        return new PlainMachine(code, limit, follower).run(entry, arguments, steps);
    }

    private Optional<Execution> run(int entry, List<Value> arguments, long steps) {
        long stepsLeft = steps;
        Optional<Stop> thrown = attempt(() -> enter(entry, new ArrayList<>(arguments)));
        while (true) {
            while (thrown.isPresent()) {
                Stop stop = thrown.get();
                Optional<PlainFrame> caught = callThatEnds(stop);
                if (caught.isEmpty()) {
                    return Optional.of(stopped(stop));
                }
                thrown = attempt(() -> catchStop(stop, caught.get()));
            }
            PlainFrame frame = frames.element();
            boolean atEnd = frame.at == frame.function.instructions().size();
            if (atEnd && frames.size() == 1) {
                return Optional.of(new Execution.Returned(frame.pop(), used()));
            }
            if (!atEnd && stepsLeft-- == 0) {
                return Optional.empty();
            }
            thrown = attempt(atEnd ? this::giveBack : () -> step(frame));
        }
    }

    private Optional<Stop> attempt(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (Stop stop) {
            return Optional.of(stop);
        } catch (TooDeepException tooDeep) {
            return Optional.of(
                    Stop.trap(TrapReason.TOO_DEEP, String.valueOf(tooDeep.getMessage())));
        }
    }

    private void step(PlainFrame frame) {
        Instruction instruction = frame.function.instructions().get(frame.at);
        if (follower != null) {
            String name = frame.function.function().name();
            follower.accept(new Step(name, frames.size() - 1, instruction, frame.values, used()));
        }
        frame.at++;
        step(frame, instruction);
        meterSpace();
    }

    private void giveBack() {
        PlainFrame frame = frames.pop();
        Value result = frame.pop();
        if (frame.given.isPresent()) {
            PlainFrame.Given given = frame.given.get();
            report(0, result, given.time() - timeLeft, peak - given.before(), given);
            meterSpace();
        } else {
            frames.element().values.add(result);
        }
    }

    /** Puts a report on the caller's stack, and has the caller's limits apply again. */
    private void report(int outcome, Value value, long time, long space, PlainFrame.Given given) {
        restore(given);
        frames.element()
                .values
                .add(Value.tuple(Value.of(outcome), value, Value.of(time), Value.of(space)));
    }

    private void restore(PlainFrame.Given given) {
        timeLeft += given.kept();
        spaceLimit = given.callersLimit();
        peak = Math.max(given.callersPeak(), peak);
    }

    /** Goes up to the innermost call whose own matter {@code stop} is; its frame stays in place. */
    private Optional<PlainFrame> callThatEnds(Stop stop) {
        for (PlainFrame frame : frames) {
            if (frame.given.isPresent()) {
                PlainFrame.Given given = frame.given.get();
                boolean callers =
                        stop.resource() == Resource.TIME
                                ? given.late()
                                : stop.resource() == Resource.SPACE
                                        && given.before() + given.space() > given.callersLimit();
                if (!callers) {
                    return Optional.of(frame);
                }
                restore(given);
                frame.given = Optional.empty();
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality") // frames have no other identity
    private void catchStop(Stop stop, PlainFrame call) {
        while (frames.pop() != call) {
            // What the call had called is forgotten with it.
        }
        PlainFrame.Given given = call.given.orElseThrow();
        long time = given.time() - Math.max(0, timeLeft);
        timeLeft = Math.max(0, timeLeft);
        TrapReason reason = stop.reason();
        if (reason != null) {
            report(1, Value.of(reason.code()), time, peak - given.before(), given);
        } else if (stop.resource() == Resource.TIME) {
            report(2, Value.of(0), given.time(), peak - given.before(), given);
        } else {
            peak = given.before() + given.space();
            report(3, Value.of(0), time, given.space(), given);
        }
        meterSpace();
    }

    private void within(PlainFrame frame, List<Value> arguments) {
        Value space = frame.pop();
        Value time = frame.pop();
        Value called = frame.pop();
        if (!(called instanceof FunctionValue closure)) {
            throw Machine.wrongType("function");
        }
        long timeLimit = SubCalls.limitOf(time);
        long spaceLimitGiven = SubCalls.limitOf(space);
        List<Value> all = unfolded(closure, arguments);
        long before = used(all);
        long given = Math.min(timeLimit, timeLeft);
        PlainFrame callee = new PlainFrame(functions.get(closure.index()), all);
        callee.given =
                Optional.of(
                        new PlainFrame.Given(
                                given,
                                timeLeft - given,
                                spaceLimitGiven,
                                before,
                                spaceLimit,
                                peak,
                                timeLimit > timeLeft));
        timeLeft = given;
        spaceLimit = Math.min(spaceLimit, before + spaceLimitGiven);
        peak = before;
        push(callee);
    }

    private long used(List<Value> besides) {
        PlainFrame top = frames.peek();
        return PlainFrame.beyondOneEach(besides) + (top == null ? 0 : top.below + top.cells());
    }

    private Execution stopped(Stop stop) {
        String function = frames.element().function.function().name();
        Execution end = stop.toExecution(function, used());
        if (end instanceof Execution.OutOfGas out) {
            return out.resource() == Resource.TIME
                    ? new Execution.OutOfGas(Resource.TIME, new GasUsed(limit.time(), peak))
                    : new Execution.OutOfGas(
                            Resource.SPACE, new GasUsed(used().time(), limit.space()));
        }
        return end;
    }

    private GasUsed used() {
        return new GasUsed(limit.time() - timeLeft, peak);
    }

    private void meterSpace() {
        long used = used(List.of());
        if (used > spaceLimit) {
            throw Stop.outOf(Resource.SPACE);
        }
        peak = Math.max(peak, used);
    }

    private void enter(int index, List<Value> arguments) {
        push(new PlainFrame(functions.get(index), arguments));
    }

    private void push(PlainFrame frame) {
        frame.below = used(List.of());
        frames.push(frame);
        meterSpace();
    }

    private void step(PlainFrame frame, Instruction instruction) {
        Opcode opcode = instruction.opcode();
        Opcode.Cost cost = opcode.cost();
        long price = cost.base();
        if (cost.growth() == Growth.OPERANDS) {
            price += (long) cost.rate() * instruction.count();
        }
        timeLeft -= price;
        if (timeLeft < 0) {
            throw Stop.outOf(Resource.TIME);
        }
        List<Value> values = frame.values;
        int top = values.size() - 1;
        switch (opcode) {
            case INT -> values.add(Value.of(instruction.operand()));
            case CONST ->
                    values.add(
                            frame.function.function().constants().get((int) instruction.operand()));
            case TRUE -> values.add(BoolValue.TRUE);
            case FALSE -> values.add(BoolValue.FALSE);
            case DUP -> values.add(values.get(top));
            case OVER -> values.add(values.get(top - 1));
            case DROP -> values.remove(top);
            case SWAP -> values.add(values.remove(top - 1));
            case GET -> values.add(values.get((int) instruction.operand()));
            case SLIDE -> values.subList(top - instruction.count(), top).clear();
            case IF -> choose(frame);
            case ELSE -> frame.at = matching(frame, frame.at, Opcode.END) + 1;
            case END -> {}
            case FAIL -> throw Stop.trap(TrapReason.FAILED, frame.pop().toString());
            case CALL -> {
                List<Value> arguments = take(values, instruction.count());
                call(frame, (int) instruction.operand(), arguments);
            }
            case CLOSURE -> {
                List<Value> captured = take(values, instruction.count());
                values.add(
                        FunctionValue.closure(
                                (int) instruction.operand(), captured.toArray(Value[]::new)));
            }
            case WITHIN -> within(frame, take(values, instruction.count()));
            case APPLY -> apply(frame, take(values, instruction.count()));
            default -> operate(values, instruction);
        }
    }

    private void choose(PlainFrame frame) {
        if (!(frame.pop() instanceof BoolValue condition)) {
            throw Machine.wrongType("boolean");
        }
        if (!condition.value()) {
            frame.at = matching(frame, frame.at, Opcode.ELSE) + 1;
        }
    }

    /** The else or end that belongs to the choice around {@code from}. */
    private static int matching(PlainFrame frame, int from, Opcode wanted) {
        int open = 0;
        for (int i = from; ; i++) {
            Opcode opcode = frame.function.instructions().get(i).opcode();
            if (open == 0 && opcode == wanted) {
                return i;
            }
            open += opcode == Opcode.IF ? 1 : opcode == Opcode.END ? -1 : 0;
        }
    }

    private void apply(PlainFrame frame, List<Value> arguments) {
        if (!(frame.pop() instanceof FunctionValue called)) {
            throw Machine.wrongType("function");
        }
        List<Value> all = unfolded(called, arguments);
        call(frame, called.index(), all);
    }

    private List<Value> unfolded(FunctionValue called, List<Value> arguments) {
        List<Value> all = new ArrayList<>();
        for (int i = 0; i < called.capturedCount(); i++) {
            all.add(called.captured(i));
        }
        all.addAll(arguments);
        int arity = functions.get(called.index()).function().arity();
        if (all.size() != arity) {
            throw Stop.trap(TrapReason.WRONG_COUNT, "");
        }
        return all;
    }

    private void call(PlainFrame frame, int callee, List<Value> arguments) {
        Optional<PlainFrame.Given> given = Optional.empty();
        if (isLast(frame)) {
            given = frames.pop().given;
        }
        PlainFrame next = new PlainFrame(functions.get(callee), arguments);
        next.given = given;
        push(next);
    }

    /** Whether nothing but ends of choices comes after the present instruction. */
    private static boolean isLast(PlainFrame frame) {
        int at = frame.at;
        while (at < frame.function.instructions().size()) {
            Opcode opcode = frame.function.instructions().get(at).opcode();
            if (opcode == Opcode.ELSE) {
                at = matching(frame, at + 1, Opcode.END);
            } else if (opcode != Opcode.END) {
                return false;
            }
            at++;
        }
        return true;
    }

    /** Runs an instruction that concerns values alone on a machine of its own. */
    private void operate(List<Value> values, Instruction instruction) {
        Machine scratch = new Machine(new GasLimit(timeLeft, GasLimit.MAX_SPACE));
        take(values, instruction.pops()).forEach(scratch::push);
        int operand = instruction.count() > 0 ? instruction.count() : (int) instruction.operand();
        try {
            Operations.of(instruction.opcode()).run(scratch, operand);
        } finally {
            timeLeft = scratch.timeLeft;
        }
        for (int slot = 0; slot < scratch.top; slot++) {
            values.add(scratch.peek(slot));
        }
    }

    private static List<Value> take(List<Value> values, int count) {
        List<Value> last = values.subList(values.size() - count, values.size());
        List<Value> taken = new ArrayList<>(last);
        last.clear();
        return taken;
    }
}
