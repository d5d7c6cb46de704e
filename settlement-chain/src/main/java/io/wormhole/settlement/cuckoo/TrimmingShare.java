package io.wormhole.settlement.cuckoo;

import java.util.function.BooleanSupplier;

/**
 * The part of a graph's edges that one thread trims, in rounds from 0; even rounds are about side
 * u, odd ones about v.
 */
interface TrimmingShare {
    /** Too many are left for the memory that was taken; happens to no graph by chance. */
    long DOES_NOT_FIT = -1;

    /** This thread's own marks. */
    NodeMarks marks();

    /** Marks the nodes in which its living edges end; round 0 begins a new graph. */
    void mark(int round, SipHash24 keys, BooleanSupplier cancelled);

    /**
     * Takes away its living edges that are not continued; returns how many are left, or that they
     * do not fit.
     */
    long kill(int round, SipHash24 keys, NodeMarks merged, BooleanSupplier cancelled);

    /** Hands its living edges over, in ascending order. */
    void handOver(Survivors survivors);
}
