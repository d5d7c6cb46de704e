package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import java.math.BigInteger;
import java.util.Map;

/** Byte strings. */
final class BytesOperations {
    private static final int MAX_WIDTH = 32;

    private BytesOperations() {}

    static void addTo(Map<Opcode, Operation> table) {
        table.put(Opcode.BLEN, (machine, operand) -> machine.push(machine.popBytes().size()));
        table.put(Opcode.BCAT, (machine, operand) -> concatenate(machine));
        table.put(Opcode.BSLICE, (machine, operand) -> slice(machine));
        table.put(Opcode.BAT, (machine, operand) -> at(machine));
        table.put(Opcode.BINT, (machine, operand) -> toInteger(machine));
        table.put(Opcode.BFROM, (machine, operand) -> fromInteger(machine));
        table.put(Opcode.BDEC, (machine, operand) -> decimal(machine));
    }

    /** Charges for {@code bytes} bytes by the rate of {@code opcode}. */
    static void chargeWords(Machine machine, Opcode opcode, long bytes) {
        machine.charge(opcode.cost().rate() * ((bytes + 7) >>> 3));
    }

    private static void concatenate(Machine machine) {
        Bytes right = machine.popBytes();
        Bytes left = machine.popBytes();
        chargeWords(machine, Opcode.BCAT, ((long) left.size() + right.size() + 1) >>> 1);
        machine.push(Value.of(left.concat(right)));
    }

    private static void slice(Machine machine) {
        int to = machine.popIndex();
        int from = machine.popIndex();
        Bytes bytes = machine.popBytes();
        if (from > to || to > bytes.size()) {
            throw Machine.outOfBounds("slice outside " + bytes.size() + " bytes");
        }
        chargeWords(machine, Opcode.BSLICE, (long) to - from);
        machine.push(Value.of(bytes.slice(from, to)));
    }

    private static void at(Machine machine) {
        int index = machine.popIndex();
        Bytes bytes = machine.popBytes();
        if (index >= bytes.size()) {
            throw Machine.outOfBounds("byte outside " + bytes.size() + " bytes");
        }
        machine.push(bytes.at(index) & 0xff);
    }

    private static void toInteger(Machine machine) {
        Bytes bytes = machine.popBytes();
        if (bytes.size() > MAX_WIDTH) {
            throw Machine.outOfBounds("integer of " + bytes.size() + " bytes, allowed 32");
        }
        chargeWords(machine, Opcode.BINT, bytes.size());
        machine.push(IntegerOperations.inRange(new BigInteger(1, bytes.toArray())));
    }

    private static void fromInteger(Machine machine) {
        int width = machine.popIndex();
        IntValue integer = machine.popInteger();
        if (width > MAX_WIDTH) {
            throw Machine.outOfBounds("width over " + MAX_WIDTH);
        }
        chargeWords(machine, Opcode.BFROM, width);
        BigInteger value = integer.bigValue();
        if (value.signum() < 0 || value.bitLength() > 8 * width) {
            throw Stop.trap(
                    TrapReason.OUT_OF_RANGE, value + " does not fit in " + width + " bytes");
        }
        byte[] digits = new byte[width];
        for (int i = width - 1; i >= 0 && value.signum() != 0; i--) {
            digits[i] = value.byteValue();
            value = value.shiftRight(8);
        }
        machine.push(Value.of(Bytes.of(digits)));
    }

    private static void decimal(Machine machine) {
        IntValue integer = machine.popInteger();
        machine.charge(Opcode.BDEC.cost().rate() * (integer.cells() - 1));
        machine.push(Value.text(integer.bigValue().toString()));
    }
}
