package io.wormhole.settlement.cuckoo;

/**
 * The family of graphs in which a cycle is searched; a network chooses one and never changes it.
 */
public enum CuckooVariant {
    /** Plain bipartite Cuckoo Cycle. */
    CUCKOO("cuckoo", 0, false),
    /**
     * Bipartite, with the final rotation of SipHash outputs that the deployed aeternity network
     * has.
     */
    CUCKOO_AE("cuckoo-ae", 17, false),
    /** Bipartite on node pairs: at each pair the two edges of a cycle end in different members. */
    CUCKATOO("cuckatoo", 0, true);

    private final String id;
    private final int outputRotation;
    private final boolean nodePairs;

    CuckooVariant(String id, int outputRotation, boolean nodePairs) {
        this.id = id;
        this.outputRotation = outputRotation;
        this.nodePairs = nodePairs;
    }

    /** Returns the name used in settings and genesis files, for example {@code cuckatoo}. */
    public String id() {
        return id;
    }

    /** Returns the variant of this name; refuses an unknown one with the allowed names. */
    public static CuckooVariant fromId(String id) {
        for (CuckooVariant variant : values()) {
            if (variant.id.equals(id)) {
                return variant;
            }
        }
        throw new IllegalArgumentException(
                "unknown cuckoo variant '" + id + "'; allowed: cuckoo, cuckoo-ae, cuckatoo");
    }

    /** Left rotation in bits of every SipHash output before it is cut to a node. */
    int outputRotation() {
        return outputRotation;
    }

    /** Whether nodes x and x xor 1 are one node for the shape of the cycle. */
    boolean nodePairs() {
        return nodePairs;
    }
}
