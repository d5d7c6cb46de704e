package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;

/**
 * An operation needs a node of which only the hash is known: the witness is incomplete, or the
 * store has lost it. What lies beneath is unknown, which is not the same as absent.
 */
public final class MissingNodeException extends RuntimeException {
    private final transient Hash hash;

    /** The node with {@code hash} is needed and not there. */
    public MissingNodeException(Hash hash) {
        super("map node " + hash + " is needed but only its hash is known");
        this.hash = hash;
    }

    /** The hash of the missing node. */
    public Hash hash() {
        return hash;
    }
}
