package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.value.IntValue;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/** Arithmetic on integers of up to 256 bits. */
final class IntegerOperations {
    private static final int MAX_SHIFT = 255;

    private IntegerOperations() {}

    static void addTo(Map<Opcode, Operation> table) {
        binary(table, Opcode.ADD, BigInteger::add);
        binary(table, Opcode.SUB, BigInteger::subtract);
        binary(table, Opcode.MUL, BigInteger::multiply);
        binary(table, Opcode.DIV, (a, b) -> a.divide(divisor(b)));
        binary(table, Opcode.REM, (a, b) -> a.remainder(divisor(b)));
        quick(table, Opcode.FDIV, 1, Math::floorDiv, IntegerOperations::floorDivide);
        quick(table, Opcode.FMOD, 1, Math::floorMod, IntegerOperations::floorModulo);
        quick(table, Opcode.AND_BITS, Long.MIN_VALUE, (a, b) -> a & b, BigInteger::and);
        quick(table, Opcode.OR_BITS, Long.MIN_VALUE, (a, b) -> a | b, BigInteger::or);
        quick(table, Opcode.XOR_BITS, Long.MIN_VALUE, (a, b) -> a ^ b, BigInteger::xor);
        binary(table, Opcode.SHL, (a, b) -> a.shiftLeft(shift(b)));
        binary(table, Opcode.SHR, (a, b) -> a.shiftRight(shift(b)));
        unary(table, Opcode.NEG, a -> -a, BigInteger::negate);
        unary(table, Opcode.ABS, Math::abs, BigInteger::abs);
        table.put(Opcode.POW, (machine, operand) -> power(machine));
    }

    private static void binary(
            Map<Opcode, Operation> table, Opcode opcode, BinaryOperator<BigInteger> function) {
        table.put(
                opcode,
                (machine, operand) -> {
                    IntValue right = machine.popInteger();
                    IntValue left = machine.popInteger();
                    apply(machine, opcode, left, right, function);
                });
    }

    /** With a short cut for 64 bits where the right operand is at least {@code leastRight}. */
    private static void quick(
            Map<Opcode, Operation> table,
            Opcode opcode,
            long leastRight,
            LongBinaryOperator small,
            BinaryOperator<BigInteger> function) {
        table.put(
                opcode,
                (machine, operand) -> {
                    IntValue right = machine.popInteger();
                    IntValue left = machine.popInteger();
                    if (left.isSmall() && right.isSmall() && right.longValue() >= leastRight) {
                        machine.push(small.applyAsLong(left.longValue(), right.longValue()));
                    } else {
                        apply(machine, opcode, left, right, function);
                    }
                });
    }

    private static void apply(
            Machine machine,
            Opcode opcode,
            IntValue left,
            IntValue right,
            BinaryOperator<BigInteger> function) {
        machine.charge(opcode.cost().rate() * (left.cells() + right.cells() - 2));
        machine.push(inRange(function.apply(left.bigValue(), right.bigValue())));
    }

    private static void unary(
            Map<Opcode, Operation> table,
            Opcode opcode,
            LongUnaryOperator small,
            UnaryOperator<BigInteger> function) {
        int rate = opcode.cost().rate();
        table.put(
                opcode,
                (machine, operand) -> {
                    IntValue value = machine.popInteger();
                    // The least long has no opposite among longs.
                    if (value.isSmall() && value.longValue() != Long.MIN_VALUE) {
                        machine.push(small.applyAsLong(value.longValue()));
                        return;
                    }
                    machine.charge(rate * (value.cells() - 1));
                    machine.push(inRange(function.apply(value.bigValue())));
                });
    }

    static IntValue inRange(BigInteger value) {
        if (!IntValue.fits(value)) {
            throw Stop.trap(TrapReason.OUT_OF_RANGE, "integer over 256 bits");
        }
        return IntValue.of(value);
    }

    private static BigInteger divisor(BigInteger value) {
        if (value.signum() == 0) {
            throw Stop.trap(TrapReason.DIVISION_BY_ZERO, "division by zero");
        }
        return value;
    }

    private static BigInteger floorDivide(BigInteger dividend, BigInteger divisor) {
        BigInteger[] parts = dividend.divideAndRemainder(divisor(divisor));
        boolean below = parts[1].signum() != 0 && parts[1].signum() != divisor.signum();
        return below ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static BigInteger floorModulo(BigInteger dividend, BigInteger divisor) {
        BigInteger remainder = dividend.remainder(divisor(divisor));
        boolean below = remainder.signum() != 0 && remainder.signum() != divisor.signum();
        return below ? remainder.add(divisor) : remainder;
    }

    private static int shift(BigInteger count) {
        if (count.signum() < 0 || count.bitLength() > 8) {
            throw Machine.outOfBounds("a shift goes from 0 to " + MAX_SHIFT);
        }
        return count.intValueExact();
    }

    /** Square and multiply; every step is in range, so none is large. */
    private static void power(Machine machine) {
        BigInteger exponent = machine.popInteger().bigValue();
        IntValue base = machine.popInteger();
        if (exponent.signum() < 0) {
            throw Stop.trap(TrapReason.OUT_OF_RANGE, "exponent below zero");
        }
        machine.charge(base.cells() * exponent.bitLength() * Opcode.POW.cost().rate());
        machine.push(powerOf(base.bigValue(), exponent));
    }

    private static IntValue powerOf(BigInteger base, BigInteger exponent) {
        boolean trivial = base.abs().compareTo(BigInteger.ONE) <= 0;
        if (trivial) {
            boolean keepsBase =
                    exponent.signum() > 0 && (base.signum() >= 0 || exponent.testBit(0));
            return IntValue.of(keepsBase ? base : BigInteger.ONE);
        }
        // |base| is 2 at least: an exponent of 256 or more leaves the range.
        if (exponent.bitLength() > 8) {
            throw Stop.trap(TrapReason.OUT_OF_RANGE, "integer over 256 bits");
        }
        if ((base.bitLength() - 1L) * exponent.intValueExact() > IntValue.MAX_BITS) {
            throw Stop.trap(TrapReason.OUT_OF_RANGE, "integer over 256 bits");
        }
        return inRange(base.pow(exponent.intValueExact()));
    }
}
