package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import java.util.Optional;

/**
 * A map of which only some nodes are known, the rest by hash: enough to repeat certain operations
 * with the same results and the same new root without having the map. Made by {@link
 * WitnessRecorder#witness()}, used through {@link #replayFrom}.
 */
public final class PartialMap implements Canonical {
    /** Longest encoding in bytes. */
    public static final int MAXIMUM_BYTES = 16 << 20;

    private final Node top;

    PartialMap(Node top) {
        this.top = top;
    }

    /** Reads a tree of at most {@link #MAXIMUM_BYTES}. */
    public static PartialMap readFrom(CanonicalReader in) {
        return new PartialMap(NodeCodec.read(in, MAXIMUM_BYTES));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        NodeCodec.write(top, out, new NodeHasher());
    }

    /** The root of the map that this is a part of. */
    public Hash root() {
        return top.hash(new NodeHasher());
    }

    /**
     * The map as far as it is known, for looking without being noted; what is not known is a {@link
     * MissingNodeException}. For several threads.
     */
    public AuthenticatedMap map() {
        return new AuthenticatedMap(top);
    }

    /** A fresh replay of operations on this part; empty when it is not a part of that map. */
    public Optional<WitnessReplay> replayFrom(Hash expectedRoot) {
        return root().equals(expectedRoot)
                ? Optional.of(new WitnessReplay(TrackedNode.of(top)))
                : Optional.empty();
    }

    Node top() {
        return top;
    }

    /** Whether {@code other} is a partial map that knows the same nodes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PartialMap map && map.encoded().equals(encoded());
    }

    @Override
    public int hashCode() {
        return encoded().hashCode();
    }

    @Override
    public String toString() {
        return "PartialMap[of " + root() + "]";
    }
}
