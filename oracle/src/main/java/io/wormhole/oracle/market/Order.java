package io.wormhole.oracle.market;

/**
 * An order of one batch.
 *
 * @param id who orders; one order of each side
 * @param limitPpm the most to pay for a share, in millionths of its collateral
 * @param shares how many, above 0
 */
public record Order(String id, long limitPpm, long shares) {
    /** What one YES and one NO cost together, in millionths. */
    public static final long WHOLE_PPM = 1_000_000;

    /** Most shares of one order. */
    public static final long MOST_SHARES = 1_000_000_000_000L;

    /** Refuses prices of nothing or of all, and silly amounts. */
    public Order {
        if (limitPpm <= 0 || limitPpm >= WHOLE_PPM) {
            throw new IllegalArgumentException(
                    "a limit of %d millionths; allowed: 1 to 999999".formatted(limitPpm));
        }
        if (shares <= 0 || shares > MOST_SHARES) {
            throw new IllegalArgumentException(
                    "%d shares; allowed: 1 to %d".formatted(shares, MOST_SHARES));
        }
    }
}
