package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;

/** A subtree known by its hash alone; it is loaded at every use and never held. */
final class StubNode extends Node {
    private final Hash hash;
    private final NodeLoader loader;

    private StubNode(Hash hash, NodeLoader loader) {
        this.hash = hash;
        this.loader = loader;
    }

    /** The subtree with {@code hash}, which {@code loader} finds when it is needed. */
    static Node of(Hash hash, NodeLoader loader) {
        return hash.equals(Hash.ZERO) ? EmptyNode.INSTANCE : new StubNode(hash, loader);
    }

    @Override
    byte[] digest(NodeHasher hasher) {
        return hash.bytes().toArray();
    }

    @Override
    Hash hash(NodeHasher hasher) {
        return hash;
    }

    @Override
    Node resolve() {
        return loader.load(hash);
    }
}
