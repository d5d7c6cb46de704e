package io.wormhole.runtime.node;

/** Something was asked that only a full node knows. */
public final class FullNodeNeeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FullNodeNeeded() {
        super(
                "this is a light node, which proves single entries and has no chain: ask a full node");
    }
}
