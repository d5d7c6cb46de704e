package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the nodes of a store that were used last in memory, decoded and verified, up to a fixed
 * number. All maps opened through one cache share it; safe for several threads.
 */
public final class NodeCache implements NodeLoader, NodeSink {
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
        return keep(hash, NodeLoader.read(hash, source, this));
    }

    /**
     * Keeps a node at hand that was just written to the store, so that it need not be read. To be
     * told of it is not to store it: a map opened here must be whole in the source as well.
     */
    @Override
    public void write(Hash hash, Bytes node) {
        keep(hash, NodeLoader.verified(hash, node, this));
    }

    private Node keep(Hash hash, Node node) {
        synchronized (nodes) {
            nodes.put(hash, node);
        }
        return node;
    }
}
