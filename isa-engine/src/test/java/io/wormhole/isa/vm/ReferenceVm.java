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

/**
 * The rules of the machine written down in the plainest way: frames are lists of values, and the
 * space in use is added up from nothing after each instruction. Slow, and what the real machines
 * are compared with.
 */
final class ReferenceVm {
    private final List<VerifiedFunction> functions;
    private final GasLimit limit;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private long timeLeft;
    private long peak;

    private ReferenceVm(VerifiedCode code, GasLimit limit) {
        this.functions = code.functions().stream().map(known -> known.orElseThrow()).toList();
        this.limit = limit;
        this.timeLeft = limit.time();
    }

    private static final class Frame {
        final VerifiedFunction function;
        final List<Value> values;
        int at;

        Frame(VerifiedFunction function, List<Value> values) {
            this.function = function;
            this.values = values;
        }

        Value pop() {
            return values.remove(values.size() - 1);
        }
    }

    static Execution run(VerifiedCode code, int entry, List<Value> arguments, GasLimit limit) {
        ReferenceVm vm = new ReferenceVm(code, limit);
        try {
            vm.enter(entry, new ArrayList<>(arguments));
            while (true) {
                Frame frame = vm.frames.element();
                if (frame.at < frame.function.instructions().size()) {
                    vm.step(frame, frame.function.instructions().get(frame.at++));
                    vm.meterSpace();
                    continue;
                }
                Value result = frame.pop();
                vm.frames.pop();
                if (vm.frames.isEmpty()) {
                    return new Execution.Returned(result, vm.used());
                }
                vm.frames.element().values.add(result);
            }
        } catch (Stop stop) {
            return vm.stopped(stop);
        } catch (TooDeepException tooDeep) {
            return vm.stopped(Stop.trap(TrapReason.TOO_DEEP, String.valueOf(tooDeep.getMessage())));
        }
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
        long used = 0;
        for (Frame frame : frames) {
            used += Program.FRAME_CELLS + frame.function.maxHeight();
            used += frame.values.stream().mapToLong(value -> value.cells() - 1).sum();
        }
        if (used > limit.space()) {
            throw Stop.outOf(Resource.SPACE);
        }
        peak = Math.max(peak, used);
    }

    private void enter(int index, List<Value> arguments) {
        frames.push(new Frame(functions.get(index), arguments));
        meterSpace();
    }

    private void step(Frame frame, Instruction instruction) {
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
            case APPLY -> apply(frame, take(values, instruction.count()));
            default -> operate(values, instruction);
        }
    }

    private void choose(Frame frame) {
        if (!(frame.pop() instanceof BoolValue condition)) {
            throw Machine.wrongType("boolean");
        }
        if (!condition.value()) {
            frame.at = matching(frame, frame.at, Opcode.ELSE) + 1;
        }
    }

    /** The else or end that belongs to the choice around {@code from}. */
    private static int matching(Frame frame, int from, Opcode wanted) {
        int open = 0;
        for (int i = from; ; i++) {
            Opcode opcode = frame.function.instructions().get(i).opcode();
            if (open == 0 && opcode == wanted) {
                return i;
            }
            open += opcode == Opcode.IF ? 1 : opcode == Opcode.END ? -1 : 0;
        }
    }

    private void apply(Frame frame, List<Value> arguments) {
        if (!(frame.pop() instanceof FunctionValue called)) {
            throw Machine.wrongType("function");
        }
        List<Value> all = new ArrayList<>();
        for (int i = 0; i < called.capturedCount(); i++) {
            all.add(called.captured(i));
        }
        all.addAll(arguments);
        int arity = functions.get(called.index()).function().arity();
        if (all.size() != arity) {
            throw Stop.trap(TrapReason.WRONG_COUNT, "");
        }
        call(frame, called.index(), all);
    }

    private void call(Frame frame, int callee, List<Value> arguments) {
        if (isLast(frame)) {
            frames.pop();
        }
        enter(callee, arguments);
    }

    /** Whether nothing but ends of choices comes after the present instruction. */
    private static boolean isLast(Frame frame) {
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
