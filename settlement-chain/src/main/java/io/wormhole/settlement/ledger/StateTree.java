package io.wormhole.settlement.ledger;

import io.wormhole.protocol.block.BlockRoots;
import io.wormhole.protocol.crypto.Hash;

/** The six authenticated maps of a ledger, in the order of the roots in a header. */
public enum StateTree {
    ACCOUNTS,
    NAMES,
    WORMHOLES,
    OPEN_ORACLES,
    ANSWERED_ORACLES,
    CONSENSUS;

    /** The root of this map in a header. */
    public Hash rootIn(BlockRoots roots) {
        return switch (this) {
            case ACCOUNTS -> roots.accounts();
            case NAMES -> roots.names();
            case WORMHOLES -> roots.wormholes();
            case OPEN_ORACLES -> roots.openOracles();
            case ANSWERED_ORACLES -> roots.answeredOracles();
            case CONSENSUS -> roots.consensus();
        };
    }
}
