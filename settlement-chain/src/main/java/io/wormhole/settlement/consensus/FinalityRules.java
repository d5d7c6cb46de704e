package io.wormhole.settlement.consensus;

import io.wormhole.protocol.ledger.Amount;

/**
 * The parameters of the finality gadget.
 *
 * @param epochLength blocks from checkpoint to checkpoint, 2 or more
 * @param leakQuotient slowness of the inactivity leak, above 0
 * @param logoutDelayDynasties dynasties from log-out, beyond the two of any change, until a
 *     validator is inactive
 * @param withdrawalDelayEpochs epochs from then until the stake is paid out
 * @param minimumDeposit the smallest stake
 */
public record FinalityRules(
        int epochLength,
        long leakQuotient,
        long logoutDelayDynasties,
        long withdrawalDelayEpochs,
        Amount minimumDeposit) {
    /** At most one part in so many of the active stake joins or leaves per dynasty. */
    public static final long CHURN_DIVISOR = 32;

    /** A change requested in a dynasty takes effect this many dynasties later at the earliest. */
    public static final long CHANGE_DELAY_DYNASTIES = 2;

    /** Longest delay in dynasties or epochs: more than any chain will ever have. */
    public static final long MAX_DELAY = 1_000_000_000_000L;

    /** Checks the ranges. */
    public FinalityRules {
        if (epochLength < 2) {
            throw new IllegalArgumentException(
                    "epoch length " + epochLength + "; allowed: 2 or more");
        }
        if (leakQuotient < 1 || !isDelay(logoutDelayDynasties) || !isDelay(withdrawalDelayEpochs)) {
            throw new IllegalArgumentException(
                    "leak quotient "
                            + leakQuotient
                            + ", log-out delay "
                            + logoutDelayDynasties
                            + ", withdrawal delay "
                            + withdrawalDelayEpochs
                            + "; allowed: quotient above 0, delays from 0 to "
                            + MAX_DELAY);
        }
    }

    private static boolean isDelay(long value) {
        return value >= 0 && value <= MAX_DELAY;
    }

    /**
     * Returns the rules of a development network: finality within seconds, stake back within a
     * minute.
     */
    public static FinalityRules development() {
        return new FinalityRules(4, 1024, 2, 10, Amount.of(1_000_000_000L));
    }

    /** Returns the rules of a public network. */
    public static FinalityRules standard() {
        return new FinalityRules(20, 1 << 26, 10, 1000, Amount.of(1_000_000_000_000L));
    }

    /**
     * Returns the epoch that a block of this height belongs to: a checkpoint block still belongs to
     * the one before.
     */
    public long epochOfBlock(long height) {
        return height == 0 ? 0 : (height - 1) / epochLength;
    }

    /** Returns whether the block of this height is a checkpoint. */
    public boolean isCheckpoint(long height) {
        return height % epochLength == 0;
    }
}
