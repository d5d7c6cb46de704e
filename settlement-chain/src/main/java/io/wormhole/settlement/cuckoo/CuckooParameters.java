package io.wormhole.settlement.cuckoo;

import java.util.Objects;

/**
 * The proof-of-work parameters of a network.
 *
 * @param variant the family of graphs
 * @param edgeBits logarithm of the number of edges, {@value #MIN_EDGE_BITS} to {@value
 *     #MAX_EDGE_BITS}
 * @param proofSize edges in a cycle, even, {@value #MIN_PROOF_SIZE} to {@value #MAX_PROOF_SIZE}; 42
 *     on public networks
 */
public record CuckooParameters(CuckooVariant variant, int edgeBits, int proofSize) {
    /** The smallest graph that is allowed: 1024 edges. */
    public static final int MIN_EDGE_BITS = 10;

    /** The largest graph that is allowed: 2^32 edges. */
    public static final int MAX_EDGE_BITS = 32;

    /** The shortest cycle that is allowed. */
    public static final int MIN_PROOF_SIZE = 2;

    /** The longest cycle that is allowed. */
    public static final int MAX_PROOF_SIZE = 254;

    /** Checks the ranges. */
    public CuckooParameters {
        Objects.requireNonNull(variant, "variant");
        if (edgeBits < MIN_EDGE_BITS || edgeBits > MAX_EDGE_BITS) {
            throw new IllegalArgumentException(
                    "cuckoo edge bits "
                            + edgeBits
                            + "; allowed: "
                            + MIN_EDGE_BITS
                            + " to "
                            + MAX_EDGE_BITS);
        }
        if (proofSize < MIN_PROOF_SIZE || proofSize > MAX_PROOF_SIZE || proofSize % 2 != 0) {
            throw new IllegalArgumentException(
                    "cuckoo proof size "
                            + proofSize
                            + "; allowed: even, "
                            + MIN_PROOF_SIZE
                            + " to "
                            + MAX_PROOF_SIZE);
        }
    }

    /** Returns the number of edges of the graph, which is also the number of nodes on each side. */
    public long edges() {
        return 1L << edgeBits;
    }

    /** Returns the bits that an edge index or a node may have. */
    long mask() {
        return edges() - 1;
    }
}
