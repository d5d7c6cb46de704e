package io.wormhole.protocol.settlement;

/** How far a reader trusts what it reads. */
public enum Certainty {
    /** At the head: may be undone by a reorganisation. */
    TENTATIVE,
    /** At the last final checkpoint: is never undone. */
    FINAL
}
