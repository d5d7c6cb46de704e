package io.wormhole.protocol.merkle;

/**
 * Notes which nodes of a map, and which values, a run of operations looks at. Run them, in any
 * number and order, on {@link #map()} and the maps that come of it; for one thread.
 */
public final class WitnessRecorder {
    private final Node tracked;

    /** Records operations on {@code before}. */
    public WitnessRecorder(AuthenticatedMap before) {
        this.tracked = TrackedNode.of(before.top());
    }

    /** The map before the operations, watched. */
    public AuthenticatedMap map() {
        return new AuthenticatedMap(tracked);
    }

    /** All that was looked at so far and nothing else. */
    public PartialMap witness() {
        return new PartialMap(TrackedNode.seenOf(tracked, new NodeHasher()));
    }

    /** The same content as {@code after}, a map that came of {@link #map()}, no longer watched. */
    public AuthenticatedMap release(AuthenticatedMap after) {
        return new AuthenticatedMap(TrackedNode.untracked(after.top()));
    }
}
