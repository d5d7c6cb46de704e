package io.wormhole.settlement.chain;

/**
 * How much of the past a node keeps. As long as it keeps all blocks, any old state can be made
 * again.
 *
 * @param finalStates states below the last final block that stay readable
 * @param finalBodies blocks below the last final one that stay whole; of those before only header
 *     and facts stay, and peers must get them elsewhere
 */
public record History(long finalStates, long finalBodies) {
    /** All blocks, and every state that ever was. */
    public static final History ARCHIVE = new History(Long.MAX_VALUE);

    /** All blocks, and of the states what forks and slow readers may need. */
    public static final History FULL = new History(256);

    private static final long LEAST = 96;

    /** Refuses so few that a fork could not be judged any more. */
    public History {
        if (finalStates < LEAST || finalBodies < LEAST) {
            throw new IllegalArgumentException(
                    "%d old states and %d old blocks kept; allowed: from %d"
                            .formatted(finalStates, finalBodies, LEAST));
        }
    }

    /** So many old states, and all blocks. */
    public History(long finalStates) {
        this(finalStates, Long.MAX_VALUE);
    }

    /**
     * While blocks come faster than they are written nobody reads old states, but forks are met.
     */
    long statesWhileBehind() {
        return finalStates == Long.MAX_VALUE ? finalStates : LEAST;
    }

    /** The same with fewer blocks. */
    public History withBodies(long most) {
        return new History(finalStates, most);
    }
}
