package io.wormhole.settlement.cuckoo;

/**
 * The few edges that trimming leaves, with both endpoints of each; memory is taken once, for a
 * fixed capacity.
 */
final class Survivors {
    /** Bytes per edge of capacity. */
    static final int EDGE_BYTES = 3 * Long.BYTES;

    private final long[] edges;
    private final long[][] nodes;
    private int size;

    Survivors(int capacity) {
        edges = new long[capacity];
        nodes = new long[2][capacity];
    }

    int capacity() {
        return edges.length;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void add(long edge) {
        edges[size++] = edge;
    }

    long edge(int index) {
        return edges[index];
    }

    long node(int index, int side) {
        return nodes[side][index];
    }

    /** Computes the endpoints of all edges. */
    void resolve(CuckooGraph graph) {
        for (int side = 0; side < 2; side++) {
            for (int i = 0; i < size; i++) {
                nodes[side][i] = graph.node(edges[i], side);
            }
        }
    }
}
