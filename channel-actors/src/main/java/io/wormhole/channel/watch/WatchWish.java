package io.wormhole.channel.watch;

import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;

/**
 * What an owner gives for being watched: a price alone bounds nothing, since how often it is paid
 * is the watcher's word.
 *
 * @param maximumPrice most that is paid for a period without asking the owner
 * @param leastPeriod how long a period is at least
 */
public record WatchWish(Amount maximumPrice, Duration leastPeriod) {
    /** How long a period is at least when the owner says nothing else. */
    public static final Duration USUAL_PERIOD = Duration.ofDays(30);

    /** Refuses periods of no time. */
    public WatchWish {
        if (leastPeriod.toSeconds() < 1) {
            throw new IllegalArgumentException("a period of at least " + leastPeriod);
        }
    }

    /** At most so much for a month or longer. */
    public static WatchWish monthly(Amount maximumPrice) {
        return new WatchWish(maximumPrice, USUAL_PERIOD);
    }
}
