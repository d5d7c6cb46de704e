package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import java.util.Optional;

/**
 * A transaction before its signature.
 *
 * @param sender whose account pays and whose key signs
 * @param nonce one more than the account's nonce
 * @param gasPrice base units per byte of the signed encoding and per unit of gas
 * @param timeGasLimit the most time gas that a contract may use; 0 where none runs
 * @param spaceGasLimit the most space gas that a contract may use; 0 where none runs
 * @param dataHash hash of anything, to prove that it existed
 * @param body what to do
 */
public record Transaction(
        PublicKey sender,
        Nonce nonce,
        Amount gasPrice,
        long timeGasLimit,
        long spaceGasLimit,
        Optional<Hash> dataHash,
        TransactionBody body)
        implements Canonical {
    /** Refuses negative gas limits. */
    public Transaction {
        if (timeGasLimit < 0 || spaceGasLimit < 0) {
            throw new IllegalArgumentException("gas limits must not be negative");
        }
    }

    /** A transaction that runs no contract and carries no data hash. */
    public static Transaction of(
            PublicKey sender, Nonce nonce, Amount gasPrice, TransactionBody body) {
        return new Transaction(sender, nonce, gasPrice, 0, 0, Optional.empty(), body);
    }

    static Transaction readFrom(CanonicalReader in) {
        return new Transaction(
                PublicKey.readFrom(in),
                Nonce.readFrom(in),
                Amount.readFrom(in),
                in.readLong(),
                in.readLong(),
                in.readOptional(Hash::readFrom),
                BodyKind.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(sender)
                .write(nonce)
                .write(gasPrice)
                .writeLong(timeGasLimit)
                .writeLong(spaceGasLimit)
                .writeOptional(dataHash)
                .writeU8(BodyKind.of(body).code())
                .write(body);
    }

    /** The transaction's identity: the hash of the unsigned bytes. */
    public Hash id() {
        return Hash.of(DomainTag.TRANSACTION, this);
    }

    /** This transaction signed for {@code network}; the key must be the sender's. */
    public SignedTransaction signedBy(KeyPair key, NetworkId network) {
        if (!key.publicKey().equals(sender)) {
            throw new IllegalArgumentException("only the sender can sign");
        }
        return new SignedTransaction(this, key.sign(DomainTag.TRANSACTION, network, encoded()));
    }
}
