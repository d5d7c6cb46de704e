package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import java.util.function.Consumer;

/**
 * Cuts a tree into the pieces that a store holds: from every fourth level on a piece of up to four
 * levels, in which the leaves lie, too. So a path to a leaf is a few pieces, each written and read
 * as a whole, and a store of many entries has far fewer records than nodes.
 *
 * <p>Where a tree is cut depends on its content alone: a branch begins a piece where its depth says
 * so, unless it has so few small leaves that they lie in the piece above. A large leaf is a piece
 * of its own, so that it is not written again whenever a neighbour changes. A piece that was loaded
 * ends in stubs, so a branch that would begin a piece and is no stub is new.
 */
final class Pieces {
    /** Levels of branches in a piece. */
    static final int LEVELS = 4;

    /** Leaves of a subtree that lies in the piece above it, at most. */
    static final int FEW_LEAVES = 4;

    /** Value of a leaf that lies within a piece, at most. */
    static final int SMALL_VALUE_BYTES = 128;

    private final NodeLoader loader;
    private final NodeHasher hasher;
    private final Consumer<Node> sink;

    private Pieces(NodeLoader loader, NodeHasher hasher, Consumer<Node> sink) {
        this.loader = loader;
        this.hasher = hasher;
        this.sink = sink;
    }

    /**
     * Hands all pieces of a tree that are not known by hash alone to {@code sink}, each after those
     * below it, and ending in stubs whose nodes {@code loader} finds.
     */
    static void of(Node top, NodeLoader loader, NodeHasher hasher, Consumer<Node> sink) {
        if (top instanceof TrackedNode tracked) {
            of(tracked.original(), loader, hasher, sink);
        } else if (top instanceof BranchNode branch) {
            sink.accept(new Pieces(loader, hasher, sink).inner(branch, 0));
        } else if (top instanceof LeafNode leaf && leaf.hasValue()) {
            sink.accept(leaf);
        }
    }

    private BranchNode inner(BranchNode branch, int depth) {
        Node left = part(branch.left(), depth + 1);
        Node right = part(branch.right(), depth + 1);
        return left == branch.left() && right == branch.right()
                ? branch
                : branch.withChildren(left, right);
    }

    private Node part(Node node, int depth) {
        if (node instanceof TrackedNode tracked) {
            return part(tracked.original(), depth);
        }
        if (node instanceof BranchNode branch) {
            BranchNode inner = inner(branch, depth);
            return depth % LEVELS == 0 && fewLeaves(inner) > FEW_LEAVES ? cut(inner) : inner;
        }
        if (node instanceof LeafNode leaf && !leaf.hasValue()) {
            return StubNode.of(leaf, hasher, loader);
        }
        return node instanceof LeafNode leaf && !isSmall(leaf) ? cut(leaf) : node;
    }

    private Node cut(Node piece) {
        sink.accept(piece);
        return StubNode.of(piece, hasher, loader);
    }

    /** How many leaves lie beneath; more than few where there are, or where it is not known. */
    private static int fewLeaves(Node node) {
        if (node instanceof BranchNode branch) {
            int left = fewLeaves(branch.left());
            return left > FEW_LEAVES ? left : left + fewLeaves(branch.right());
        }
        if (node.isEmpty()) {
            return 0;
        }
        return node instanceof LeafNode ? 1 : FEW_LEAVES + 1;
    }

    /**
     * The leaf behind {@code reference} as it is to lie in another piece: a small one itself, since
     * where it lies must not tell that it once was the whole tree.
     */
    static Node movable(Node reference, Node resolved) {
        boolean isSmallLeaf =
                reference instanceof StubNode
                        && resolved instanceof LeafNode leaf
                        && leaf.hasValue()
                        && isSmall(leaf);
        return isSmallLeaf ? resolved : reference;
    }

    private static boolean isSmall(LeafNode leaf) {
        Bytes value = leaf.value();
        return value.size() <= SMALL_VALUE_BYTES;
    }
}
