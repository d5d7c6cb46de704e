package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;

/** The subtree without entries; its hash is all zeros, of which nobody knows a preimage. */
final class EmptyNode extends Node {
    static final EmptyNode INSTANCE = new EmptyNode();

    private static final byte[] ZERO = new byte[Hash.SIZE];

    private EmptyNode() {}

    @Override
    byte[] digest(NodeHasher hasher) {
        return ZERO;
    }

    @Override
    Hash hash(NodeHasher hasher) {
        return Hash.ZERO;
    }
}
