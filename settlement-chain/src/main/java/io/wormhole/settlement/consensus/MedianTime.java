package io.wormhole.settlement.consensus;

import java.util.List;

/**
 * The bounds on a block's time, in milliseconds: after the median of its last ancestors, and not
 * far in the future.
 */
public final class MedianTime {
    /** How many ancestors count. */
    public static final int ANCESTORS = 11;

    /** How far a block's time may be ahead of the clock of the node that judges it: 9 minutes. */
    public static final long MAX_AHEAD_MILLIS = 9 * 60 * 1000L;

    private MedianTime() {}

    /**
     * Returns the median of 1 to 11 times, in any order; of an even number the later of the middle
     * two.
     */
    public static long median(List<Long> ancestorTimes) {
        if (ancestorTimes.isEmpty() || ancestorTimes.size() > ANCESTORS) {
            throw new IllegalArgumentException(
                    ancestorTimes.size() + " ancestor times; allowed: 1 to " + ANCESTORS);
        }
        return ancestorTimes.stream().sorted().toList().get(ancestorTimes.size() / 2);
    }

    /**
     * Returns whether a block's time is after the median of its last ancestors; a rule of the
     * chain.
     */
    public static boolean isAfterMedian(List<Long> ancestorTimes, long time) {
        return time > median(ancestorTimes);
    }

    /**
     * Returns whether a block's time is acceptable now; a block that is not may become so later.
     */
    public static boolean isNotTooFarAhead(long time, long now) {
        return time < Math.addExact(now, MAX_AHEAD_MILLIS);
    }
}
