package io.wormhole.oracle.feed;

import java.math.BigDecimal;
import java.math.MathContext;

/** An exact quotient. */
public record Fraction(BigDecimal numerator, long denominator) {
    /** Refuses a denominator that is not above zero. */
    public Fraction {
        if (denominator <= 0) {
            throw new IllegalArgumentException("denominator " + denominator);
        }
    }

    /** A number as it is. */
    static Fraction of(BigDecimal number) {
        return new Fraction(number, 1);
    }

    /** Below, at or above zero as this is less than, equal to or more than {@code other}. */
    public int compareTo(BigDecimal other) {
        return numerator.compareTo(other.multiply(BigDecimal.valueOf(denominator)));
    }

    /** For people: 16 digits. */
    @Override
    public String toString() {
        return numerator
                .divide(BigDecimal.valueOf(denominator), MathContext.DECIMAL64)
                .toPlainString();
    }
}
