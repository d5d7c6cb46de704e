package io.wormhole.settlement.node;

/** A node does not start; the message says why and what helps. */
public final class NodeStartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeStartRefused(String message) {
        super(message);
    }
}
