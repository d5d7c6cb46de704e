package io.wormhole.runtime.node;

/** Why a node does not start, in words for the person who started it. */
public final class StartRefused extends RuntimeException {
    /** A refusal with what was wrong and what to do. */
    public StartRefused(String message) {
        super(message);
    }
}
