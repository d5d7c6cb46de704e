package io.wormhole.settlement.cuckoo;

/**
 * The bipartite graph that one header spans: edge e joins {@code node(e, 0)} on side u with {@code
 * node(e, 1)} on v.
 */
final class CuckooGraph {
    private final SipHash24 keys;
    private final int rotation;
    private final long mask;

    CuckooGraph(CuckooParameters parameters, SipHash24 keys) {
        this.keys = keys;
        this.rotation = parameters.variant().outputRotation();
        this.mask = parameters.mask();
    }

    /** The node at the given side, 0 = u or 1 = v, of an edge. */
    long node(long edge, int side) {
        return Long.rotateLeft(keys.hash(2 * edge + side), rotation) & mask;
    }
}
