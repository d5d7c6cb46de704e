package io.wormhole.isa.value;

/**
 * A binary64 number with a single NaN. In the order of values, and so for equality, -0.0 is less
 * than 0.0 and NaN is the greatest; the machine's real comparisons follow IEEE 754 instead.
 */
public final class RealValue extends Value {
    private final double value;

    RealValue(double value) {
        super(ValueType.REAL, 1, 0, true);
        this.value = Double.isNaN(value) ? Double.NaN : value;
    }

    /** The number. */
    public double value() {
        return value;
    }

    /** The 64 bits; NaN has always the same. */
    public long bits() {
        return Double.doubleToLongBits(value);
    }

    @Override
    int compareSameType(Value other) {
        return Double.compare(value, ((RealValue) other).value);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value);
    }
}
