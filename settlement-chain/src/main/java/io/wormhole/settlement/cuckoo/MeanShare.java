package io.wormhole.settlement.cuckoo;

import java.util.function.BooleanSupplier;

/**
 * One thread's part of mean trimming: each end of an edge is hashed once and written down.
 *
 * <p>All lists share one array. Round 0 fills it with the ends at side u of all edges; what
 * survives moves to its front. Round 1 puts the ends at side v behind, and after that the surviving
 * edges themselves find room behind those.
 */
final class MeanShare implements TrimmingShare {
    // Of n edges 0.632 n survive round 0, and 0.296 n round 1: two lists of the first take 1.264 n.
    private static final int POOL_PARTS = 82;
    private static final int EDGE_PARTS = 64;
    private static final int CHANCE = 1 << 12;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final EdgeBitmap edges;
    private final NodeMarks marks;
    private final int[] pool;
    private int count;
    private int startOfV;
    private int startOfEdges;

    MeanShare(CuckooParameters parameters, long firstEdge, long edgeCount) {
        edges = new EdgeBitmap(parameters, firstEdge, edgeCount);
        marks = new NodeMarks(parameters);
        pool = new int[poolSize(edgeCount)];
    }

    static long memoryBytes(CuckooParameters parameters, long edgeCount) {
        return EdgeBitmap.memoryBytes(edgeCount)
                + NodeMarks.memoryBytes(parameters)
                + (long) Integer.BYTES * poolSize(edgeCount);
    }

    private static int poolSize(long edgeCount) {
        long size = edgeCount * POOL_PARTS / EDGE_PARTS + CHANCE;
        if (size > MAX_ARRAY) {
            throw new IllegalArgumentException(
                    edgeCount
                            + " edges per thread; allowed: about 2^30 with the mean solver (use more threads, or lean)");
        }
        return (int) size;
    }

    @Override
    public NodeMarks marks() {
        return marks;
    }

    @Override
    public void mark(int round, SipHash24 keys, BooleanSupplier cancelled) {
        marks.clear();
        if (round == 0) {
            count = 0;
            startOfV = 0;
            edges.forEachNodeOfAll(
                    keys, 0, cancelled, (from, to, nodes, size) -> note(nodes, size));
        } else if (round == 1) {
            startOfV = count;
            count = 0;
            edges.forEachNode(keys, 1, cancelled, (from, to, nodes, size) -> note(nodes, size));
        } else {
            marks.mark(pool, round % 2 == 0 ? 0 : startOfV, count);
        }
    }

    private void note(long[] nodes, int size) {
        marks.mark(nodes, size);
        int at = startOfV + count;
        for (int i = 0; i < size; i++) {
            pool[at + i] = (int) nodes[i];
        }
        count += size;
    }

    @Override
    public long kill(int round, SipHash24 keys, NodeMarks merged, BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            return 0;
        }
        if (round == 0) {
            killFirst(merged);
            return 2L * count <= pool.length ? count : DOES_NOT_FIT;
        }
        if (round == 1) {
            killSecond(merged);
            return startOfV + 2L * count <= pool.length ? listEdges() : DOES_NOT_FIT;
        }
        killListed(round % 2 == 0 ? 0 : startOfV, round % 2 == 0 ? startOfV : 0, merged);
        return count;
    }

    // In these loops every entry is written, and kept by moving on: a branch would often be
    // mispredicted.
    private void killFirst(NodeMarks merged) {
        long[] continued = merged.continued();
        int partner = merged.partner();
        int[] ends = pool;
        int kept = 0;
        for (int word = 0; word < count / Long.SIZE; word++) {
            long bits = 0;
            for (int bit = 0; bit < Long.SIZE; bit++) {
                int end = ends[Long.SIZE * word + bit];
                int node = end ^ partner;
                long keep = (continued[node >>> 6] >>> node) & 1;
                ends[kept] = end;
                kept += (int) keep;
                bits |= keep << bit;
            }
            edges.setWord(word, bits);
        }
        count = kept;
    }

    private void killSecond(NodeMarks merged) {
        long[] continued = merged.continued();
        int partner = merged.partner();
        int[] ends = pool;
        int at = 0;
        int kept = 0;
        for (int word = 0; word < edges.words(); word++) {
            long left = 0;
            for (long bits = edges.wordAt(word); bits != 0; bits &= bits - 1) {
                int end = ends[startOfV + at];
                int node = end ^ partner;
                long keep = (continued[node >>> 6] >>> node) & 1;
                ends[startOfV + kept] = end;
                ends[kept] = ends[at++];
                kept += (int) keep;
                left |= (bits & -bits) & -keep;
            }
            edges.setWord(word, left);
        }
        count = kept;
    }

    private long listEdges() {
        startOfEdges = startOfV + count;
        int at = startOfEdges;
        for (int word = 0; word < edges.words(); word++) {
            for (long bits = edges.wordAt(word); bits != 0; bits &= bits - 1) {
                pool[at++] = (int) edges.edgeAt(word, bits);
            }
        }
        return count;
    }

    private void killListed(int here, int there, NodeMarks merged) {
        long[] continued = merged.continued();
        int partner = merged.partner();
        int[] ends = pool;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int end = ends[here + i];
            int node = end ^ partner;
            int keep = (int) (continued[node >>> 6] >>> node) & 1;
            ends[here + kept] = end;
            ends[there + kept] = ends[there + i];
            ends[startOfEdges + kept] = ends[startOfEdges + i];
            kept += keep;
        }
        count = kept;
    }

    @Override
    public void handOver(Survivors survivors) {
        for (int i = 0; i < count; i++) {
            survivors.add(Integer.toUnsignedLong(pool[startOfEdges + i]));
        }
    }
}
