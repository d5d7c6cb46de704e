package io.wormhole.runtime.client;

import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.swap.SwapRules;
import java.util.Optional;

/**
 * The times that one party takes for a swap: its own, whatever the other says.
 *
 * @param seconds how long the participant's leg is open, and the initiator's longer by at least as
 *     much
 * @param forceBlocks how long before an expiry the chain is asked when the partner is silent
 * @param giveBlockSeconds how long a block takes on the chain of the own leg
 * @param takeBlockSeconds how long a block takes on the other chain
 */
public record SwapTimes(
        long seconds, long forceBlocks, long giveBlockSeconds, long takeBlockSeconds) {
    /**
     * How long before an expiry the chain must be asked at least: what a node that is busy or
     * starts again may lose, and some blocks of a chain that is full.
     */
    public static final long LEAST_FORCE_SECONDS = 120;

    private static final long LONGEST_SECONDS = 10L * 365 * 24 * 3_600;

    /** Refuses times that are none. */
    public SwapTimes {
        boolean fits =
                seconds >= 2
                        && seconds <= LONGEST_SECONDS
                        && forceBlocks >= 1
                        && forceBlocks <= LONGEST_SECONDS
                        && giveBlockSeconds >= 1
                        && giveBlockSeconds <= LONGEST_SECONDS
                        && takeBlockSeconds >= 1
                        && takeBlockSeconds <= LONGEST_SECONDS;
        if (!fits) {
            throw new IllegalArgumentException("times of a swap must be positive, and no ages");
        }
    }

    /** Why the chain could not help within these times; empty when it can. */
    public Optional<String> objection(boolean development) {
        long shortest = forceBlocks * Math.min(giveBlockSeconds, takeBlockSeconds);
        long longest = forceBlocks * Math.max(giveBlockSeconds, takeBlockSeconds);
        if (!development && shortest < LEAST_FORCE_SECONDS) {
            return Optional.of(
                    "the chain would be asked %d s before an expiry, at least %d s are needed: take"
                                    .formatted(shortest, LEAST_FORCE_SECONDS)
                            + " more force blocks");
        }
        // Before an expiry a partner may claim a height that is off by some blocks.
        long claimed = Tools.HEIGHT_TOLERANCE_BLOCKS * Math.max(giveBlockSeconds, takeBlockSeconds);
        long least = 2 * (3 * longest + claimed);
        return seconds < least
                ? Optional.of(
                        "%d s are too short: at least %d s are needed with %d force blocks"
                                .formatted(seconds, least, forceBlocks))
                : Optional.empty();
    }

    /** The rules of these times. */
    SwapRules rules() {
        return new SwapRules(seconds, seconds / 2, forceBlocks);
    }
}
