package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * Repeats the operations that a witness was made for. Touching what the witness does not hold
 * throws {@link MissingNodeException}; what it holds needlessly is left in {@link #untouched()}, so
 * that an operation run has exactly one acceptable witness. For one thread.
 */
public final class WitnessReplay {
    private final Node tracked;

    WitnessReplay(Node tracked) {
        this.tracked = tracked;
    }

    /** The map before the operations, as far as the witness knows it. */
    public AuthenticatedMap map() {
        return new AuthenticatedMap(tracked);
    }

    /**
     * Hashes of the highest nodes that the witness holds and no operation looked at, and of leaves
     * whose value it holds and none read; empty when the witness is minimal.
     */
    public List<Hash> untouched() {
        List<Hash> unseen = new ArrayList<>();
        TrackedNode.addUnseen(tracked, unseen, new NodeHasher());
        return List.copyOf(unseen);
    }
}
