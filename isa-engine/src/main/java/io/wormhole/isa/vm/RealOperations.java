package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Arithmetic on reals. Only what Java defines to the last bit: IEEE 754 operations, and the
 * functions of {@link StrictMath}, which are those of fdlibm.
 */
final class RealOperations {
    private RealOperations() {}

    static void addTo(Map<Opcode, Operation> table) {
        binary(table, Opcode.RADD, (a, b) -> a + b);
        binary(table, Opcode.RSUB, (a, b) -> a - b);
        binary(table, Opcode.RMUL, (a, b) -> a * b);
        binary(table, Opcode.RDIV, (a, b) -> a / b);
        binary(table, Opcode.RPOW, StrictMath::pow);
        unary(table, Opcode.RNEG, a -> -a);
        unary(table, Opcode.RABS, Math::abs);
        unary(table, Opcode.RSQRT, StrictMath::sqrt);
        unary(table, Opcode.RFLOOR, StrictMath::floor);
        unary(table, Opcode.RCEIL, StrictMath::ceil);
        unary(table, Opcode.REXP, StrictMath::exp);
        unary(table, Opcode.RLN, StrictMath::log);
        unary(table, Opcode.RSIN, StrictMath::sin);
        unary(table, Opcode.RCOS, StrictMath::cos);
        compare(table, Opcode.REQ, (a, b) -> a == b);
        compare(table, Opcode.RLT, (a, b) -> a < b);
        compare(table, Opcode.RLE, (a, b) -> a <= b);
        table.put(Opcode.RFROM, (machine, operand) -> fromInteger(machine));
        table.put(Opcode.RTRUNC, (machine, operand) -> toInteger(machine));
    }

    private interface Comparison {
        boolean holds(double left, double right);
    }

    private static void binary(
            Map<Opcode, Operation> table, Opcode opcode, DoubleBinaryOperator function) {
        table.put(
                opcode,
                (machine, operand) -> {
                    double right = machine.popReal();
                    double left = machine.popReal();
                    machine.push(Value.real(function.applyAsDouble(left, right)));
                });
    }

    private static void unary(
            Map<Opcode, Operation> table, Opcode opcode, DoubleUnaryOperator function) {
        table.put(
                opcode,
                (machine, operand) ->
                        machine.push(Value.real(function.applyAsDouble(machine.popReal()))));
    }

    private static void compare(Map<Opcode, Operation> table, Opcode opcode, Comparison holds) {
        table.put(
                opcode,
                (machine, operand) -> {
                    double right = machine.popReal();
                    double left = machine.popReal();
                    machine.push(holds.holds(left, right));
                });
    }

    private static void fromInteger(Machine machine) {
        IntValue integer = machine.popInteger();
        machine.charge(Opcode.RFROM.cost().rate() * (integer.cells() - 1));
        machine.push(
                Value.real(
                        integer.isSmall()
                                ? (double) integer.longValue()
                                : integer.bigValue().doubleValue()));
    }

    private static void toInteger(Machine machine) {
        double real = machine.popReal();
        if (!Double.isFinite(real) || Math.abs(real) >= 0x1p255) {
            throw Stop.trap(TrapReason.OUT_OF_RANGE, "no integer of 256 bits: " + real);
        }
        machine.push(
                Math.abs(real) < 0x1p62
                        ? IntValue.of((long) real)
                        : IntegerOperations.inRange(new BigDecimal(real).toBigInteger()));
    }
}
