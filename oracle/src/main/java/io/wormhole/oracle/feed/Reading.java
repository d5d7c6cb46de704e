package io.wormhole.oracle.feed;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One value from one source.
 *
 * @param source the feed's name
 * @param at when it was read, or measured where the source says so
 * @param value a number, a truth value or a text, as the source wrote it
 */
public record Reading(String source, Instant at, String value) {
    /** Longest value in characters. */
    public static final int MAXIMUM_LENGTH = 1000;

    private static final int MAXIMUM_DIGITS = 60;

    /** Refuses values that are too long to be one. */
    public Reading {
        if (value.length() > MAXIMUM_LENGTH) {
            throw FeedFault.lasting(
                    source,
                    "a value of %d characters; allowed: %d"
                            .formatted(value.length(), MAXIMUM_LENGTH));
        }
    }

    /** The value as a number; empty when it is none, or one beyond all measure. */
    public Optional<BigDecimal> number() {
        if (value.isEmpty() || value.length() > MAXIMUM_DIGITS) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(value.strip());
            boolean isModest = Math.abs((long) number.scale()) <= MAXIMUM_DIGITS;
            return isModest ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
