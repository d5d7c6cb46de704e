package io.wormhole.protocol.ledger;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import java.math.BigDecimal;
import java.util.Collection;

/** Money in base units, never negative; 1 DSD = 10^9 base units. Arithmetic refuses overflow. */
public record Amount(long baseUnits) implements Canonical, Comparable<Amount> {
    /** Decimal places of one DSD. */
    public static final int DECIMALS = 9;

    /** No money. */
    public static final Amount ZERO = new Amount(0);

    /** Refuses amounts below zero. */
    public Amount {
        if (baseUnits < 0) {
            throw new IllegalArgumentException("amount below zero: " + baseUnits);
        }
    }

    /** Shorthand for the constructor. */
    public static Amount of(long baseUnits) {
        return new Amount(baseUnits);
    }

    /**
     * Parses DSD with up to nine decimals, e.g. {@code 12.5}; refuses signs, exponents and excess.
     */
    public static Amount parse(String dsd) {
        if (!dsd.matches("[0-9]{1,10}(\\.[0-9]{1,9})?")) {
            throw new IllegalArgumentException(
                    "not an amount of DSD (at most 10 digits, and 9 decimals): " + dsd);
        }
        try {
            return new Amount(new BigDecimal(dsd).movePointRight(DECIMALS).longValueExact());
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("amount too large: " + dsd);
        }
    }

    /** Reads eight bytes; a negative value is malformed. */
    public static Amount readFrom(CanonicalReader in) {
        return new Amount(in.readLong());
    }

    /** The sum of all; zero for none. */
    public static Amount sum(Collection<Amount> amounts) {
        return amounts.stream().reduce(ZERO, Amount::plus);
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(baseUnits);
    }

    /** The sum; throws {@link ArithmeticException} on overflow. */
    public Amount plus(Amount other) {
        return new Amount(Math.addExact(baseUnits, other.baseUnits));
    }

    /** The difference; throws {@link ArithmeticException} when {@code other} is larger. */
    public Amount minus(Amount other) {
        if (other.baseUnits > baseUnits) {
            throw new ArithmeticException(baseUnits + " - " + other.baseUnits + " is below zero");
        }
        return new Amount(baseUnits - other.baseUnits);
    }

    /** The product; throws {@link ArithmeticException} on overflow or a negative factor. */
    public Amount times(long factor) {
        if (factor < 0) {
            throw new ArithmeticException("factor below zero: " + factor);
        }
        return new Amount(Math.multiplyExact(baseUnits, factor));
    }

    /** Whether this is at least {@code other}. */
    public boolean covers(Amount other) {
        return baseUnits >= other.baseUnits;
    }

    /** Whether this is no money. */
    public boolean isZero() {
        return baseUnits == 0;
    }

    /** The smaller of both. */
    public Amount min(Amount other) {
        return baseUnits <= other.baseUnits ? this : other;
    }

    @Override
    public int compareTo(Amount other) {
        return Long.compare(baseUnits, other.baseUnits);
    }

    /** DSD without trailing zeros, e.g. {@code 12.5}. */
    @Override
    public String toString() {
        BigDecimal dsd = BigDecimal.valueOf(baseUnits, DECIMALS).stripTrailingZeros();
        return dsd.toPlainString();
    }
}
