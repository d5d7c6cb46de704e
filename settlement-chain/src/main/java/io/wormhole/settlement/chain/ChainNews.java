package io.wormhole.settlement.chain;

import io.wormhole.protocol.transaction.SignedTransaction;

/** What the chain tells those who have subscribed. */
public sealed interface ChainNews {
    /** The followed chain has moved; the first news of every subscriber is where it stands. */
    record HeadMoved(ChainView view) implements ChainNews {}

    /** A transaction has come into the pool for the first time. */
    record TransactionPooled(SignedTransaction transaction) implements ChainNews {}

    /** The chain has stopped for good, for example because the disk is full. */
    record Failed(RuntimeException reason) implements ChainNews {}
}
