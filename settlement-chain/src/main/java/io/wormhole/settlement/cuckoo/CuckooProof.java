package io.wormhole.settlement.cuckoo;

import java.util.Arrays;

/**
 * A claimed cycle: edge indices as found in a header, in no way checked until a verifier has seen
 * them.
 */
public final class CuckooProof {
    private final long[] edges;

    private CuckooProof(long[] edges) {
        this.edges = edges;
    }

    /** Wraps a copy of edge indices, in the given order. */
    public static CuckooProof of(long... edges) {
        return new CuckooProof(edges.clone());
    }

    /** Returns the number of edges claimed. */
    public int size() {
        return edges.length;
    }

    /** Returns the edge index at a position from 0. */
    public long edge(int position) {
        return edges[position];
    }

    /** Returns a copy of all edge indices. */
    public long[] edges() {
        return edges.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CuckooProof that && Arrays.equals(edges, that.edges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    @Override
    public String toString() {
        return "CuckooProof" + Arrays.toString(edges);
    }
}
