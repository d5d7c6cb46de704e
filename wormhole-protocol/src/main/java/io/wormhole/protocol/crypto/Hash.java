package io.wormhole.protocol.crypto;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A 32-byte SHA-256 value. */
public record Hash(Bytes bytes) implements Canonical, Comparable<Hash> {
    /** Length in bytes. */
    public static final int SIZE = 32;

    /** All bytes zero: the hash of nothing, e.g. the parent of genesis. */
    public static final Hash ZERO = new Hash(Bytes.of(new byte[SIZE]));

    private static final MessageDigest UNUSED = unused();

    /** Refuses any length but 32. */
    public Hash {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a hash has 32 bytes, found " + bytes.size());
        }
    }

    /** SHA-256 over the tag's prefix and {@code content}. */
    public static Hash of(DomainTag tag, Bytes content) {
        MessageDigest digest = sha256();
        tag.prefix().addTo(digest);
        content.addTo(digest);
        return new Hash(Bytes.of(digest.digest()));
    }

    /** SHA-256 over the tag's prefix and the canonical encoding of {@code content}. */
    public static Hash of(DomainTag tag, Canonical content) {
        return of(tag, content.encoded());
    }

    /** A fresh SHA-256 digest. */
    public static MessageDigest sha256() {
        try {
            // Copies of an unused one are several times cheaper than finding the provider again.
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", impossible);
        }
    }

    private static MessageDigest unused() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** Parses 64 hexadecimal digits. */
    public static Hash ofHex(String hex) {
        if (hex.length() != 2 * SIZE) {
            throw new IllegalArgumentException(
                    "a hash has 64 hexadecimal digits, found %d characters"
                            .formatted(hex.length()));
        }
        return new Hash(Bytes.ofHex(hex));
    }

    /** Reads 32 bytes. */
    public static Hash readFrom(CanonicalReader in) {
        return new Hash(in.readFixed(SIZE));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(bytes);
    }

    /** 64 hexadecimal digits. */
    public String toHex() {
        return bytes.toHex();
    }

    @Override
    public int compareTo(Hash other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
