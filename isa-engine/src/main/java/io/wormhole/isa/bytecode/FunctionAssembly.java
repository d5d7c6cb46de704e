package io.wormhole.isa.bytecode;

import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.CanonicalWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The function being assembled: code so far, constants, names of slots and the height reached. */
final class FunctionAssembly {
    private final AssemblySource source;
    private final CanonicalWriter code = new CanonicalWriter();
    private final List<Value> constants = new ArrayList<>();
    private final Deque<Branch> branches = new ArrayDeque<>();
    private final int arity;
    private Map<String, Integer> names = new HashMap<>();
    private final NavigableMap<Integer, Integer> starts = new TreeMap<>();
    private int offset;
    private int wordStart;
    private int height;
    private boolean diverged;

    FunctionAssembly(AssemblySource source, List<String> parameters) {
        this.source = source;
        for (String parameter : parameters) {
            height++;
            name(parameter);
        }
        this.arity = height;
    }

    /** What held when a choice began, and what its first branch ended with. */
    private record Branch(
            int height, Map<String, Integer> names, int firstHeight, boolean firstDiverged) {}

    void pool(Value list) {
        if (!(list instanceof ListValue values)) {
            throw source.fault("pool takes a list of constants");
        }
        constants.addAll(values.elements());
    }

    void push(Value value) {
        if (value instanceof IntValue integer && integer.isSmall()) {
            emit(Opcode.INT, integer.longValue(), 0);
        } else if (value instanceof BoolValue bool) {
            emit(bool.value() ? Opcode.TRUE : Opcode.FALSE, 0, 0);
        } else {
            constant(value);
        }
    }

    void integer(Value value) {
        if (!(value instanceof IntValue integer && integer.isSmall())) {
            throw source.fault("'int' takes an integer of at most 64 bits");
        }
        emit(Opcode.INT, integer.longValue(), 0);
    }

    void constant(Value value) {
        int index = constants.indexOf(value);
        if (index < 0) {
            index = constants.size();
            constants.add(value);
        }
        constantAt(index);
    }

    void constantAt(int index) {
        if (index >= CodeLimits.MAX_CONSTANTS) {
            throw source.fault("a function has at most " + CodeLimits.MAX_CONSTANTS + " constants");
        }
        emit(Opcode.CONST, index, 0);
    }

    /** Names the value on top. */
    void name(String name) {
        if (!name.matches("[a-z][A-Za-z0-9_]*")) {
            throw source.fault("a name of letters, digits and _ expected, found '" + name + "'");
        }
        if (height < 1) {
            throw source.fault("no value to be called " + name);
        }
        names.put(name, height - 1);
    }

    int slot(String token) {
        Integer named = names.get(token);
        if (named != null) {
            return named;
        }
        if (!token.matches("[0-9]{1,3}") || Integer.parseInt(token) >= CodeLimits.MAX_HEIGHT) {
            throw source.fault("no value is called '" + token + "' here");
        }
        return Integer.parseInt(token);
    }

    void emit(Opcode opcode, long operand, int count) {
        Instruction instruction = Instruction.of(opcode, operand, count);
        diverged = diverged || opcode == Opcode.FAIL;
        starts.put(offset, wordStart);
        offset += 1 + opcode.operand().size();
        instruction.writeTo(code);
        height = Math.max(0, height - instruction.pops()) + instruction.pushes();
        // A name dies with its value: what is pushed there later is something else.
        boolean keeps = opcode == Opcode.DUP || opcode == Opcode.OVER;
        int changedFrom = height - (keeps ? 1 : instruction.pushes());
        names.values().removeIf(slot -> slot >= changedFrom);
    }

    int depth() {
        return branches.size();
    }

    void openBranch() {
        branches.push(new Branch(height, new HashMap<>(names), 0, false));
    }

    void switchBranch() {
        Branch start = branches.pop();
        branches.push(new Branch(start.height(), start.names(), height, diverged));
        names = new HashMap<>(start.names());
        height = start.height();
        diverged = false;
    }

    void closeBranch() {
        Branch choice = branches.pop();
        // A branch that fails says nothing about what comes after the choice.
        height = diverged ? choice.firstHeight() : height;
        diverged = diverged && choice.firstDiverged();
        names = new HashMap<>(choice.names());
        names.values().removeIf(slot -> slot >= height);
    }

    /** What is emitted from here on comes from the word that was read last. */
    void beginWord() {
        wordStart = source.tokenStart();
    }

    /** Tells {@code map} where the instructions come from. */
    void describe(String name, SourceMap map) {
        starts.forEach((at, start) -> map.add(name, at, start));
    }

    FunctionCode finish(String name) {
        return new FunctionCode(name, arity, constants, code.toBytes());
    }
}
