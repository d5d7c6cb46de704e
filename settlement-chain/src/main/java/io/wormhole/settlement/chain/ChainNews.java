package io.wormhole.settlement.chain;

import io.wormhole.protocol.transaction.SignedTransaction;

/** What the chain tells those who have subscribed. */
public sealed interface ChainNews {
    /** The followed chain has moved; the first news of every subscriber is where it stands. */
    record HeadMoved(ChainView view) implements ChainNews {}

    /** A transaction has come into the pool for the first time. */
    record TransactionPooled(SignedTransaction transaction) implements ChainNews {}

    /**
     * A rightly signed vote of a validator was heard or stands in a valid block of any fork,
     * whether it is of use or not: two of them may be an offence.
     */
    record VoteSeen(SignedTransaction vote) implements ChainNews {}

    /** The chain has stopped for good, for example because the disk is full. */
    record Failed(RuntimeException reason) implements ChainNews {}
}
