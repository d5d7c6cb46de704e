package io.wormhole.settlement.consensus;

import java.math.BigInteger;

/**
 * The retarget rule aserti3-2d: the target depends only on the anchor block and on how far the
 * chain is ahead of or behind its schedule, so it neither oscillates nor depends on the path. All
 * times are in one unit of the caller's choice.
 *
 * @param anchorHeight height of the anchor block
 * @param anchorParentTime time of the anchor's parent
 * @param anchorBits compact target of the anchor block
 * @param spacing wanted time between blocks, above 0
 * @param halfLife time behind schedule after which the target doubles, above 0
 * @param limitBits compact form of the easiest target allowed
 */
public record Asert(
        long anchorHeight,
        long anchorParentTime,
        int anchorBits,
        long spacing,
        long halfLife,
        int limitBits) {
    // A shift by more than this reaches the limit or 1 from any target of 256 bits.
    private static final int MAX_SHIFT = 512;
    private static final int FRACTION_BITS = 16;
    private static final BigInteger CUBIC = BigInteger.valueOf(5127);
    private static final BigInteger SQUARE = BigInteger.valueOf(971_821_376L);
    private static final BigInteger LINEAR = BigInteger.valueOf(195_766_423_245_049L);
    private static final BigInteger ROUNDING = BigInteger.ONE.shiftLeft(47);

    /** Checks that the anchor and the limit are targets and that the times are positive. */
    public Asert {
        if (spacing <= 0 || halfLife <= 0) {
            throw new IllegalArgumentException(
                    "block spacing " + spacing + ", half-life " + halfLife + "; allowed: above 0");
        }
        if (CompactTarget.decode(anchorBits).compareTo(CompactTarget.decode(limitBits)) > 0) {
            throw new IllegalArgumentException("the anchor's target is easier than the limit");
        }
    }

    /** Returns the compact target of the block that follows the block of this height and time. */
    public int nextBits(long height, long time) {
        BigInteger exponent = exponent(height, time);
        BigInteger shift = exponent.shiftRight(FRACTION_BITS);
        CompactTarget limit = CompactTarget.decode(limitBits);
        if (shift.compareTo(BigInteger.valueOf(MAX_SHIFT)) > 0) {
            return limit.bits();
        }
        if (shift.compareTo(BigInteger.valueOf(-MAX_SHIFT)) < 0) {
            return new CompactTarget(BigInteger.ONE).bits();
        }
        BigInteger fraction = exponent.subtract(shift.shiftLeft(FRACTION_BITS));
        BigInteger next =
                CompactTarget.decode(anchorBits)
                        .value()
                        .multiply(factor(fraction))
                        .shiftLeft(shift.intValue() - FRACTION_BITS);
        return new CompactTarget(next.max(BigInteger.ONE).min(limit.value())).bits();
    }

    /** Behind schedule in half-lives, with 16 fraction bits, cut towards zero. */
    private BigInteger exponent(long height, long time) {
        BigInteger elapsed =
                BigInteger.valueOf(time).subtract(BigInteger.valueOf(anchorParentTime));
        BigInteger blocks =
                BigInteger.valueOf(height)
                        .subtract(BigInteger.valueOf(anchorHeight))
                        .add(BigInteger.ONE);
        BigInteger scheduled = BigInteger.valueOf(spacing).multiply(blocks);
        return elapsed.subtract(scheduled)
                .shiftLeft(FRACTION_BITS)
                .divide(BigInteger.valueOf(halfLife));
    }

    /** A cubic approximation of 2^16 * 2^(fraction / 2^16). */
    private static BigInteger factor(BigInteger fraction) {
        BigInteger sum =
                CUBIC.multiply(fraction)
                        .add(SQUARE)
                        .multiply(fraction)
                        .add(LINEAR)
                        .multiply(fraction)
                        .add(ROUNDING);
        return sum.shiftRight(48).add(BigInteger.ONE.shiftLeft(FRACTION_BITS));
    }
}
