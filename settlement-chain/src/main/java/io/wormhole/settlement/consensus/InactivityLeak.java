package io.wormhole.settlement.consensus;

import io.wormhole.protocol.ledger.Amount;

/**
 * How absent stake shrinks while nothing becomes final, so that those who vote regain the quorum.
 */
public final class InactivityLeak {
    /** Up to this many epochs without finality nobody loses anything. */
    public static final long GRACE_EPOCHS = 4;

    private InactivityLeak() {}

    /**
     * Returns what a validator loses who did not vote in an epoch.
     *
     * @param deposit its deposit before
     * @param epochsSinceFinality epochs since the last final checkpoint
     * @param quotient the slowness of the leak, above 0
     */
    public static Amount loss(Amount deposit, long epochsSinceFinality, long quotient) {
        if (quotient <= 0) {
            throw new IllegalArgumentException("leak quotient " + quotient + "; allowed: above 0");
        }
        if (epochsSinceFinality <= GRACE_EPOCHS) {
            return Amount.ZERO;
        }
        return epochsSinceFinality >= quotient
                ? deposit
                : BlockReward.part(deposit, Amount.of(epochsSinceFinality), Amount.of(quotient));
    }
}
