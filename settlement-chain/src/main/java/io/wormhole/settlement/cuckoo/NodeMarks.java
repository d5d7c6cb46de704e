package io.wormhole.settlement.cuckoo;

import java.util.Arrays;

/**
 * Which nodes of one side are met by edges: one bit per node, and without node pairs a second one
 * for nodes met at least twice. Several threads mark each their own and merge them.
 */
final class NodeMarks {
    private final boolean nodePairs;
    private final long[] once;
    private final long[] twice;

    NodeMarks(CuckooParameters parameters) {
        nodePairs = parameters.variant().nodePairs();
        int words = words(parameters);
        once = new long[words];
        twice = new long[nodePairs ? 0 : words];
    }

    static long memoryBytes(CuckooParameters parameters) {
        return (parameters.variant().nodePairs() ? 1L : 2L) * words(parameters) * Long.BYTES;
    }

    private static int words(CuckooParameters parameters) {
        return (int) (parameters.edges() / Long.SIZE);
    }

    void clear() {
        Arrays.fill(once, 0);
        Arrays.fill(twice, 0);
    }

    /** Marks nodes. */
    void mark(long[] nodes, int count) {
        if (nodePairs) {
            markPairs(nodes, count);
        } else {
            markTwice(nodes, count);
        }
    }

    private void markPairs(long[] nodes, int count) {
        long[] seen = once;
        for (int i = 0; i < count; i++) {
            long node = nodes[i];
            seen[(int) (node >>> 6)] |= 1L << node;
        }
    }

    private void markTwice(long[] nodes, int count) {
        long[] seen = once;
        long[] again = twice;
        for (int i = 0; i < count; i++) {
            long node = nodes[i];
            int word = (int) (node >>> 6);
            long bit = 1L << node;
            long before = seen[word];
            again[word] |= before & bit;
            seen[word] = before | bit;
        }
    }

    /** Marks the nodes in a part of an array. */
    void mark(int[] nodes, int from, int count) {
        if (nodePairs) {
            markPairs(nodes, from, count);
        } else {
            markTwice(nodes, from, count);
        }
    }

    private void markPairs(int[] nodes, int from, int count) {
        long[] seen = once;
        for (int i = from; i < from + count; i++) {
            int node = nodes[i];
            seen[node >>> 6] |= 1L << node;
        }
    }

    private void markTwice(int[] nodes, int from, int count) {
        long[] seen = once;
        long[] again = twice;
        for (int i = from; i < from + count; i++) {
            int node = nodes[i];
            int word = node >>> 6;
            long bit = 1L << node;
            long before = seen[word];
            again[word] |= before & bit;
            seen[word] = before | bit;
        }
    }

    /** Adds what another has marked, in the given part of all parts. */
    void merge(NodeMarks other, int part, int parts) {
        int from = (int) ((long) once.length * part / parts);
        int to = (int) ((long) once.length * (part + 1) / parts);
        for (int word = from; word < to; word++) {
            if (!nodePairs) {
                twice[word] |= other.twice[word] | (once[word] & other.once[word]);
            }
            once[word] |= other.once[word];
        }
    }

    /** The bitmap to test for whether an edge has a continuation. */
    long[] continued() {
        return nodePairs ? once : twice;
    }

    /** What to flip in a node before its test: with pairs the partner is asked for. */
    int partner() {
        return nodePairs ? 1 : 0;
    }
}
