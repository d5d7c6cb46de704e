package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;
import java.util.function.Consumer;

/**
 * Finds what a store holds for one map and not for its successor, both opened from that store.
 * Costs as much as the maps differ: subtrees that they share are not looked at. What cannot be
 * loaded any more is passed over with all beneath it.
 */
public final class StaleNodes {
    private final NodeHasher hasher = new NodeHasher();
    private final Consumer<Hash> sink;

    private StaleNodes(Consumer<Hash> sink) {
        this.sink = sink;
    }

    /**
     * Names the stored pieces of {@code before} that are not in {@code after}; with {@link
     * AuthenticatedMap#EMPTY} for {@code after} all pieces of {@code before}.
     */
    public static void of(AuthenticatedMap before, AuthenticatedMap after, Consumer<Hash> sink) {
        new StaleNodes(sink).compare(before.top(), after.top(), 0);
    }

    private void compare(Node before, Node after, int depth) {
        if (before.isEmpty() || before.isSameAs(after, hasher)) {
            return;
        }
        Node old;
        try {
            old = before.resolve();
        } catch (MissingNodeException removedBefore) {
            return;
        }
        // What lies within a piece goes with it.
        boolean isStored = before instanceof StubNode;
        if (old instanceof BranchNode branch) {
            if (isStored) {
                sink.accept(before.hash(hasher));
            }
            Node now = after.resolve();
            boolean isBranch = now instanceof BranchNode;
            // A leaf in place of a branch may be one of the leaves that were below it.
            compare(branch.left(), isBranch ? ((BranchNode) now).left() : now, depth + 1);
            compare(branch.right(), isBranch ? ((BranchNode) now).right() : now, depth + 1);
        } else if (isStored && old instanceof LeafNode leaf && !holds(after, leaf, depth)) {
            sink.accept(before.hash(hasher));
        }
    }

    /** Whether the leaf has only moved down, because a neighbour was added. */
    private boolean holds(Node after, LeafNode leaf, int depth) {
        Node reference = after;
        for (int at = depth; reference.resolve() instanceof BranchNode branch; at++) {
            reference = branch.child(leaf.key().bytes().bit(at));
        }
        return reference instanceof StubNode && reference.isSameAs(leaf, hasher);
    }
}
