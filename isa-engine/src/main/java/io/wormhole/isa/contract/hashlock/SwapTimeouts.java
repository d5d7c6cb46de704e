package io.wormhole.isa.contract.hashlock;

/**
 * The expiries of a swap: leg A is the initiator's, who knows the secret; leg B is that of the
 * participant, who locks second and learns the secret when B is redeemed.
 *
 * @param expiryA first moment at which leg A goes back
 * @param expiryB first moment at which leg B goes back
 * @param gap how long the participant needs at least, after B's expiry, to redeem A
 * @param minimum how long leg B must be open at least
 */
public record SwapTimeouts(long expiryA, long expiryB, long gap, long minimum) {
    /** Whether the participant may safely lock leg B at {@code now}. */
    public boolean allowsSecondLock(long now) {
        return Math.subtractExact(expiryA, expiryB) >= gap
                && Math.subtractExact(expiryB, now) >= minimum;
    }
}
