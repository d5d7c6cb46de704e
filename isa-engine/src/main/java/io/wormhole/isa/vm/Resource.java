package io.wormhole.isa.vm;

/** What a run can run out of. */
public enum Resource {
    /** Instructions, by their prices. */
    TIME,
    /** Cells alive at one time. */
    SPACE
}
