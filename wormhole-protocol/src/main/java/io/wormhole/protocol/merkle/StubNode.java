package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;

/** A subtree known by its hash alone; it is loaded at every use and never held. */
final class StubNode extends Node {
    private final byte[] digest;
    private final NodeLoader loader;

    private StubNode(byte[] digest, NodeLoader loader) {
        this.digest = digest;
        this.loader = loader;
    }

    /** The subtree with {@code hash}, which {@code loader} finds when it is needed. */
    static Node of(Hash hash, NodeLoader loader) {
        return hash.equals(Hash.ZERO)
                ? EmptyNode.INSTANCE
                : new StubNode(hash.bytes().toArray(), loader);
    }

    /** A subtree that is at hand, by its hash alone. */
    static Node of(Node node, NodeHasher hasher, NodeLoader loader) {
        return node.isEmpty() ? node : new StubNode(node.digest(hasher), loader);
    }

    @Override
    byte[] digest(NodeHasher hasher) {
        return digest;
    }

    @Override
    Node resolve() {
        return loader.load(new Hash(Bytes.of(digest)));
    }
}
