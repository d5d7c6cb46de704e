package io.wormhole.channel.watch;

import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;

/**
 * What a watcher does for how much.
 *
 * @param price for each period
 * @param period how long one payment lasts
 * @param grace how long it watches on after that without being paid
 * @param mostChannels of one client
 * @param mostBytes of one sealed state
 */
public record WatchTerms(
        Amount price, Duration period, Duration grace, int mostChannels, int mostBytes) {
    /** Largest sealed state that any watcher takes. */
    public static final int LARGEST_BYTES = 64 << 10;

    /** Smallest size that holds a state without contracts. */
    public static final int SMALLEST_BYTES = 1 << 10;

    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final int MOST_CHANNELS = 100_000;

    /** Refuses watching for nothing, for no time, or for more than can be stored. */
    public WatchTerms {
        if (price.isZero()) {
            throw new IllegalArgumentException("watching costs something");
        }
        if (period.toSeconds() < 1 || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a period of " + period);
        }
        if (grace.isNegative() || grace.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a grace of " + grace);
        }
        if (mostChannels < 1 || mostChannels > MOST_CHANNELS) {
            throw new IllegalArgumentException(mostChannels + " channels of one client");
        }
        if (mostBytes < SMALLEST_BYTES || mostBytes > LARGEST_BYTES) {
            throw new IllegalArgumentException(
                    "1024 to 65536 bytes for a sealed state, found " + mostBytes);
        }
    }
}
