package io.wormhole.isa.value;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A signed integer from -2^255 to 2^255 - 1, kept in a {@code long} where it fits. */
public final class IntValue extends Value {
    /** Width in bits, the sign included. */
    public static final int MAX_BITS = 256;

    private static final int CACHED = 1024;
    private static final IntValue[] CACHE = cache();

    private final long small;
    private final @Nullable BigInteger big;

    private IntValue(long small, @Nullable BigInteger big) {
        super(ValueType.INTEGER, big == null ? 1 : 1 + (big.bitLength() >>> 6), 0, true);
        this.small = small;
        this.big = big;
    }

    /** The integer {@code value}. */
    public static IntValue of(long value) {
        return value >= 0 && value < CACHED ? CACHE[(int) value] : new IntValue(value, null);
    }

    /** The integer {@code value}; refuses what has more than 256 bits. */
    public static IntValue of(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            return of(value.longValue());
        }
        if (!fits(value)) {
            throw new ArithmeticException("integer over " + MAX_BITS + " bits");
        }
        return new IntValue(0, value);
    }

    /** Whether {@code value} is in range. */
    public static boolean fits(BigInteger value) {
        return value.bitLength() < MAX_BITS;
    }

    /** Whether the value fits in a {@code long}. */
    public boolean isSmall() {
        return big == null;
    }

    /** The value as a {@code long}; throws {@link ArithmeticException} where it does not fit. */
    public long longValue() {
        if (big != null) {
            throw new ArithmeticException("integer over 64 bits: " + big);
        }
        return small;
    }

    /** The value without limit of size. */
    public BigInteger bigValue() {
        return big == null ? BigInteger.valueOf(small) : big;
    }

    @Override
    int compareSameType(Value other) {
        IntValue that = (IntValue) other;
        return big == null && that.big == null
                ? Long.compare(small, that.small)
                : bigValue().compareTo(that.bigValue());
    }

    @Override
    public int hashCode() {
        return big == null ? Long.hashCode(small) : big.hashCode();
    }

    private static IntValue[] cache() {
        IntValue[] values = new IntValue[CACHED];
        for (int i = 0; i < CACHED; i++) {
            values[i] = new IntValue(i, null);
        }
        return values;
    }
}
