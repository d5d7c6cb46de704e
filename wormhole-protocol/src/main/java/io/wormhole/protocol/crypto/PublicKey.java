package io.wormhole.protocol.crypto;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/**
 * A 32-byte Ed25519 public key: a canonical encoding of a curve point that is not of small order.
 */
public record PublicKey(Bytes bytes) implements Canonical, Comparable<PublicKey> {
    /** Length in bytes. */
    public static final int SIZE = 32;

    /** Refuses what is no point of the curve, in canonical form (RFC 8032, 5.1.3). */
    public PublicKey {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a public key has 32 bytes, found " + bytes.size());
        }
        if (!SignatureCheck.isKey(bytes)) {
            throw new IllegalArgumentException("not an Ed25519 public key: " + bytes.toHex());
        }
    }

    /** Reads 32 bytes. */
    public static PublicKey readFrom(CanonicalReader in) {
        return new PublicKey(in.readFixed(SIZE));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(bytes);
    }

    /** The address of this key: the tagged hash of its bytes. */
    public Address address() {
        return new Address(Hash.of(DomainTag.ADDRESS, bytes));
    }

    /** Whether {@code signature} was made for exactly this tag, network and content. */
    public boolean verifies(Signature signature, DomainTag tag, NetworkId network, Bytes content) {
        byte[] message = SignedMessage.of(tag, network, content);
        return SignatureCheck.isValid(bytes, message, signature.bytes());
    }

    @Override
    public int compareTo(PublicKey other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.toHex();
    }
}
