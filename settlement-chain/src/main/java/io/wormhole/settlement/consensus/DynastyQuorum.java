package io.wormhole.settlement.consensus;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import java.util.Map;
import java.util.Set;

/**
 * When votes justify a checkpoint: two thirds of the stake of both the current and the previous
 * validator set.
 */
public final class DynastyQuorum {
    private DynastyQuorum() {}

    /** Returns whether the voters reach the quorum in both sets; an empty set never does. */
    public static boolean isReached(
            Map<Address, Amount> current, Map<Address, Amount> previous, Set<Address> voters) {
        return isReachedIn(current, voters) && isReachedIn(previous, voters);
    }

    private static boolean isReachedIn(Map<Address, Amount> set, Set<Address> voters) {
        return isTwoThirds(votedStake(set, voters), Amount.sum(set.values()));
    }

    /** Returns the stake of those members of a set who voted. */
    static Amount votedStake(Map<Address, Amount> set, Set<Address> voters) {
        Amount voted = Amount.ZERO;
        for (Map.Entry<Address, Amount> member : set.entrySet()) {
            if (voters.contains(member.getKey())) {
                voted = voted.plus(member.getValue());
            }
        }
        return voted;
    }

    /**
     * Returns whether 3 * part >= 2 * total, computed without overflow; never for a total of zero.
     */
    static boolean isTwoThirds(Amount part, Amount total) {
        long twoThirdsRoundedUp = total.baseUnits() - total.baseUnits() / 3;
        return !total.isZero() && part.baseUnits() >= twoThirdsRoundedUp;
    }
}
