package io.wormhole.channel.wallet;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.protocol.transaction.Transfer;
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
    /** A transfer of nothing to oneself, which only uses a nonce. */
    static Wish gap(Nonce nonce, Address self) {
        return new Wish(
                "gap/" + nonce,
                new Transfer(self, Amount.ZERO),
                0,
                0,
                Optional.empty(),
                Optional.empty());
    }

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

    /**
     * Signed with this nonce, as everybody will read it. What nobody can read must never be stored:
     * it would stop the wallet at each start.
     *
     * @throws IllegalArgumentException when it has no encoding that can be read, such as one with
     *     too long a text
     */
    SignedTransaction signed(KeyPair key, NetworkId network, Nonce nonce, Amount price) {
        SignedTransaction signed =
                new Transaction(
                                key.publicKey(),
                                nonce,
                                price,
                                timeGasLimit,
                                spaceGasLimit,
                                dataHash,
                                body)
                        .signedBy(key, network);
        return SignedTransaction.decode(signed.encoded());
    }
}
