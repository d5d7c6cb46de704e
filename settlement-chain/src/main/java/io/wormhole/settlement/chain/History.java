package io.wormhole.settlement.chain;

/**
 * How many old states a node keeps. Blocks are always kept, so any old state can be made again.
 *
 * @param finalStates states below the last final block that stay readable
 */
public record History(long finalStates) {
    /** Every state that ever was. */
    public static final History ARCHIVE = new History(Long.MAX_VALUE);

    /** What forks and slow readers may need, and no more. */
    public static final History FULL = new History(256);

    private static final long LEAST = 96;

    /** Refuses so few that a fork could not be judged any more. */
    public History {
        if (finalStates < LEAST) {
            throw new IllegalArgumentException(
                    "%d old states kept; allowed: from %d".formatted(finalStates, LEAST));
        }
    }
}
