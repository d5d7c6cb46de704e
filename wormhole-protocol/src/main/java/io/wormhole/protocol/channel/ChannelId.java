package io.wormhole.protocol.channel;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;

/** A channel's identity: the hash of its network and terms, so it can never stand for others. */
public record ChannelId(Hash hash) implements Canonical, Comparable<ChannelId> {
    /** Reads 32 bytes. */
    public static ChannelId readFrom(CanonicalReader in) {
        return new ChannelId(Hash.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(hash);
    }

    @Override
    public int compareTo(ChannelId other) {
        return hash.compareTo(other.hash);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return hash.toHex();
    }
}
