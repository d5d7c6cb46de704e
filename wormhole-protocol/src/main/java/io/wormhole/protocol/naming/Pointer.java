package io.wormhole.protocol.naming;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/** What a name stands for: an account, a wormhole, or the hash of something. */
public record Pointer(Kind kind, Bytes value) implements Canonical {
    /** Longest value in bytes. */
    public static final int MAXIMUM_SIZE = 512;

    /** What the value is. */
    public enum Kind {
        /** The 32 bytes of an address. */
        ACCOUNT,
        /** An encoded {@link WormholeAddress}. */
        WORMHOLE,
        /** The 32 bytes of a hash. */
        HASH
    }

    /** Refuses a value that is not of its kind. */
    public Pointer {
        if (kind == Kind.WORMHOLE) {
            CanonicalReader.decode(value, WormholeAddress::readFrom);
        } else if (value.size() != 32) {
            throw new IllegalArgumentException(
                    kind + " pointer has 32 bytes, found " + value.size());
        }
    }

    /** A pointer to a wormhole. */
    public static Pointer to(WormholeAddress address) {
        return new Pointer(Kind.WORMHOLE, address.encoded());
    }

    /** Reads kind and value. */
    public static Pointer readFrom(CanonicalReader in) {
        return new Pointer(in.readEnum(Kind.class), in.readBytes(MAXIMUM_SIZE));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeEnum(kind).writeBytes(value);
    }
}
