package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;

/** A subtree of an authenticated map, or a reference to one. */
abstract sealed class Node permits EmptyNode, LeafNode, BranchNode, StubNode, TrackedNode {

    /** The subtree's hash; computed at most once. */
    abstract Hash hash(NodeHasher hasher);

    /** The node itself: an {@link EmptyNode}, {@link LeafNode} or {@link BranchNode}. */
    Node resolve() {
        return this;
    }

    final boolean isEmpty() {
        return this == EmptyNode.INSTANCE;
    }
}
