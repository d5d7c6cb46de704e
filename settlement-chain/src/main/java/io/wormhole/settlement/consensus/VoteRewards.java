package io.wormhole.settlement.consensus;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;

/**
 * What voting earns.
 *
 * @param votedStake how much of the current set voted in the epoch before this one
 * @param totalStake the current set of the epoch before this one
 * @param pot what blocks of this epoch have set aside for those who vote in it
 */
public record VoteRewards(Amount votedStake, Amount totalStake, Amount pot) implements Canonical {
    /** Nothing yet. */
    static final VoteRewards NONE = new VoteRewards(Amount.ZERO, Amount.ZERO, Amount.ZERO);

    /** Reads all fields in order. */
    public static VoteRewards readFrom(CanonicalReader in) {
        return new VoteRewards(Amount.readFrom(in), Amount.readFrom(in), Amount.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(votedStake).write(totalStake).write(pot);
    }

    VoteRewards plus(Amount share) {
        return new VoteRewards(votedStake, totalStake, pot.plus(share));
    }
}
