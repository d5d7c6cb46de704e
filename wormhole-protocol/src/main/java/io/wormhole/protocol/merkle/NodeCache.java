package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.CanonicalWriter;
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
     * Writes what is new in some maps, as {@link AuthenticatedMap#commit} does.
     *
     * @return what was written, to be kept at hand once it is in the source
     */
    public Written write(Iterable<AuthenticatedMap> maps, NodeSink sink) {
        NodeHasher hasher = new NodeHasher();
        CanonicalWriter out = NodeCodec.writerOfPieces();
        Map<Hash, Node> fresh = new LinkedHashMap<>();
        for (AuthenticatedMap map : maps) {
            Pieces.of(
                    map.top(),
                    this,
                    hasher,
                    piece -> {
                        Hash hash = piece.hash(hasher);
                        sink.write(hash, NodeCodec.encodeStored(piece, out, hasher));
                        fresh.put(hash, piece);
                    });
        }
        return new Written(fresh);
    }

    /** New nodes that were handed to a sink. */
    public final class Written {
        private final Map<Hash, Node> fresh;

        private Written(Map<Hash, Node> fresh) {
            this.fresh = fresh;
        }

        /** Keeps them at hand, so that they need not be read; the source must have them by now. */
        public void keep() {
            fresh.forEach(NodeCache.this::keep);
        }
    }

    /**
     * Lets go of what {@code before} has and {@code after} has not, since it is hardly looked at
     * again; otherwise old versions would fill the cache. Reads nothing.
     */
    public void forget(AuthenticatedMap before, AuthenticatedMap after) {
        synchronized (pieces) {
            forget(before.top(), after.top(), new NodeHasher());
        }
    }

    private void forget(Node before, Node after, NodeHasher hasher) {
        if (before.isEmpty() || before.isSameAs(after, hasher)) {
            return;
        }
        Node old = before instanceof StubNode ? remove(before.hash(hasher)) : before;
        Node now = after instanceof StubNode ? known(after.hash(hasher)) : after;
        if (old instanceof BranchNode was && now instanceof BranchNode is) {
            forget(was.left(), is.left(), hasher);
            forget(was.right(), is.right(), hasher);
        }
    }

    private Node remove(Hash hash) {
        Piece piece = pieces.remove(hash);
        if (piece == null) {
            return EmptyNode.INSTANCE;
        }
        nodes -= piece.nodes();
        return piece.top();
    }

    private Node known(Hash hash) {
        Piece piece = pieces.get(hash);
        return piece == null ? EmptyNode.INSTANCE : piece.top();
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
