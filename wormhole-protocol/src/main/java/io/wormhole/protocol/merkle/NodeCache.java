package io.wormhole.protocol.merkle;

import io.wormhole.protocol.crypto.Hash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the nodes of a store that were used last in memory, decoded and verified, up to a fixed
 * number. All maps opened through one cache share it; safe for several threads.
 */
public final class NodeCache implements NodeLoader {
    private final NodeSource source;
    private final Map<Hash, Node> nodes;

    /** Caches at most {@code maximumNodes} (one or more) nodes of {@code source}. */
    public NodeCache(NodeSource source, int maximumNodes) {
        if (maximumNodes < 1) {
            throw new IllegalArgumentException("a cache of " + maximumNodes + " nodes");
        }
        this.source = source;
        this.nodes =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Hash, Node> eldest) {
                        return size() > maximumNodes;
                    }
                };
    }

    @Override
    public Node load(Hash hash) {
        synchronized (nodes) {
            Node known = nodes.get(hash);
            if (known != null) {
                return known;
            }
        }
        Node read = NodeLoader.read(hash, source, this);
        synchronized (nodes) {
            nodes.put(hash, read);
        }
        return read;
    }
}
