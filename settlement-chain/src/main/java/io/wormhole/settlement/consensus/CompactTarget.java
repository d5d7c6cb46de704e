package io.wormhole.settlement.consensus;

import java.math.BigInteger;

/**
 * A proof-of-work target: the hash of a proof, read as big-endian number, must be below it.
 *
 * <p>Its 32-bit compact form has one byte of exponent x and three of significand s, and stands for
 * s * 256^(x-3).
 *
 * @param value 1 to 2^256 - 1
 */
public record CompactTarget(BigInteger value) implements Comparable<CompactTarget> {
    /** The compact form of the easiest target that networks use. */
    public static final int EASIEST_BITS = 0x2100ffff;

    private static final int HASH_BYTES = 32;
    private static final BigInteger SPACE = BigInteger.ONE.shiftLeft(8 * HASH_BYTES);

    /** Checks the range. */
    public CompactTarget {
        if (value.signum() <= 0 || value.compareTo(SPACE) >= 0) {
            throw new IllegalArgumentException(
                    "target " + value.toString(16) + "; allowed: 1 to 2^256 - 1");
        }
    }

    /** Reads the compact form; refuses a sign bit, zero, and anything beyond 256 bits. */
    public static CompactTarget decode(int bits) {
        int exponent = bits >>> 24;
        int significand = bits & 0x7fffff;
        if ((bits & 0x800000) != 0 || significand == 0 || exponent > HASH_BYTES + 2) {
            throw notATarget(bits);
        }
        BigInteger value = BigInteger.valueOf(significand);
        BigInteger target =
                exponent >= 3
                        ? value.shiftLeft(8 * (exponent - 3))
                        : value.shiftRight(8 * (3 - exponent));
        if (target.signum() == 0 || target.compareTo(SPACE) >= 0) {
            throw notATarget(bits);
        }
        return new CompactTarget(target);
    }

    private static IllegalArgumentException notATarget(int bits) {
        return new IllegalArgumentException(
                String.format("compact target 0x%08x; allowed: positive, at most 256 bits", bits));
    }

    /** Returns the compact form, which keeps the highest 15 to 23 bits and drops the rest. */
    public int bits() {
        int exponent = (value.bitLength() + 7) / 8;
        int significand =
                exponent <= 3
                        ? value.intValue() << (8 * (3 - exponent))
                        : value.shiftRight(8 * (exponent - 3)).intValue();
        // The highest bit of the significand is a sign in the compact form, so such a value moves
        // up by one byte.
        if ((significand & 0x800000) != 0) {
            significand >>>= 8;
            exponent++;
        }
        return (exponent << 24) | significand;
    }

    /** Returns the target without the bits that the compact form drops. */
    public CompactTarget rounded() {
        return decode(bits());
    }

    /** Returns whether a 32-byte hash is below the target. */
    public boolean isMetBy(byte[] hash) {
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException(
                    "hash has " + hash.length + " bytes; allowed: " + HASH_BYTES);
        }
        return new BigInteger(1, hash).compareTo(value) < 0;
    }

    /**
     * Returns the expected number of proofs that have to be tried to meet the target: 2^256 /
     * (target + 1).
     */
    public BigInteger work() {
        return SPACE.divide(value.add(BigInteger.ONE));
    }

    @Override
    public int compareTo(CompactTarget other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return String.format("0x%08x", bits());
    }
}
