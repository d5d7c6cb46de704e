package io.wormhole.protocol.crypto;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/** Which settlement network something belongs to: the hash of its genesis. */
public record NetworkId(Hash genesis) implements Canonical {
    /** Reads 32 bytes. */
    public static NetworkId readFrom(CanonicalReader in) {
        return new NetworkId(Hash.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(genesis);
    }

    @Override
    public String toString() {
        return genesis.toHex();
    }
}
