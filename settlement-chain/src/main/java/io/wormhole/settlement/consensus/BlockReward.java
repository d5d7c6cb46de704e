package io.wormhole.settlement.consensus;

import io.wormhole.protocol.ledger.Amount;
import java.math.BigInteger;

/**
 * How the subsidy and fees of one block are shared out: 70 % of the subsidy and all fees to the
 * miner, 20 % to the stake that voted, the rest to the reward pool. What falls to stake that did
 * not vote is never minted.
 *
 * @param miner share of the miner, fees included
 * @param validators share of all who voted together
 * @param rewardPool share of the pool
 * @param minted how much the supply grows: all shares less the fees
 * @param unminted the part of the subsidy that is not minted
 */
public record BlockReward(
        Amount miner, Amount validators, Amount rewardPool, Amount minted, Amount unminted) {
    private static final int MINER_PERCENT = 70;
    private static final int VALIDATORS_PERCENT = 20;

    /** Shares out a subsidy; with no stake at all, nothing counts as voted. */
    public static BlockReward split(
            Amount subsidy, Amount fees, Amount votedStake, Amount totalStake) {
        if (!totalStake.covers(votedStake)) {
            throw new IllegalArgumentException(
                    "voted stake " + votedStake + " above total " + totalStake);
        }
        Amount miner = percent(subsidy, MINER_PERCENT);
        Amount forVotes = percent(subsidy, VALIDATORS_PERCENT);
        Amount pool = subsidy.minus(miner).minus(forVotes);
        Amount validators =
                totalStake.isZero() ? Amount.ZERO : part(forVotes, votedStake, totalStake);
        return new BlockReward(
                miner.plus(fees),
                validators,
                pool,
                miner.plus(validators).plus(pool),
                forVotes.minus(validators));
    }

    /** Returns whole * numerator / denominator, rounded down, without overflow in between. */
    static Amount part(Amount whole, Amount numerator, Amount denominator) {
        return Amount.of(
                BigInteger.valueOf(whole.baseUnits())
                        .multiply(BigInteger.valueOf(numerator.baseUnits()))
                        .divide(BigInteger.valueOf(denominator.baseUnits()))
                        .longValueExact());
    }

    private static Amount percent(Amount whole, int percent) {
        return part(whole, Amount.of(percent), Amount.of(100));
    }
}
