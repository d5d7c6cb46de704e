package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.Arrays;

/** A subtree of an authenticated map, or a reference to one. */
abstract sealed class Node permits EmptyNode, LeafNode, BranchNode, StubNode, TrackedNode {

    /** The subtree's hash, computed at most once; the array is not to be changed. */
    abstract byte[] digest(NodeHasher hasher);

    /** The subtree's hash. */
    Hash hash(NodeHasher hasher) {
        return new Hash(Bytes.of(digest(hasher)));
    }

    /** Whether both hold the same entries. */
    final boolean isSameAs(Node other, NodeHasher hasher) {
        return Arrays.equals(digest(hasher), other.digest(hasher));
    }

    /** The node itself: an {@link EmptyNode}, {@link LeafNode} or {@link BranchNode}. */
    Node resolve() {
        return this;
    }

    final boolean isEmpty() {
        return this == EmptyNode.INSTANCE;
    }
}
