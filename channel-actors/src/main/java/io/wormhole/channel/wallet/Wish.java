package io.wormhole.channel.wallet;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.util.Optional;

/**
 * Something to be signed.
 *
 * @param replaces the transaction of the same purpose that can never be included any more
 */
record Wish(
        String purpose,
        TransactionBody body,
        long timeGasLimit,
        long spaceGasLimit,
        Optional<Hash> dataHash,
        Optional<SignedTransaction> replaces) {
    static Wish again(String purpose, SignedTransaction lost) {
        Transaction old = lost.transaction();
        return new Wish(
                purpose,
                old.body(),
                old.timeGasLimit(),
                old.spaceGasLimit(),
                old.dataHash(),
                Optional.of(lost));
    }
}
