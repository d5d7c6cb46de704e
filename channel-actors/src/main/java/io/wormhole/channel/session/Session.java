package io.wormhole.channel.session;

import io.wormhole.cluster.link.Link;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** One link and what waits to be sent on it; touched by the sessions' actor alone. */
final class Session {
    private static final int MAXIMUM_OUTGOING = 10_000;
    private static final long MAXIMUM_OUTGOING_BYTES = 32L << 20;
    private static final int MOST_ON_THEIR_WAY = 32;

    final PublicKey partner;
    final Link link;
    // Whether this side opened the link.
    final boolean dialled;
    private final Queue<byte[]> outgoing = new ArrayDeque<>();
    // Sizes of frames that the link has and has not taken yet.
    private final Queue<Integer> onTheirWay = new ArrayDeque<>();
    private long outgoingBytes;
    boolean greeted;
    // What the partner can do, as it said in its greeting.
    long features;

    Session(PublicKey partner, Link link, boolean dialled) {
        this.partner = partner;
        this.link = link;
        this.dialled = dialled;
    }

    /** Whether {@code frame} has room among those that wait. */
    boolean enqueue(byte[] frame) {
        if (outgoing.size() + onTheirWay.size() >= MAXIMUM_OUTGOING
                || outgoingBytes + frame.length > MAXIMUM_OUTGOING_BYTES) {
            return false;
        }
        outgoingBytes += frame.length;
        return outgoing.add(frame);
    }

    /** The next frame for the link, if it may get one more. */
    Optional<byte[]> next() {
        if (outgoing.isEmpty() || onTheirWay.size() >= MOST_ON_THEIR_WAY) {
            return Optional.empty();
        }
        byte[] frame = outgoing.remove();
        onTheirWay.add(frame.length);
        return Optional.of(frame);
    }

    /** The link has taken the oldest of those that were on their way. */
    void sent() {
        outgoingBytes -= onTheirWay.remove();
    }
}
