package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A transaction and its sender's signature. Encoding and identity are asked for a dozen times on
 * the way into a block, so each is found once.
 */
public final class SignedTransaction implements Canonical {
    /** Largest signed transaction in bytes. */
    public static final int MAXIMUM_SIZE = 262_144;

    // A vote has 32+8+8+8+8+1+1+80 bytes and a signature: too small to hold evidence of two.
    private static final int MAXIMUM_VOTE_SIZE = 256;

    private final Transaction transaction;
    private final Signature signature;
    // Found when first asked for; two threads find the same.
    private @Nullable Bytes encoded;
    private @Nullable Hash id;

    /** A transaction with what is said to be its signature. */
    public SignedTransaction(Transaction transaction, Signature signature) {
        this.transaction = transaction;
        this.signature = signature;
    }

    /** Decodes one transaction strictly; refuses more than {@value #MAXIMUM_SIZE} bytes. */
    public static SignedTransaction decode(Bytes encoded) {
        if (encoded.size() > MAXIMUM_SIZE) {
            throw new IllegalArgumentException(
                    "a transaction has at most 262144 bytes, found " + encoded.size());
        }
        SignedTransaction decoded = CanonicalReader.decode(encoded, SignedTransaction::readFrom);
        // There is one encoding, so it is this one.
        decoded.encoded = encoded;
        return decoded;
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

    /** What is signed. */
    public Transaction transaction() {
        return transaction;
    }

    /** What is said to be the sender's signature. */
    public Signature signature() {
        return signature;
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(encoded());
    }

    @Override
    public Bytes encoded() {
        Bytes known = encoded;
        if (known == null) {
            known = new CanonicalWriter().write(transaction).write(signature).toBytes();
            encoded = known;
        }
        return known;
    }

    private Bytes unsigned() {
        Bytes all = encoded();
        return all.slice(0, all.size() - Signature.SIZE);
    }

    /** The transaction's identity. */
    public Hash id() {
        Hash known = id;
        if (known == null) {
            known = Hash.of(DomainTag.TRANSACTION, unsigned());
            id = known;
        }
        return known;
    }

    /** Whether the sender signed this for {@code network}. */
    public boolean isSignedFor(NetworkId network) {
        return transaction.sender().verifies(signature, DomainTag.TRANSACTION, network, unsigned());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedTransaction signed
                && signature.equals(signed.signature)
                && transaction.equals(signed.transaction);
    }

    @Override
    public int hashCode() {
        return Objects.hash(transaction, signature);
    }

    @Override
    public String toString() {
        return "SignedTransaction[transaction=" + transaction + ", signature=" + signature + "]";
    }
}
