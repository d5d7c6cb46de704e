package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Between which bounds, both included, a number is known to lie. What is computed of such numbers
 * lies in a range too, or may need more than 64 bits.
 */
record Range(long low, long high) {
    /** Nothing is known. */
    static final Range ALL = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    /** Zero and everything above. */
    private static final Range NATURAL = new Range(0, Long.MAX_VALUE);

    /** This number alone. */
    static Range of(long number) {
        return new Range(number, number);
    }

    /** Everything below 2 to the power of {@code bits}, and no less than its opposite. */
    static Range within(int bits) {
        return new Range(-1L << bits, (1L << bits) - 1);
    }

    /** Zero and everything above it below 2 to the power of {@code bits}. */
    static Range natural(int bits) {
        return new Range(0, (1L << bits) - 1);
    }

    boolean includes(Range other) {
        return low <= other.low && other.high <= high;
    }

    /** What holds both. */
    Range join(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    /** Of two lists, each with each. */
    static List<Range> joined(List<Range> ranges, List<Range> others) {
        return IntStream.range(0, ranges.size())
                .mapToObj(i -> ranges.get(i).join(others.get(i)))
                .toList();
    }

    /** What both hold; this one where that is nothing. */
    Range meet(long least, long most) {
        Range met = new Range(Math.max(low, least), Math.min(high, most));
        return met.low <= met.high ? met : this;
    }

    /** The range of the result, or none where it may not fit in 64 bits, or be no result. */
    Optional<Range> combined(Opcode opcode, Range right) {
        try {
            return Optional.of(
                    switch (opcode) {
                        case ADD ->
                                new Range(
                                        Math.addExact(low, right.low),
                                        Math.addExact(high, right.high));
                        case SUB ->
                                new Range(
                                        Math.subtractExact(low, right.high),
                                        Math.subtractExact(high, right.low));
                        case MUL -> product(right);
                        case SHL -> product(right.power());
                        case SHR -> shrunk(right.power());
                        case DIV, FDIV -> quotient(right);
                        case REM -> remainder(right);
                        case FMOD -> modulus(right);
                        default -> bits(opcode, right);
                    });
        } catch (ArithmeticException mayOverflow) {
            return Optional.empty();
        }
    }

    /** Of a shift, what it multiplies or divides by; only where that is a power within a long. */
    private Range power() {
        if (low < 0 || high > Long.SIZE - 2) {
            throw new ArithmeticException("no power of two");
        }
        return new Range(1L << low, 1L << high);
    }

    private Range shrunk(Range divisor) {
        return new Range(low < 0 ? low : low / divisor.high, high < 0 ? -1 : high / divisor.low);
    }

    private Range product(Range right) {
        Range first =
                ordered(Math.multiplyExact(low, right.low), Math.multiplyExact(low, right.high));
        Range second =
                ordered(Math.multiplyExact(high, right.low), Math.multiplyExact(high, right.high));
        return first.join(second);
    }

    private static Range ordered(long one, long other) {
        return new Range(Math.min(one, other), Math.max(one, other));
    }

    /** The range of a quotient, rounded either way: no divisor makes it larger. */
    Range quotient(Range divisor) {
        if (low == Long.MIN_VALUE) {
            return ALL;
        }
        return isNatural() && divisor.isNatural() ? new Range(0, high) : symmetric(largest());
    }

    /** The range of what division towards zero leaves. */
    Range remainder(Range divisor) {
        if (divisor.low == Long.MIN_VALUE) {
            return isNatural() ? NATURAL : ALL;
        }
        Range left = symmetric(Math.max(0, divisor.largest() - 1));
        return isNatural() ? left.meet(0, Long.MAX_VALUE) : left;
    }

    /** The range of what division towards minus infinity leaves: it has the divisor's sign. */
    Range modulus(Range divisor) {
        return divisor.low > 0 ? new Range(0, divisor.high - 1) : ALL;
    }

    /** The range of a bitwise operation. */
    Range bits(Opcode opcode, Range right) {
        if (opcode == Opcode.AND_BITS) {
            return common(right);
        }
        if (!isNatural() || !right.isNatural()) {
            return ALL;
        }
        return new Range(0, allOnes(Math.max(high, right.high)));
    }

    /** The range of what two numbers have in common; a natural one has no more than its own. */
    private Range common(Range right) {
        if (!isNatural() && !right.isNatural()) {
            return ALL;
        }
        long most =
                Math.min(
                        isNatural() ? high : Long.MAX_VALUE,
                        right.isNatural() ? right.high : Long.MAX_VALUE);
        return new Range(0, most);
    }

    /** The least number of ones alone, in binary, that is not below {@code natural}. */
    private static long allOnes(long natural) {
        return natural == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(natural);
    }

    /** Whether nothing in it is below zero. */
    boolean isNatural() {
        return low >= 0;
    }

    /** Whether all in it fits in 32 bits, and so does its opposite. */
    boolean isNarrow() {
        return low > Integer.MIN_VALUE && high <= Integer.MAX_VALUE;
    }

    /** The largest magnitude; only where the least long is not in range. */
    private long largest() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    private static Range symmetric(long largest) {
        return new Range(-largest, largest);
    }

    /** What is left of this one when it compares so with {@code right}. */
    Range given(Opcode comparison, Range right) {
        return switch (comparison) {
            case EQ -> meet(right.low, right.high);
            case NE -> without(right);
            case LT -> right.high == Long.MIN_VALUE ? this : meet(Long.MIN_VALUE, right.high - 1);
            case LE -> meet(Long.MIN_VALUE, right.high);
            case GT -> right.low == Long.MAX_VALUE ? this : meet(right.low + 1, Long.MAX_VALUE);
            default -> meet(right.low, Long.MAX_VALUE);
        };
    }

    private Range without(Range right) {
        if (right.low != right.high || low == high) {
            return this;
        }
        return new Range(low == right.low ? low + 1 : low, high == right.low ? high - 1 : high);
    }

    /** The comparison that holds where {@code comparison} does not. */
    static Opcode negated(Opcode comparison) {
        return switch (comparison) {
            case EQ -> Opcode.NE;
            case NE -> Opcode.EQ;
            case LT -> Opcode.GE;
            case LE -> Opcode.GT;
            case GT -> Opcode.LE;
            default -> Opcode.LT;
        };
    }

    /** The comparison that holds when both sides are exchanged. */
    static Opcode mirrored(Opcode comparison) {
        return switch (comparison) {
            case LT -> Opcode.GT;
            case LE -> Opcode.GE;
            case GT -> Opcode.LT;
            case GE -> Opcode.LE;
            default -> comparison;
        };
    }
}
