package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;
import java.util.function.Consumer;

/**
 * Finds the nodes that one map has and its successor has not. Costs as much as the maps differ:
 * subtrees that they share are not looked at. Nodes that cannot be loaded any more are passed over
 * with all beneath them.
 */
public final class StaleNodes {
    private final NodeHasher hasher = new NodeHasher();
    private final Consumer<Hash> sink;

    private StaleNodes(Consumer<Hash> sink) {
        this.sink = sink;
    }

    /**
     * Names the nodes of {@code before} that are not in {@code after}; with {@link
     * AuthenticatedMap#EMPTY} for {@code after} all nodes of {@code before}.
     */
    public static void of(AuthenticatedMap before, AuthenticatedMap after, Consumer<Hash> sink) {
        new StaleNodes(sink).compare(before.top(), after.top(), 0);
    }

    private void compare(Node before, Node after, int depth) {
        if (before.isEmpty()) {
            return;
        }
        Hash hash = before.hash(hasher);
        if (hash.equals(after.hash(hasher))) {
            return;
        }
        Node old;
        try {
            old = before.resolve();
        } catch (MissingNodeException removedBefore) {
            return;
        }
        if (old instanceof BranchNode branch) {
            sink.accept(hash);
            Node now = after.resolve();
            boolean isBranch = now instanceof BranchNode;
            // A leaf in place of a branch may be one of the leaves that were below it.
            compare(branch.left(), isBranch ? ((BranchNode) now).left() : now, depth + 1);
            compare(branch.right(), isBranch ? ((BranchNode) now).right() : now, depth + 1);
        } else if (old instanceof LeafNode leaf && !holds(after, leaf, hash, depth)) {
            sink.accept(hash);
        }
    }

    /** Whether the leaf has only moved down, because a neighbour was added. */
    private boolean holds(Node after, LeafNode leaf, Hash hash, int depth) {
        Node node = after.resolve();
        for (int at = depth; node instanceof BranchNode branch; at++) {
            node = branch.child(leaf.key().bytes().bit(at)).resolve();
        }
        return node instanceof LeafNode && node.hash(hasher).equals(hash);
    }
}
