package io.wormhole.isa.pkg;

import java.math.BigDecimal;

/** From {@code minimum} to {@code maximum}, both included, in a unit. */
public record MeasureRange(BigDecimal minimum, BigDecimal maximum, MeasureUnit unit) {
    /** Refuses a minimum above the maximum; 1.0 and 1 are the same. */
    public MeasureRange {
        minimum = minimum.stripTrailingZeros();
        maximum = maximum.stripTrailingZeros();
        if (minimum.compareTo(maximum) > 0) {
            throw new IllegalArgumentException(
                    "minimum "
                            + minimum.toPlainString()
                            + " over maximum "
                            + maximum.toPlainString());
        }
    }

    /** A range of decimal numbers, e.g. {@code of("0", "210.5", MeasureUnit.MM)}. */
    public static MeasureRange of(String minimum, String maximum, MeasureUnit unit) {
        return new MeasureRange(new BigDecimal(minimum), new BigDecimal(maximum), unit);
    }

    /** Whether both measure the same kind of thing. */
    public boolean isComparableTo(MeasureRange other) {
        return unit.dimension() == other.unit.dimension();
    }

    /** Whether all of {@code other} is inside; units are converted. */
    public boolean contains(MeasureRange other) {
        return isComparableTo(other)
                && low().compareTo(other.low()) <= 0
                && other.high().compareTo(high()) <= 0;
    }

    /** Whether some value is in both; units are converted. */
    public boolean overlaps(MeasureRange other) {
        return isComparableTo(other)
                && low().compareTo(other.high()) <= 0
                && other.low().compareTo(high()) <= 0;
    }

    /** Whether {@code value}, in this range's unit, is inside. */
    public boolean contains(BigDecimal value) {
        return minimum.compareTo(value) <= 0 && value.compareTo(maximum) <= 0;
    }

    private BigDecimal low() {
        return unit.toBase(minimum);
    }

    private BigDecimal high() {
        return unit.toBase(maximum);
    }

    /** E.g. {@code 0 to 210 mm}. */
    @Override
    public String toString() {
        return minimum.toPlainString() + " to " + maximum.toPlainString() + " " + unit.symbol();
    }
}
