package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the nodes of a store that were used last in memory, decoded and verified, up to a fixed
 * number. All maps opened through one cache share it; safe for several threads.
 */
public final class NodeCache implements NodeLoader {
    private final NodeSource source;
    private final int maximumNodes;
    // By the hash of the topmost node of each piece.
    private final LinkedHashMap<Hash, Piece> pieces = new LinkedHashMap<>(16, 0.75f, true);
    private int nodes;

    private record Piece(Node top, int nodes) {}

    /** Caches at most {@code maximumNodes} (one or more) nodes of {@code source}, or one piece. */
    public NodeCache(NodeSource source, int maximumNodes) {
        if (maximumNodes < 1) {
            throw new IllegalArgumentException("a cache of " + maximumNodes + " nodes");
        }
        this.source = source;
        this.maximumNodes = maximumNodes;
    }

    @Override
    public Node load(Hash hash) {
        synchronized (pieces) {
            Piece known = pieces.get(hash);
            if (known != null) {
                return known.top();
            }
        }
        Node top = NodeLoader.read(hash, source, this);
        keep(hash, top);
        return top;
    }

    /**
     * Keeps what was new in a map at hand, so that it need not be read. Call it after {@link
     * AuthenticatedMap#commit}: a map opened here must be whole in the source as well.
     */
    public void adopt(AuthenticatedMap committed) {
        NodeHasher hasher = new NodeHasher();
        Pieces.of(committed.top(), this, hasher, piece -> keep(piece.hash(hasher), piece));
    }

    private void keep(Hash hash, Node top) {
        Piece piece = new Piece(top, count(top));
        synchronized (pieces) {
            Piece before = pieces.put(hash, piece);
            nodes += piece.nodes() - (before == null ? 0 : before.nodes());
            Iterator<Map.Entry<Hash, Piece>> eldest = pieces.entrySet().iterator();
            while (nodes > maximumNodes && pieces.size() > 1) {
                nodes -= eldest.next().getValue().nodes();
                eldest.remove();
            }
        }
    }

    private static int count(Node node) {
        return node instanceof BranchNode branch
                ? 1 + count(branch.left()) + count(branch.right())
                : 1;
    }
}
