package io.wormhole.isa.vm;

import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.FunctionValue;
import io.wormhole.isa.value.TooDeepException;
import io.wormhole.isa.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program. {@link #loop} breaks the house rule on length: it keeps the program counter
 * and the arrays in local variables, and split into methods it is about three times slower on
 * integer loops ({@code benchmarks/isa}).
 */
final class Interpreter {
    private static final Operation[] SLOW_PATHS = slowPaths();

    private final Program program;
    private final GasLimit limit;
    private final Machine machine;
    private final Calls calls;

    Interpreter(Program program, GasLimit limit) {
        this.program = program;
        this.limit = limit;
        this.machine = new Machine(limit);
        this.calls = new Calls(program, machine);
    }

    /** Which functions ran, by index. */
    boolean[] entered() {
        return calls.entered();
    }

    Execution run(int entry, List<Value> arguments) {
        if (entry < 0
                || entry >= program.entries.length
                || !program.isKnown(entry)
                || program.arities[entry] != arguments.size()) {
            return new Execution.Trapped(
                    TrapReason.NO_SUCH_ENTRY,
                    "no function " + entry + " of " + arguments.size() + " arguments",
                    "",
                    used());
        }
        int at = -1;
        while (true) {
            Stop stop;
            try {
                at = at < 0 ? begin(entry, arguments) : at;
                loop(at);
                Value result = machine.pop();
                return new Execution.Returned(result, used());
            } catch (Stop stopped) {
                stop = stopped;
            } catch (TooDeepException tooDeep) {
                stop = Stop.trap(TrapReason.TOO_DEEP, String.valueOf(tooDeep.getMessage()));
            }
            Calls.Unwound unwound = calls.unwind(stop);
            if (unwound.resumeAt() < 0) {
                return end(unwound.stop());
            }
            at = unwound.resumeAt();
        }
    }

    private int begin(int entry, List<Value> arguments) {
        calls.function = entry;
        arguments.forEach(machine::push);
        calls.enter(entry, 0);
        return program.entries[entry];
    }

    private Execution end(Stop stop) {
        Execution end = stop.toExecution(program.nameOf(calls.function), used());
        if (end instanceof Execution.OutOfGas out) {
            GasUsed whole =
                    out.resource() == Resource.TIME
                            ? new GasUsed(limit.time(), machine.peak)
                            : new GasUsed(used().time(), limit.space());
            return new Execution.OutOfGas(out.resource(), whole);
        }
        return end;
    }

    private GasUsed used() {
        return new GasUsed(limit.time() - machine.timeLeft, machine.peak);
    }

    /** Reads words until the entry function returns. */
    @SuppressWarnings({"StatementSwitchToExpressionSwitch", "ReferenceEquality"})
    private void loop(int start) {
        final int[] words = program.words;
        final Machine machine = this.machine;
        long[] numbers = machine.numbers;
        @Nullable Value[] values = machine.values;
        long timeLeft = machine.timeLeft;
        int top = machine.top;
        int base = calls.base;
        int at = start;
        while (true) {
            int word = words[at++];
            timeLeft -= word >>> Word.PRICE_SHIFT;
            if (timeLeft < 0) {
                machine.timeLeft = timeLeft;
                throw Stop.outOf(Resource.TIME);
            }
            int kind = word & Word.MASK;
            switch (kind) {
                case Word.PUSH_INT:
                    numbers[top] = words[at++];
                    values[top++] = null;
                    continue;
                case Word.GET:
                    {
                        int slot = base + words[at++];
                        Value value = values[slot];
                        values[top] = value;
                        numbers[top++] = numbers[slot];
                        if (value != null) {
                            machine.extraCells += value.cells() - 1;
                            machine.timeLeft = timeLeft;
                            machine.meterSpace();
                        }
                        continue;
                    }
                case Word.ADD:
                    if (values[top - 1] == null && values[top - 2] == null) {
                        long left = numbers[top - 2];
                        long right = numbers[top - 1];
                        long sum = left + right;
                        if (((left ^ sum) & (right ^ sum)) >= 0) {
                            numbers[--top - 1] = sum;
                            continue;
                        }
                    }
                    break;
                case Word.SUB:
                    if (values[top - 1] == null && values[top - 2] == null) {
                        long left = numbers[top - 2];
                        long right = numbers[top - 1];
                        long difference = left - right;
                        if (((left ^ right) & (left ^ difference)) >= 0) {
                            numbers[--top - 1] = difference;
                            continue;
                        }
                    }
                    break;
                case Word.MUL:
                    if (values[top - 1] == null && values[top - 2] == null) {
                        long left = numbers[top - 2];
                        long right = numbers[top - 1];
                        long product = left * right;
                        if (Math.multiplyHigh(left, right) == product >> 63) {
                            numbers[--top - 1] = product;
                            continue;
                        }
                    }
                    break;
                case Word.DIV:
                case Word.REM:
                    // -1 goes the slow way: the least long has no opposite.
                    if (values[top - 1] == null
                            && values[top - 2] == null
                            && numbers[top - 1] + 1 > 1) {
                        long left = numbers[top - 2];
                        long right = numbers[--top];
                        numbers[top - 1] = kind == Word.DIV ? left / right : left % right;
                        continue;
                    }
                    break;
                case Word.EQ:
                case Word.NE:
                    if (values[top - 1] == null && values[top - 2] == null) {
                        top--;
                        boolean equal = numbers[top - 1] == numbers[top];
                        values[top - 1] = BoolValue.of(equal == (kind == Word.EQ));
                        continue;
                    }
                    break;
                case Word.LT:
                case Word.GE:
                    if (values[top - 1] == null && values[top - 2] == null) {
                        top--;
                        boolean less = numbers[top - 1] < numbers[top];
                        values[top - 1] = BoolValue.of(less == (kind == Word.LT));
                        continue;
                    }
                    break;
                case Word.GT:
                case Word.LE:
                    if (values[top - 1] == null && values[top - 2] == null) {
                        top--;
                        boolean greater = numbers[top - 1] > numbers[top];
                        values[top - 1] = BoolValue.of(greater == (kind == Word.GT));
                        continue;
                    }
                    break;
                case Word.NOT:
                    {
                        Value condition = values[top - 1];
                        if (condition == BoolValue.TRUE || condition == BoolValue.FALSE) {
                            values[top - 1] = BoolValue.of(condition == BoolValue.FALSE);
                            continue;
                        }
                        break;
                    }
                case Word.JUMP_IF_FALSE:
                    {
                        Value condition = values[--top];
                        if (condition == BoolValue.TRUE) {
                            at++;
                        } else if (condition == BoolValue.FALSE) {
                            at = words[at];
                        } else {
                            machine.timeLeft = timeLeft;
                            throw Machine.wrongType("boolean");
                        }
                        continue;
                    }
                case Word.JUMP:
                    at = words[at];
                    continue;
                case Word.DUP:
                case Word.OVER:
                    {
                        int slot = top - (kind == Word.DUP ? 1 : 2);
                        Value value = values[slot];
                        values[top] = value;
                        numbers[top++] = numbers[slot];
                        if (value != null) {
                            machine.extraCells += value.cells() - 1;
                            machine.timeLeft = timeLeft;
                            machine.meterSpace();
                        }
                        continue;
                    }
                case Word.DROP:
                    {
                        Value value = values[--top];
                        if (value != null) {
                            machine.extraCells -= value.cells() - 1;
                            values[top] = null;
                        }
                        continue;
                    }
                case Word.SWAP:
                    {
                        Value value = values[top - 1];
                        values[top - 1] = values[top - 2];
                        values[top - 2] = value;
                        long number = numbers[top - 1];
                        numbers[top - 1] = numbers[top - 2];
                        numbers[top - 2] = number;
                        continue;
                    }
                case Word.PUSH_CONSTANT:
                    machine.top = top;
                    machine.timeLeft = timeLeft;
                    machine.push(program.constants[words[at++]]);
                    top = machine.top;
                    continue;
                case Word.CALL:
                    {
                        int callee = words[at];
                        int calleeBase = top - words[at + 1];
                        machine.timeLeft = timeLeft;
                        at = calls.call(callee, calleeBase, at + 2);
                        numbers = machine.numbers;
                        values = machine.values;
                        base = calleeBase;
                        continue;
                    }
                case Word.TAIL_CALL:
                    machine.top = top;
                    machine.timeLeft = timeLeft;
                    at = calls.tailCall(words[at], words[at + 1]);
                    numbers = machine.numbers;
                    values = machine.values;
                    top = machine.top;
                    continue;
                case Word.RETURN:
                    if (machine.extraCells != 0) {
                        machine.release(base, top - 1);
                    }
                    values[base] = values[top - 1];
                    numbers[base] = numbers[top - 1];
                    top = base + 1;
                    if (calls.isOutermost()) {
                        machine.top = top;
                        machine.timeLeft = timeLeft;
                        return;
                    }
                    at = calls.returned();
                    base = calls.base;
                    continue;
                default:
                    break;
            }
            machine.top = top;
            machine.timeLeft = timeLeft;
            at = slowly(kind, at);
            numbers = machine.numbers;
            values = machine.values;
            timeLeft = machine.timeLeft;
            top = machine.top;
            base = calls.base;
        }
    }

    /** The instructions, and the cases of instructions, that are not worth a place in the loop. */
    private int slowly(int kind, int at) {
        int[] words = program.words;
        return switch (kind) {
            case Word.OPERATION -> {
                program.operations[words[at]].run(machine, words[at + 1]);
                yield at + 2;
            }
            case Word.SLIDE -> {
                slide(words[at]);
                yield at + 1;
            }
            case Word.CLOSURE -> {
                closure(words[at], words[at + 1]);
                yield at + 2;
            }
            case Word.APPLY -> {
                int callee = calls.unfold(words[at]);
                yield calls.call(callee, machine.top - program.arities[callee], at + 1);
            }
            case Word.TAIL_APPLY -> {
                int last = calls.unfold(words[at]);
                yield calls.tailCall(last, program.arities[last]);
            }
            case Word.WITHIN -> calls.within(words[at], at + 1);
            case Word.WITHIN_END -> {
                calls.report();
                yield at;
            }
            case Word.NUMERIC -> numeric(words[at], words[at + 1], at + 2);
            case Word.COMPILED ->
                    program.compiled[words[at]].run(machine, calls.base, words[at + 1]);
            case Word.FAIL -> throw Stop.trap(TrapReason.FAILED, machine.pop().toString());
            default -> {
                SLOW_PATHS[kind].run(machine, 0);
                yield at;
            }
        };
    }

    private static Operation[] slowPaths() {
        Operation[] paths = new Operation[Word.OPERATION];
        for (int kind = Word.ADD; kind <= Word.NOT; kind++) {
            paths[kind] = Operations.of(Word.slowPathOf(kind));
        }
        return paths;
    }

    private void slide(int count) {
        int from = machine.top - 1;
        machine.release(from - count, from);
        machine.move(from, from - count, 1);
        machine.top -= count;
    }

    private void closure(int callee, int count) {
        Value[] captured = new Value[count];
        for (int i = count - 1; i >= 0; i--) {
            captured[i] = machine.pop();
        }
        machine.push(FunctionValue.closure(callee, captured));
    }

    /** Runs numeric code, or goes on at {@code otherwise} when it has to give up. */
    private int numeric(int index, int returnAt, int otherwise) {
        NumericCode code = program.numeric;
        if (code == null
                || !code.run(index, machine, calls.base, program.arities[calls.function])) {
            return otherwise;
        }
        return returnAt;
    }
}
