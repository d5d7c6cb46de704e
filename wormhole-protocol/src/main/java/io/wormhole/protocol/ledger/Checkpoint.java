package io.wormhole.protocol.ledger;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;

/** The block at an epoch's first height, on which validators vote. */
public record Checkpoint(long epoch, Hash blockHash) implements Canonical {
    /** Refuses epochs below zero. */
    public Checkpoint {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch below zero: " + epoch);
        }
    }

    /** Reads epoch and hash. */
    public static Checkpoint readFrom(CanonicalReader in) {
        return new Checkpoint(in.readLong(), Hash.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(epoch).write(blockHash);
    }
}
