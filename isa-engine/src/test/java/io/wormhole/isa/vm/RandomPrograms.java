package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.FunctionCode;
import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.OperandKind;
import io.wormhole.isa.value.ArbitraryValues;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueType;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Random modules that the verifier accepts. Types of values are guessed along the way, so that most
 * instructions find what they take; a few do not, on purpose.
 */
final class RandomPrograms {
    private static final List<Opcode> ALL = List.of(Opcode.values());
    private static final List<Opcode> NUMERIC =
            List.of(
                    Opcode.INT,
                    Opcode.DUP,
                    Opcode.DROP,
                    Opcode.SWAP,
                    Opcode.OVER,
                    Opcode.GET,
                    Opcode.SLIDE,
                    Opcode.ADD,
                    Opcode.SUB,
                    Opcode.MUL,
                    Opcode.DIV,
                    Opcode.REM,
                    Opcode.FDIV,
                    Opcode.FMOD,
                    Opcode.AND_BITS,
                    Opcode.OR_BITS,
                    Opcode.XOR_BITS);
    private static final Set<Opcode> DEAR = EnumSet.of(Opcode.ED25519);

    private final Arbitrary any;
    private final int[] arities;
    private final List<Value> constants = new ArrayList<>();
    private CanonicalWriter code = new CanonicalWriter();
    private boolean numeric;
    private int present;
    private int budget;

    private RandomPrograms(Arbitrary any) {
        this.any = any;
        this.arities = new int[1 + any.below(4)];
        Arrays.setAll(arities, i -> any.below(4));
    }

    static CodeModule module(Arbitrary any) {
        RandomPrograms programs = new RandomPrograms(any);
        List<FunctionCode> functions = new ArrayList<>();
        for (int i = 0; i < programs.arities.length; i++) {
            functions.add(programs.function("f" + i, programs.arities[i]));
        }
        return new CodeModule(functions);
    }

    /** A module of functions on numbers, most of them small enough for 64 bits. */
    static CodeModule numericModule(Arbitrary any) {
        RandomPrograms programs = new RandomPrograms(any);
        programs.numeric = true;
        List<FunctionCode> functions = new ArrayList<>();
        for (int i = 0; i < programs.arities.length; i++) {
            programs.present = i;
            functions.add(programs.function("f" + i, programs.arities[i]));
        }
        return new CodeModule(functions);
    }

    static List<Value> numbers(Arbitrary any, int count) {
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(Value.of(any.oneIn(20) ? any.random().nextLong() : any.below(50)));
        }
        return arguments;
    }

    static List<Value> arguments(Arbitrary any, int count) {
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(
                    any.oneIn(3) ? ArbitraryValues.value(any, 2) : ArbitraryValues.integer(any));
        }
        return arguments;
    }

    private FunctionCode function(String name, int arity) {
        code = new CanonicalWriter();
        constants.clear();
        budget = 5 + any.below(40);
        List<Optional<ValueType>> stack = new ArrayList<>();
        for (int i = 0; i < arity; i++) {
            stack.add(Optional.of(ValueType.INTEGER));
        }
        block(stack, 0);
        if (stack.isEmpty()) {
            push(stack, ValueType.INTEGER);
        }
        return new FunctionCode(name, arity, constants, code.toBytes());
    }

    private void block(List<Optional<ValueType>> stack, int nesting) {
        while (budget-- > 0 && !any.oneIn(25)) {
            if (stack.size() > 30) {
                emit(Opcode.SLIDE, 0, 20);
                stack.subList(stack.size() - 21, stack.size() - 1).clear();
            }
            switch (any.below(10)) {
                case 0 ->
                        push(
                                stack,
                                numeric
                                        ? ValueType.INTEGER
                                        : any.oneOf(List.of(ValueType.values()).subList(0, 7)));
                case 1 -> {
                    if (nesting < 4) {
                        choice(stack, nesting);
                    }
                }
                case 2 -> call(stack);
                case 3 -> {
                    if (!stack.isEmpty()) {
                        int slot = any.below(stack.size());
                        emit(Opcode.GET, slot, 0);
                        stack.add(stack.get(slot));
                    }
                }
                default -> operation(stack);
            }
        }
    }

    private void choice(List<Optional<ValueType>> stack, int nesting) {
        if (!has(stack, ValueType.BOOLEAN)) {
            if (has(stack, ValueType.INTEGER)) {
                emit(Opcode.DUP, 0, 0);
                push(stack, ValueType.INTEGER);
                emit(Opcode.LT, 0, 0);
            } else {
                push(stack, ValueType.BOOLEAN);
            }
        }
        pop(stack);
        emit(Opcode.IF, 0, 0);
        List<Optional<ValueType>> first = new ArrayList<>(stack);
        block(first, nesting + 1);
        boolean fails = any.oneIn(12);
        if (fails) {
            push(first, ValueType.INTEGER);
            emit(Opcode.FAIL, 0, 0);
        }
        emit(Opcode.ELSE, 0, 0);
        block(stack, nesting + 1);
        while (!fails && stack.size() < first.size()) {
            push(stack, ValueType.INTEGER);
        }
        while (!fails && stack.size() > first.size()) {
            emit(Opcode.DROP, 0, 0);
            pop(stack);
        }
        emit(Opcode.END, 0, 0);
        for (int i = 0; !fails && i < stack.size(); i++) {
            if (!stack.get(i).equals(first.get(i))) {
                stack.set(i, Optional.empty());
            }
        }
    }

    private void call(List<Optional<ValueType>> stack) {
        int callee = any.below(arities.length);
        if (numeric && callee <= present && !any.oneIn(4)) {
            return;
        }
        boolean closure = !numeric && any.oneIn(3);
        int captured = closure ? any.below(arities[callee] + 1) : arities[callee];
        for (int i = 0; i < captured; i++) {
            push(stack, ValueType.INTEGER);
        }
        emit(closure ? Opcode.CLOSURE : Opcode.CALL, callee, captured);
        pop(stack, captured);
        stack.add(numeric ? Optional.of(ValueType.INTEGER) : Optional.empty());
        if (closure) {
            int rest = any.oneIn(10) ? any.below(4) : arities[callee] - captured;
            boolean limited = any.oneIn(2);
            if (limited) {
                limit(stack, 2_000);
                limit(stack, 200);
            }
            for (int i = 0; i < rest; i++) {
                push(stack, ValueType.INTEGER);
            }
            emit(limited ? Opcode.WITHIN : Opcode.APPLY, 0, rest);
            pop(stack, rest + (limited ? 3 : 1));
            stack.add(Optional.empty());
        }
    }

    private void limit(List<Optional<ValueType>> stack, int most) {
        if (any.oneIn(20)) {
            push(stack, any.oneIn(2) ? ValueType.BYTES : ValueType.INTEGER);
        } else {
            emit(Opcode.INT, any.below(most), 0);
            stack.add(Optional.of(ValueType.INTEGER));
        }
    }

    private void operation(List<Optional<ValueType>> stack) {
        Opcode opcode = any.oneOf(numeric ? NUMERIC : ALL);
        boolean control = opcode.code() >= Opcode.CALL.code() && opcode.code() <= 0x9f;
        if (control || (DEAR.contains(opcode) && !any.oneIn(20))) {
            return;
        }
        int count = opcode.operand() == OperandKind.COUNT ? any.below(4) : 0;
        int needed = opcode.pops().total(count);
        Optional<Types> types = Types.of(opcode);
        if (types.isPresent()) {
            supply(stack, types.get(), needed);
        } else {
            while (stack.size() < needed) {
                push(stack, ValueType.INTEGER);
            }
        }
        emit(opcode, operand(opcode, stack), count);
        track(stack, opcode, count, types);
    }

    private long operand(Opcode opcode, List<Optional<ValueType>> stack) {
        return switch (opcode.operand()) {
            case INTEGER -> any.oneIn(4) ? any.random().nextLong() : any.below(20);
            case CONSTANT -> constant(ArbitraryValues.value(any, 2));
            case SLOT -> stack.isEmpty() ? slotOfNewValue(stack) : any.below(stack.size());
            case FIELD -> any.below(3);
            default -> 0;
        };
    }

    private int slotOfNewValue(List<Optional<ValueType>> stack) {
        push(stack, ValueType.INTEGER);
        return 0;
    }

    /** Pushes fresh operands unless those that lie there will do. */
    private void supply(List<Optional<ValueType>> stack, Types types, int needed) {
        boolean fits = stack.size() >= needed;
        for (int i = 0; fits && i < needed; i++) {
            fits = types.accepts(i, stack.get(stack.size() - needed + i));
        }
        if (!fits && !any.oneIn(30)) {
            for (int i = 0; i < needed; i++) {
                push(stack, types.wanted(i));
            }
        }
        while (stack.size() < needed) {
            push(stack, ValueType.INTEGER);
        }
    }

    private void track(
            List<Optional<ValueType>> stack, Opcode opcode, int count, Optional<Types> types) {
        Optional<ValueType> top = stack.isEmpty() ? Optional.empty() : stack.get(stack.size() - 1);
        pop(stack, opcode.pops().total(count));
        int pushes = opcode.pushes().total(count);
        for (int i = 0; i < pushes; i++) {
            boolean keeps = opcode == Opcode.DUP || opcode == Opcode.SLIDE;
            stack.add(keeps ? top : types.flatMap(Types::result));
        }
    }

    private void push(List<Optional<ValueType>> stack, ValueType type) {
        if (numeric && type == ValueType.INTEGER && !any.oneIn(30)) {
            emit(Opcode.INT, any.below(20) - 5, 0);
            stack.add(Optional.of(type));
            return;
        }
        Value value = ArbitraryValues.integer(any);
        while (value.type() != type) {
            value = ArbitraryValues.value(any, 2);
        }
        emit(Opcode.CONST, constant(value), 0);
        stack.add(Optional.of(type));
    }

    private int constant(Value value) {
        constants.add(value);
        return constants.size() - 1;
    }

    private static boolean has(List<Optional<ValueType>> stack, ValueType type) {
        return !stack.isEmpty() && stack.get(stack.size() - 1).equals(Optional.of(type));
    }

    private static void pop(List<Optional<ValueType>> stack) {
        stack.remove(stack.size() - 1);
    }

    private static void pop(List<Optional<ValueType>> stack, int count) {
        stack.subList(stack.size() - count, stack.size()).clear();
    }

    private void emit(Opcode opcode, long operand, int count) {
        Instruction.of(opcode, operand, count).writeTo(code);
    }

    /** What an instruction takes and gives, as far as it is worth knowing. */
    private record Types(List<ValueType> takes, Optional<ValueType> result) {
        static Optional<Types> of(Opcode opcode) {
            int code = opcode.code();
            if (opcode == Opcode.EQ || opcode == Opcode.NE || opcode == Opcode.CMP) {
                return Optional.empty();
            }
            return switch (code >> 4) {
                case 1 -> some(ValueType.INTEGER, ValueType.INTEGER);
                case 2 ->
                        code <= 0x25
                                ? some(ValueType.INTEGER, ValueType.BOOLEAN)
                                : some(ValueType.BOOLEAN, ValueType.BOOLEAN);
                case 3, 4 ->
                        opcode == Opcode.RFROM
                                ? some(ValueType.INTEGER, ValueType.REAL)
                                : some(ValueType.REAL, ValueType.REAL);
                case 5 -> bytes(opcode);
                case 7 -> some(ValueType.LIST, ValueType.LIST);
                case 8 -> some(ValueType.MAP, ValueType.MAP);
                case 0xa -> some(ValueType.BYTES, ValueType.BYTES);
                default -> Optional.empty();
            };
        }

        private static Optional<Types> bytes(Opcode opcode) {
            return switch (opcode) {
                case BFROM -> some(ValueType.INTEGER, ValueType.BYTES);
                case BDEC -> some(ValueType.INTEGER, ValueType.BYTES);
                case BSLICE, BAT ->
                        Optional.of(
                                new Types(
                                        List.of(
                                                ValueType.BYTES,
                                                ValueType.INTEGER,
                                                ValueType.INTEGER),
                                        Optional.empty()));
                default -> some(ValueType.BYTES, ValueType.BYTES);
            };
        }

        private static Optional<Types> some(ValueType all, ValueType result) {
            return Optional.of(new Types(List.of(all), Optional.of(result)));
        }

        ValueType wanted(int operand) {
            return takes.get(Math.min(operand, takes.size() - 1));
        }

        boolean accepts(int operand, Optional<ValueType> type) {
            return type.isPresent() && type.get() == wanted(operand);
        }
    }
}
