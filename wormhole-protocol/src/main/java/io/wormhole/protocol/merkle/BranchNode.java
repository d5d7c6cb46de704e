package io.wormhole.protocol.merkle;

import org.jspecify.annotations.Nullable;

/** A subtree with two or more entries, parted by the next bit of their keys: 0 left, 1 right. */
final class BranchNode extends Node {
    private final Node left;
    private final Node right;
    // A race only computes the same value twice; volatile, or others might see an unfilled array.
    private volatile byte @Nullable [] digest;

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
        same.digest = digest;
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
    byte[] digest(NodeHasher hasher) {
        byte[] known = digest;
        if (known == null) {
            known = hasher.branchDigest(left.digest(hasher), right.digest(hasher));
            digest = known;
        }
        return known;
    }
}
