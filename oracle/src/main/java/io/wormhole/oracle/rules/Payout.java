package io.wormhole.oracle.rules;

import io.wormhole.protocol.ledger.Amount;

/**
 * Where the deposits of a question go; the four parts are all that the question held.
 *
 * @param asker to the asker
 * @param challenger to the challenger; zero without one
 * @param jurors to those who voted with the result
 * @param burned leaves the supply
 */
public record Payout(Amount asker, Amount challenger, Amount jurors, Amount burned) {
    /** An answer that nobody disputed: the deposit returns. */
    static Payout returned(Amount deposit) {
        return new Payout(deposit, Amount.ZERO, Amount.ZERO, Amount.ZERO);
    }

    /** A question that its asker did not answer and nobody claimed: silence costs the deposit. */
    static Payout forfeited(Amount deposit) {
        return new Payout(Amount.ZERO, Amount.ZERO, Amount.ZERO, deposit);
    }

    /** The vote decided nothing twice: both get back what is not burned. */
    public static Payout unresolved(Amount deposit, DisputeShares shares) {
        Amount burn = shares.unresolvedBurn(deposit);
        Amount back = deposit.minus(burn);
        return new Payout(back, back, Amount.ZERO, burn.plus(burn));
    }

    /** The vote says that the asker was right. */
    public static Payout askerRight(Amount deposit, DisputeShares shares) {
        Amount jurors = shares.jurors(deposit);
        return new Payout(deposit.plus(deposit.minus(jurors)), Amount.ZERO, jurors, Amount.ZERO);
    }

    /** The vote says that the challenger was right. */
    public static Payout challengerRight(Amount deposit, DisputeShares shares) {
        Amount jurors = shares.jurors(deposit);
        Amount reward = shares.challenger(deposit);
        return new Payout(
                Amount.ZERO, deposit.plus(reward), jurors, deposit.minus(jurors).minus(reward));
    }

    /** The vote says that both were wrong. */
    public static Payout bothWrong(Amount deposit, DisputeShares shares) {
        Amount jurors = shares.jurors(deposit);
        Amount burn = deposit.minus(jurors);
        return new Payout(Amount.ZERO, Amount.ZERO, jurors.plus(jurors), burn.plus(burn));
    }

    /** All parts together. */
    public Amount total() {
        return asker.plus(challenger).plus(jurors).plus(burned);
    }
}
