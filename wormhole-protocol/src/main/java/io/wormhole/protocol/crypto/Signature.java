package io.wormhole.protocol.crypto;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/** A 64-byte Ed25519 signature (RFC 8032). */
public record Signature(Bytes bytes) implements Canonical {
    /** Length in bytes. */
    public static final int SIZE = 64;

    /** Refuses any length but 64. */
    public Signature {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a signature has 64 bytes, found " + bytes.size());
        }
    }

    /** Reads 64 bytes. */
    public static Signature readFrom(CanonicalReader in) {
        return new Signature(in.readFixed(SIZE));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(bytes);
    }

    @Override
    public String toString() {
        return bytes.toHex();
    }
}
