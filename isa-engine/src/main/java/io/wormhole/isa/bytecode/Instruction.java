package io.wormhole.isa.bytecode;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One instruction as read from code: {@code operand} is an integer, constant, slot, field or
 * function index; {@code count} how many values it concerns, where its operand says so.
 */
public record Instruction(int offset, Opcode opcode, long operand, int count) {
    /** An instruction to be written; its offset does not matter. */
    public static Instruction of(Opcode opcode, long operand, int count) {
        return new Instruction(0, opcode, operand, count);
    }

    /** How many values it takes. */
    public int pops() {
        return opcode.pops().total(count);
    }

    /** How many values it puts. */
    public int pushes() {
        return opcode.pushes().total(count);
    }

    /**
     * The instructions of {@code code}.
     *
     * @throws io.wormhole.protocol.bytes.MalformedBytesException on an unknown opcode or a cut
     *     operand
     */
    public static List<Instruction> readAll(Bytes code) {
        CanonicalReader in = CanonicalReader.of(code);
        List<Instruction> instructions = new ArrayList<>();
        while (in.remaining() > 0) {
            int offset = code.size() - in.remaining();
            int value = in.readU8();
            Optional<Opcode> opcode = Opcode.ofCode(value);
            if (opcode.isEmpty()) {
                throw in.fault("no instruction has code " + value);
            }
            instructions.add(read(in, offset, opcode.get()));
        }
        return instructions;
    }

    private static Instruction read(CanonicalReader in, int offset, Opcode opcode) {
        return switch (opcode.operand()) {
            case INTEGER -> new Instruction(offset, opcode, in.readLong(), 0);
            case CONSTANT -> new Instruction(offset, opcode, readU16(in), 0);
            case SLOT, FIELD -> new Instruction(offset, opcode, in.readU8(), 0);
            case COUNT -> new Instruction(offset, opcode, 0, in.readU8());
            case FUNCTION -> new Instruction(offset, opcode, readU16(in), in.readU8());
            default -> new Instruction(offset, opcode, 0, 0);
        };
    }

    /** Appends opcode and operand. */
    public void writeTo(CanonicalWriter out) {
        out.writeU8(opcode.code());
        switch (opcode.operand()) {
            case INTEGER -> out.writeLong(operand);
            case CONSTANT -> writeU16(out, operand);
            case SLOT, FIELD -> out.writeU8((int) operand);
            case COUNT -> out.writeU8(count);
            case FUNCTION -> {
                writeU16(out, operand);
                out.writeU8(count);
            }
            default -> {}
        }
    }

    private static int readU16(CanonicalReader in) {
        return in.readU8() << 8 | in.readU8();
    }

    private static void writeU16(CanonicalWriter out, long value) {
        out.writeU8((int) (value >>> 8)).writeU8((int) (value & 0xff));
    }
}
