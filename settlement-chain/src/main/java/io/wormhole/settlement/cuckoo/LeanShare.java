package io.wormhole.settlement.cuckoo;

import java.util.function.BooleanSupplier;

/**
 * One thread's part of lean trimming: nothing but a bitmap of edges; every round hashes the living
 * ones anew.
 */
final class LeanShare implements TrimmingShare {
    private final EdgeBitmap edges;
    private final NodeMarks marks;

    LeanShare(CuckooParameters parameters, long firstEdge, long edgeCount) {
        edges = new EdgeBitmap(parameters, firstEdge, edgeCount);
        marks = new NodeMarks(parameters);
    }

    static long memoryBytes(CuckooParameters parameters, long edgeCount) {
        return EdgeBitmap.memoryBytes(edgeCount) + NodeMarks.memoryBytes(parameters);
    }

    @Override
    public NodeMarks marks() {
        return marks;
    }

    @Override
    public void mark(int round, SipHash24 keys, BooleanSupplier cancelled) {
        marks.clear();
        if (round == 0) {
            edges.fill();
            edges.forEachNodeOfAll(
                    keys, 0, cancelled, (from, to, nodes, count) -> marks.mark(nodes, count));
        } else {
            edges.forEachNode(
                    keys,
                    round % 2,
                    cancelled,
                    (from, to, nodes, count) -> marks.mark(nodes, count));
        }
    }

    @Override
    public long kill(int round, SipHash24 keys, NodeMarks merged, BooleanSupplier cancelled) {
        edges.forEachNode(
                keys,
                round % 2,
                cancelled,
                (from, to, nodes, count) -> kill(from, to, nodes, merged));
        return edges.count();
    }

    // The nodes come in the order of the living edges, so walking over the same bits again pairs
    // them up.
    private void kill(int from, int to, long[] nodes, NodeMarks merged) {
        long[] continued = merged.continued();
        int partner = merged.partner();
        int at = 0;
        for (int word = from; word < to; word++) {
            long kept = 0;
            for (long bits = edges.wordAt(word); bits != 0; bits &= bits - 1) {
                long node = nodes[at++] ^ partner;
                long keep = (continued[(int) (node >>> 6)] >>> node) & 1;
                kept |= (bits & -bits) & -keep;
            }
            edges.setWord(word, kept);
        }
    }

    @Override
    public void handOver(Survivors survivors) {
        for (int word = 0; word < edges.words(); word++) {
            for (long bits = edges.wordAt(word); bits != 0; bits &= bits - 1) {
                survivors.add(edges.edgeAt(word, bits));
            }
        }
    }
}
