package io.wormhole.isa.language.core;

import io.wormhole.isa.bytecode.CodeLimits;
import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The code of one function as it grows: bytes, constants, positions, height of the frame. */
final class CodeBuffer {
    private final CanonicalWriter code = new CanonicalWriter();
    private final List<Value> constants = new ArrayList<>();
    private final TreeMap<Integer, Position> positions = new TreeMap<>();
    private int size;
    private int choices;
    private int height;

    CodeBuffer(int arity) {
        height = arity;
    }

    int height() {
        return height;
    }

    /** A branch begins where its choice began. */
    void height(int height) {
        this.height = height;
    }

    NavigableMap<Integer, Position> positions() {
        return positions;
    }

    Bytes code() {
        return code.toBytes();
    }

    List<Value> constants() {
        return constants;
    }

    void emit(Position at, Opcode opcode) {
        emit(at, opcode, 0, 0);
    }

    void emit(Position at, Opcode opcode, long operand, int count) {
        Map.Entry<Integer, Position> last = positions.lastEntry();
        if (last == null || !last.getValue().equals(at)) {
            positions.put(size, at);
        }
        Instruction instruction = Instruction.of(opcode, operand, count);
        instruction.writeTo(code);
        size += 1 + opcode.operand().size();
        height += instruction.pushes() - instruction.pops();
        if (size > CodeLimits.MAX_CODE_BYTES) {
            throw new RefusedSource(
                    at, "the function is too long for the machine", "split it into functions");
        }
        if (height > CodeLimits.MAX_HEIGHT) {
            throw new RefusedSource(
                    at,
                    "more than " + CodeLimits.MAX_HEIGHT + " values at a time in one function",
                    "split it into functions");
        }
        countChoices(at, opcode);
    }

    private void countChoices(Position at, Opcode opcode) {
        choices += opcode == Opcode.IF ? 1 : opcode == Opcode.END ? -1 : 0;
        if (choices > CodeLimits.MAX_NESTING) {
            throw new RefusedSource(
                    at,
                    "more than " + CodeLimits.MAX_NESTING + " choices inside each other",
                    "split the function, or look the case up in a map");
        }
    }

    void push(Position at, Value value) {
        if (value instanceof IntValue integer && integer.isSmall()) {
            emit(at, Opcode.INT, integer.longValue(), 0);
        } else if (value instanceof BoolValue bool) {
            emit(at, bool.value() ? Opcode.TRUE : Opcode.FALSE);
        } else if (value.equals(ListValue.EMPTY)) {
            emit(at, Opcode.NIL);
        } else {
            int index = constants.indexOf(value);
            if (index < 0) {
                index = constants.size();
                constants.add(value);
            }
            if (index >= CodeLimits.MAX_CONSTANTS) {
                throw new RefusedSource(
                        at,
                        "more than " + CodeLimits.MAX_CONSTANTS + " constants in one function",
                        "split it into functions");
            }
            emit(at, Opcode.CONST, index, 0);
        }
    }
}
