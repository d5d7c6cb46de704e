package io.wormhole.channel.stream;

import io.wormhole.protocol.ledger.Amount;

/**
 * What a stream costs.
 *
 * @param pricePerUnit for each unit, at least one base unit
 * @param unitsPerSecond how fast units may come at most
 * @param exposureLimit most that is delivered and not paid; covers at least one unit
 */
public record StreamTerms(Amount pricePerUnit, long unitsPerSecond, Amount exposureLimit) {
    private static final long MOST_UNITS_PER_SECOND = 1_000_000_000;
    // Twice that and all the money that exists besides can still be added up.
    private static final Amount MOST_EXPOSURE = Amount.of(Long.MAX_VALUE / 8);

    /** Refuses streams that cost nothing, stand still, or may not deliver a single unit. */
    public StreamTerms {
        if (pricePerUnit.isZero()) {
            throw new IllegalArgumentException("a unit that costs nothing");
        }
        if (unitsPerSecond < 1 || unitsPerSecond > MOST_UNITS_PER_SECOND) {
            throw new IllegalArgumentException(
                    "units per second must be 1 to 1000000000, found " + unitsPerSecond);
        }
        if (!MOST_EXPOSURE.covers(exposureLimit)) {
            throw new IllegalArgumentException(
                    "an exposure limit of %s, at most %s is possible"
                            .formatted(exposureLimit, MOST_EXPOSURE));
        }
        if (!exposureLimit.covers(pricePerUnit)) {
            throw new IllegalArgumentException(
                    "an exposure limit of %s is less than one unit, %s"
                            .formatted(exposureLimit, pricePerUnit));
        }
    }
}
