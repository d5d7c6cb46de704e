package io.wormhole.settlement.consensus;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Checkpoint;

/**
 * How far a chain has come.
 *
 * @param justified the last justified checkpoint
 * @param finalised the last final checkpoint
 * @param dynasty how many checkpoints had become final when the epoch began
 * @param dynastyFinalisedEpoch the last final epoch when the epoch began
 */
public record Progress(
        Checkpoint justified, Checkpoint finalised, long dynasty, long dynastyFinalisedEpoch)
        implements Canonical {

    static Progress atGenesis(Checkpoint genesis) {
        return new Progress(genesis, genesis, 0, 0);
    }

    /** Reads all fields in order. */
    public static Progress readFrom(CanonicalReader in) {
        return new Progress(
                Checkpoint.readFrom(in), Checkpoint.readFrom(in), in.readLong(), in.readLong());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(justified).write(finalised).writeLong(dynasty).writeLong(dynastyFinalisedEpoch);
    }

    /**
     * After the link from source to target has reached the quorum: final needs two epochs in a row.
     */
    Progress justify(Checkpoint source, Checkpoint target) {
        boolean isNextEpoch = source.epoch() + 1 == target.epoch();
        Checkpoint nowFinal =
                isNextEpoch && source.epoch() > finalised.epoch() ? source : finalised;
        return new Progress(target, nowFinal, dynasty, dynastyFinalisedEpoch);
    }

    /** Whether a checkpoint has become final since the epoch began. */
    boolean endsDynasty() {
        return finalised.epoch() > dynastyFinalisedEpoch;
    }

    Progress nextDynasty() {
        return new Progress(justified, finalised, dynasty + 1, finalised.epoch());
    }
}
