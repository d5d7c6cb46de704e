package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;

/** A transaction and its sender's signature. */
public record SignedTransaction(Transaction transaction, Signature signature) implements Canonical {
    /** Largest signed transaction in bytes. */
    public static final int MAXIMUM_SIZE = 262_144;

    // A vote has 32+8+8+8+8+1+1+80 bytes and a signature: too small to hold evidence of two.
    private static final int MAXIMUM_VOTE_SIZE = 256;

    /** Decodes one transaction strictly; refuses more than {@value #MAXIMUM_SIZE} bytes. */
    public static SignedTransaction decode(Bytes encoded) {
        if (encoded.size() > MAXIMUM_SIZE) {
            throw new IllegalArgumentException(
                    "a transaction has at most 262144 bytes, found " + encoded.size());
        }
        return CanonicalReader.decode(encoded, SignedTransaction::readFrom);
    }

    /** Reads transaction and signature. */
    public static SignedTransaction readFrom(CanonicalReader in) {
        return new SignedTransaction(Transaction.readFrom(in), Signature.readFrom(in));
    }

    /**
     * Reads a length and a transaction small enough to be a finality vote, so that evidence cannot
     * nest evidence.
     */
    static SignedTransaction readVoteFrom(CanonicalReader in) {
        return CanonicalReader.decode(in.readBytes(MAXIMUM_VOTE_SIZE), SignedTransaction::readFrom);
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(transaction).write(signature);
    }

    /** The transaction's identity. */
    public Hash id() {
        return transaction.id();
    }

    /** Whether the sender signed this for {@code network}. */
    public boolean isSignedFor(NetworkId network) {
        return transaction
                .sender()
                .verifies(signature, DomainTag.TRANSACTION, network, transaction.encoded());
    }
}
