package io.wormhole.settlement.cuckoo;

import java.util.Arrays;

/**
 * One side of a small graph: which edges meet in which node. Nodes are numbered densely; with node
 * pairs the two members of a pair have numbers that differ in the lowest bit.
 */
final class SideIndex {
    /** Bytes per edge of capacity. */
    static final int EDGE_BYTES = Long.BYTES + 5 * Integer.BYTES;

    // Node in the high bits, position of the edge in the low ones: sorting brings the edges of a
    // node together.
    private static final int INDEX_BITS = 28;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    private final boolean nodePairs;
    private final long[] sorted;
    private final int[] nodeOf;
    private final int[] firstOf;
    private final int[] degree;

    SideIndex(boolean nodePairs, int capacity) {
        if (capacity > INDEX_MASK) {
            throw new IllegalArgumentException(capacity + " edges; allowed: " + INDEX_MASK);
        }
        this.nodePairs = nodePairs;
        sorted = new long[capacity];
        nodeOf = new int[capacity];
        firstOf = new int[2 * capacity + 2];
        degree = new int[2 * capacity + 2];
    }

    /** Indexes the given side of all edges. */
    void build(Survivors edges, int side) {
        int size = edges.size();
        for (int i = 0; i < size; i++) {
            sorted[i] = (edges.node(i, side) << INDEX_BITS) | i;
        }
        Arrays.sort(sorted, 0, size);
        int number = -1;
        long group = -1;
        for (int i = 0; i < size; i++) {
            long node = sorted[i] >>> INDEX_BITS;
            long groupHere = nodePairs ? node >>> 1 : node;
            int wanted = groupHere == group ? number & ~pairBit() : (number | pairBit()) + 1;
            wanted |= nodePairs ? (int) (node & 1) : 0;
            while (number < wanted) {
                number++;
                firstOf[number] = i;
                degree[number] = 0;
            }
            group = groupHere;
            nodeOf[(int) (sorted[i] & INDEX_MASK)] = number;
            degree[number]++;
        }
        close(number, size);
    }

    private int pairBit() {
        return nodePairs ? 1 : 0;
    }

    // The last pair may lack its second member, which is looked up all the same.
    private void close(int lastNumber, int size) {
        for (int number = lastNumber + 1; number <= lastNumber + 2; number++) {
            firstOf[number] = size;
            degree[number] = 0;
        }
    }

    /** The number of the node in which an edge ends. */
    int nodeOf(int edge) {
        return nodeOf[edge];
    }

    /** The number that stands for a node and its partner. */
    int groupOf(int edge) {
        return nodePairs ? nodeOf[edge] >> 1 : nodeOf[edge];
    }

    /**
     * The node in which the next edge of a cycle must end: the partner, or without pairs the same.
     */
    int across(int node) {
        return nodePairs ? node ^ 1 : node;
    }

    /** The position in the index of the first edge of a node. */
    int first(int node) {
        return firstOf[node];
    }

    /** The position after that of the last edge of a node. */
    int end(int node) {
        return firstOf[node + 1];
    }

    /** The edge at a position. */
    int edgeAt(int position) {
        return (int) (sorted[position] & INDEX_MASK);
    }

    /** Whether an edge can be continued by another one at this side. */
    boolean isContinued(int edge) {
        int node = nodeOf[edge];
        return nodePairs ? degree[node ^ 1] > 0 : degree[node] > 1;
    }

    /** Takes an edge away; returns the node whose edges may have lost their continuation. */
    int remove(int edge) {
        int node = nodeOf[edge];
        degree[node]--;
        return across(node);
    }
}
