package io.wormhole.settlement.consensus;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/**
 * What a validator must remember so that it never commits an offence. It is durable before a vote
 * leaves.
 *
 * @param sourceEpoch the highest source epoch signed so far
 * @param targetEpoch the highest target epoch signed so far
 */
public record SlashingProtection(long sourceEpoch, long targetEpoch) implements Canonical {
    /** Of a validator that has never voted. */
    public static final SlashingProtection NONE = new SlashingProtection(0, 0);

    /** Reads both epochs. */
    public static SlashingProtection readFrom(CanonicalReader in) {
        return new SlashingProtection(in.readLong(), in.readLong());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(sourceEpoch).writeLong(targetEpoch);
    }

    /**
     * Returns whether a vote is safe: its target is later than any before, and its source not
     * earlier.
     */
    public boolean permits(Vote vote) {
        return vote.source().epoch() >= sourceEpoch
                && vote.target().epoch() > targetEpoch
                && vote.source().epoch() < vote.target().epoch();
    }

    /** Returns what to remember before signing a permitted vote. */
    public SlashingProtection after(Vote vote) {
        if (!permits(vote)) {
            throw new IllegalArgumentException(
                    "vote from epoch "
                            + vote.source().epoch()
                            + " to "
                            + vote.target().epoch()
                            + "; allowed: source from "
                            + sourceEpoch
                            + ", target above "
                            + targetEpoch);
        }
        return new SlashingProtection(vote.source().epoch(), vote.target().epoch());
    }
}
