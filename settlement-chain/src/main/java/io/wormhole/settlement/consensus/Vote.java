package io.wormhole.settlement.consensus;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Checkpoint;

/**
 * A validator's vote for the link from a justified checkpoint to a later one.
 *
 * @param validator who votes
 * @param source the justified checkpoint that the vote builds on
 * @param target the checkpoint that it wants justified
 */
public record Vote(Address validator, Checkpoint source, Checkpoint target) implements Canonical {
    /** Reads validator, source and target. */
    public static Vote readFrom(CanonicalReader in) {
        return new Vote(Address.readFrom(in), Checkpoint.readFrom(in), Checkpoint.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(validator).write(source).write(target);
    }
}
