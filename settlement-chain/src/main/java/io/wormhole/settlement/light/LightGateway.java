package io.wormhole.settlement.light;

import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.SignedTransaction;

/** A full node that also takes transactions of a light client; it may lie about what it does. */
public interface LightGateway extends LightServer {
    /** Hands a transaction to the node; it says whether it takes it. */
    Submission submit(SignedTransaction transaction);
}
