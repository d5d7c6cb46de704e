package io.wormhole.oracle.duty;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.TransactionBody;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Brings transactions of one account to the chain; durable before it sends. */
public interface Purse {
    /** Whose account pays. */
    Address address();

    /** Brings a transaction, once per purpose; answers when it is final or given up. */
    CompletionStage<Brought> bring(String purpose, TransactionBody body, Optional<Hash> dataHash);

    /**
     * Lets the blocks that this account produces say {@code answer} while the question is voted on;
     * without effect when it produces none.
     */
    void voteWithBlocks(OracleId oracle, Answer answer);

    /** What became of a transaction. */
    sealed interface Brought {
        /** It is in a final block. */
        record Final(Hash transaction) implements Brought {}

        /** The chain does not take it. */
        record Refused(String code, String reason) implements Brought {}
    }
}
