package io.wormhole.isa.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RangeTest {
    private static final int CASES = 20_000;
    private static final List<Opcode> MAY_OVERFLOW =
            List.of(Opcode.ADD, Opcode.SUB, Opcode.MUL, Opcode.SHL, Opcode.SHR);
    private static final List<Opcode> COMPARISONS =
            List.of(Opcode.EQ, Opcode.NE, Opcode.LT, Opcode.LE, Opcode.GT, Opcode.GE);

    private final Arbitrary any = Arbitrary.forTest("RangeTest", 7);

    @Test
    void resultLiesInTheRangeOfTheResult() {
        for (int i = 0; i < CASES; i++) {
            Range left = range();
            Range right = range();
            long x = within(left);
            long y = within(right);
            if (y != 0 && (x != Long.MIN_VALUE || y != -1)) {
                requireIn(left.quotient(right), x / y);
                requireIn(left.quotient(right), Math.floorDiv(x, y));
                requireIn(left.remainder(right), x % y);
                requireIn(left.modulus(right), Math.floorMod(x, y));
            }
            requireIn(left.bits(Opcode.AND_BITS, right), x & y);
            requireIn(left.bits(Opcode.OR_BITS, right), x | y);
            requireIn(left.bits(Opcode.XOR_BITS, right), x ^ y);
            requireIn(left.join(right), x);
            requireIn(left.join(right), y);
        }
    }

    @Test
    void whereARangeIsGivenNothingOverflows() {
        for (int i = 0; i < CASES; i++) {
            Range left = range();
            Opcode opcode = any.oneOf(MAY_OVERFLOW);
            boolean shifts = opcode == Opcode.SHL || opcode == Opcode.SHR;
            Range right = shifts ? shift() : range();
            Optional<Range> result = left.combined(opcode, right);
            if (result.isPresent()) {
                BigInteger exact = exact(opcode, within(left), within(right));
                assertThat(exact.bitLength()).isLessThan(Long.SIZE);
                requireIn(result.get(), exact.longValue());
            }
        }
    }

    @Test
    void comparisonThatHoldsNeverExcludesWhatWasCompared() {
        for (int i = 0; i < CASES; i++) {
            Range left = range();
            Range right = any.oneIn(3) ? Range.of(within(left)) : range();
            long x = within(left);
            long y = within(right);
            for (Opcode comparison : COMPARISONS) {
                Opcode truth = holds(comparison, x, y) ? comparison : Range.negated(comparison);
                requireIn(left.given(truth, right), x);
                requireIn(right.given(Range.mirrored(truth), left), y);
            }
        }
    }

    private static boolean holds(Opcode comparison, long x, long y) {
        return switch (comparison) {
            case EQ -> x == y;
            case NE -> x != y;
            case LT -> x < y;
            case LE -> x <= y;
            case GT -> x > y;
            default -> x >= y;
        };
    }

    private static BigInteger exact(Opcode opcode, long x, long y) {
        BigInteger left = BigInteger.valueOf(x);
        BigInteger right = BigInteger.valueOf(y);
        return switch (opcode) {
            case ADD -> left.add(right);
            case SUB -> left.subtract(right);
            case MUL -> left.multiply(right);
            case SHL -> left.shiftLeft((int) y);
            default -> left.shiftRight((int) y);
        };
    }

    private static void requireIn(Range range, long number) {
        assertThat(number).as("%s", range).isBetween(range.low(), range.high());
    }

    private Range shift() {
        int low = any.below(70) - 3;
        return new Range(low, low + any.below(5));
    }

    private Range range() {
        long one = number();
        long other = any.oneIn(4) ? one : number();
        return new Range(Math.min(one, other), Math.max(one, other));
    }

    private long number() {
        return switch (any.below(4)) {
            case 0 -> any.below(20) - 10;
            case 1 -> Long.MIN_VALUE + any.below(3);
            case 2 -> Long.MAX_VALUE - any.below(3);
            default -> any.random().nextLong() >> any.below(64);
        };
    }

    private long within(Range range) {
        return switch (any.below(3)) {
            case 0 -> range.low();
            case 1 -> range.high();
            default -> {
                long width = range.high() - range.low();
                yield width <= 0
                        ? range.low()
                        : range.low() + Math.floorMod(any.random().nextLong(), width);
            }
        };
    }
}
