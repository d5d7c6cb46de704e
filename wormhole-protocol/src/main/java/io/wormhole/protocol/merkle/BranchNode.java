package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;
import org.jspecify.annotations.Nullable;

/** A subtree with two or more entries, parted by the next bit of their keys: 0 left, 1 right. */
final class BranchNode extends Node {
    private final Node left;
    private final Node right;
    // Set once; a race only computes the same immutable value twice.
    private @Nullable Hash hash;

    BranchNode(Node left, Node right) {
        this.left = left;
        this.right = right;
    }

    static BranchNode of(boolean bit, Node child, Node sibling) {
        return bit ? new BranchNode(sibling, child) : new BranchNode(child, sibling);
    }

    /** The same subtree, its children held in another way. */
    BranchNode withChildren(Node sameLeft, Node sameRight) {
        BranchNode same = new BranchNode(sameLeft, sameRight);
        same.hash = hash;
        return same;
    }

    Node left() {
        return left;
    }

    Node right() {
        return right;
    }

    Node child(boolean bit) {
        return bit ? right : left;
    }

    @Override
    Hash hash(NodeHasher hasher) {
        Hash known = hash;
        if (known == null) {
            known = hasher.branch(left.hash(hasher), right.hash(hasher));
            hash = known;
        }
        return known;
    }
}
