package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subtree that notes which of its nodes, and which values, were looked at. For one thread. */
final class TrackedNode extends Node {
    private Node original;
    private @Nullable Node seen;

    private TrackedNode(Node original) {
        this.original = original;
    }

    /** Tracks {@code node} and all beneath it. */
    static Node of(Node node) {
        return node.isEmpty() ? node : new TrackedNode(node);
    }

    @Override
    byte[] digest(NodeHasher hasher) {
        return original.digest(hasher);
    }

    @Override
    Hash hash(NodeHasher hasher) {
        return original.hash(hasher);
    }

    @Override
    Node resolve() {
        Node known = seen;
        if (known == null) {
            Node node = original.resolve();
            original = Pieces.movable(original, node);
            known =
                    node instanceof BranchNode branch
                            ? new BranchNode(of(branch.left()), of(branch.right()))
                            : new TrackedLeaf((LeafNode) node);
            seen = known;
        }
        return known;
    }

    /** The tracked subtree, untracked. */
    Node original() {
        return original;
    }

    /** The subtree with all tracked parts replaced by what they track. */
    static Node untracked(Node node) {
        if (node instanceof TrackedNode tracked) {
            return tracked.original;
        }
        if (!(node instanceof BranchNode branch)) {
            return node;
        }
        Node left = untracked(branch.left());
        Node right = untracked(branch.right());
        return left == branch.left() && right == branch.right()
                ? branch
                : branch.withChildren(left, right);
    }

    /** What was looked at, the rest as stubs. */
    static Node seenOf(Node node, NodeHasher hasher) {
        if (!(node instanceof TrackedNode tracked)) {
            return node;
        }
        if (tracked.seen instanceof BranchNode branch) {
            return new BranchNode(seenOf(branch.left(), hasher), seenOf(branch.right(), hasher));
        }
        return tracked.seen instanceof TrackedLeaf leaf
                ? leaf.seen(hasher)
                : StubNode.of(tracked, hasher, NodeLoader.NONE);
    }

    /** Adds the hashes of what is in memory and was not looked at. */
    static void addUnseen(Node node, List<Hash> unseen, NodeHasher hasher) {
        if (!(node instanceof TrackedNode tracked) || tracked.original instanceof StubNode) {
            return;
        }
        if (tracked.seen instanceof BranchNode branch) {
            addUnseen(branch.left(), unseen, hasher);
            addUnseen(branch.right(), unseen, hasher);
        } else if (!(tracked.seen instanceof TrackedLeaf leaf) || leaf.hasUnreadValue()) {
            unseen.add(tracked.hash(hasher));
        }
    }

    private static final class TrackedLeaf extends LeafNode {
        private boolean valueRead;

        TrackedLeaf(LeafNode original) {
            super(original);
        }

        @Override
        Bytes value() {
            Bytes value = super.value();
            valueRead = true;
            return value;
        }

        LeafNode seen(NodeHasher hasher) {
            return valueRead
                    ? LeafNode.of(key(), super.value())
                    : LeafNode.withoutValue(key(), valueHash(hasher));
        }

        boolean hasUnreadValue() {
            return hasValue() && !valueRead;
        }
    }
}
