package io.wormhole.channel.decider;

import io.wormhole.protocol.ledger.Amount;

/**
 * A standing consent of this side: the partner may top the lock up from this side's balance, once
 * with each step of the contract.
 *
 * @param lockId the contract
 * @param perStep the most that one step may add
 * @param stepsLeft how many more times
 */
public record Permit(long lockId, Amount perStep, long stepsLeft) {
    /** Refuses a negative count. */
    public Permit {
        if (stepsLeft < 0) {
            throw new IllegalArgumentException("steps below zero: " + stepsLeft);
        }
    }

    Permit used() {
        return new Permit(lockId, perStep, stepsLeft - 1);
    }
}
