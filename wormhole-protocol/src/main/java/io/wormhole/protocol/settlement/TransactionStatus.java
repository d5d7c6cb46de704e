package io.wormhole.protocol.settlement;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;

/** Where a transaction is. */
public sealed interface TransactionStatus {
    /** This node knows nothing of it. */
    record Unknown() implements TransactionStatus {}

    /** It waits for a block. */
    record Pending() implements TransactionStatus {}

    /** It is in a block; {@code certainty} says whether that can still change. */
    record Included(BlockHeight height, Hash block, Certainty certainty)
            implements TransactionStatus {}
}
