package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.BlockHeight;

/** That a commitment to a name was made at a height; the commitment itself binds the owner. */
public record Preclaim(BlockHeight at) implements Canonical {
    /** Reads a height. */
    public static Preclaim readFrom(CanonicalReader in) {
        return new Preclaim(BlockHeight.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(at);
    }
}
