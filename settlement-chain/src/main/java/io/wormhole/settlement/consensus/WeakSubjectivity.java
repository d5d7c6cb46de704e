package io.wormhole.settlement.consensus;

import io.wormhole.protocol.ledger.Checkpoint;
import java.math.BigInteger;

/**
 * Why a node needs a checkpoint from outside after a long absence: whoever has withdrawn a stake
 * can sign another history with the old keys and has nothing left to lose.
 */
public final class WeakSubjectivity {
    // Networks whose stakes are bound for less are for trying out: their nodes may rest.
    private static final long SHORTEST_SERIOUS_MILLIS = 60 * 60 * 1000L;

    private WeakSubjectivity() {}

    /** Returns whether stakes are bound for so short a time that nobody relies on it. */
    public static boolean isForTryingOut(long spacingMillis, FinalityRules rules) {
        return boundMillis(spacingMillis, rules) < SHORTEST_SERIOUS_MILLIS;
    }

    /**
     * Returns how long a stake is bound after its owner has left, in wanted time between blocks;
     * the longest time that there is, when it is longer.
     */
    public static long boundMillis(long spacingMillis, FinalityRules rules) {
        return BigInteger.valueOf(rules.withdrawalDelayEpochs())
                .multiply(BigInteger.valueOf(spacingMillis))
                .multiply(BigInteger.valueOf(rules.epochLength()))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    /**
     * Returns whether what a node knows is too old to start from without a fresh trusted
     * checkpoint.
     *
     * @param lastFinalMillis time of the last final block that the node knows
     * @param nowMillis the time now
     * @param spacingMillis the wanted time between blocks
     */
    public static boolean isTooOld(
            long lastFinalMillis, long nowMillis, long spacingMillis, FinalityRules rules) {
        return nowMillis - lastFinalMillis > boundMillis(spacingMillis, rules);
    }

    /**
     * Returns whether a chain is allowed: it contains the trusted checkpoint, or does not reach it
     * yet.
     */
    public static boolean isAllowed(
            IndexedBlock tip, Checkpoint trusted, BlockIndex index, FinalityRules rules) {
        long height = Math.multiplyExact(trusted.epoch(), (long) rules.epochLength());
        return tip.height() < height
                || index.ancestorAt(tip.hash(), height)
                        .filter(block -> block.hash().equals(trusted.blockHash()))
                        .isPresent();
    }
}
