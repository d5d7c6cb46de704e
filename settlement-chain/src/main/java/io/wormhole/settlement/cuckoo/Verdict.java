package io.wormhole.settlement.cuckoo;

/** What the verifier says of a proof: the first failing check, in this order, or {@link #OK}. */
public enum Verdict {
    /** The proof is a cycle of the required length in the graph of the header. */
    OK,
    /** The proof has another number of edges than the network requires. */
    WRONG_LENGTH,
    /** An edge index is not below the number of edges. */
    TOO_BIG,
    /** An edge index is not above its predecessor. */
    NOT_ASCENDING,
    /** The endpoints cannot be matched in pairs: their exclusive-or is wrong. */
    NON_MATCHING,
    /** More than two edges meet in a node. */
    BRANCH,
    /** An edge has no continuation at a node. */
    DEAD_END,
    /** The edges close to a cycle before all are used. */
    SHORT_CYCLE;

    /** Returns whether the proof is valid. */
    public boolean isOk() {
        return this == OK;
    }
}
