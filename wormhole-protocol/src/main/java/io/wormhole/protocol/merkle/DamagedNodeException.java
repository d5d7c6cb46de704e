package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;

/** A store gave bytes that are not the node that it was asked for. */
public final class DamagedNodeException extends RuntimeException {
    /** What is stored under {@code hash} is damaged in the way of {@code fault}. */
    public DamagedNodeException(Hash hash, String fault) {
        super("stored map node " + hash + " is damaged: " + fault);
    }
}
