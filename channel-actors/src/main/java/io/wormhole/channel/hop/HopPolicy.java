package io.wormhole.channel.hop;

import io.wormhole.channel.decider.Tools;
import io.wormhole.protocol.ledger.Amount;

/**
 * Under which conditions a node takes part in payments of others.
 *
 * @param baseFee least fee of one payment
 * @param feePerMillion and for each million base units
 * @param expiryBlocks how much earlier than the incoming lock the outgoing one must expire
 * @param openBlocks how long a lock must be open at least when it is made or paid
 * @param forceBlocks how long before the expiry the chain is asked when the partner is silent
 */
public record HopPolicy(
        Amount baseFee, long feePerMillion, long expiryBlocks, long openBlocks, long forceBlocks) {
    private static final long MILLION = 1_000_000;

    /** Refuses gaps in which the chain could not help. */
    public HopPolicy {
        if (feePerMillion < 0 || feePerMillion > MILLION) {
            throw new IllegalArgumentException("fee per million out of range: " + feePerMillion);
        }
        // A partner may claim a height that is off, in its own favour, on both sides of a relay.
        if (forceBlocks < 1
                || expiryBlocks <= forceBlocks + 2 * Tools.HEIGHT_TOLERANCE_BLOCKS
                || openBlocks <= forceBlocks + Tools.HEIGHT_TOLERANCE_BLOCKS) {
            throw new IllegalArgumentException(
                    "with force blocks %d (at least 1), expiry blocks must be above %d and open"
                                    .formatted(
                                            forceBlocks,
                                            forceBlocks + 2 * Tools.HEIGHT_TOLERANCE_BLOCKS)
                            + " blocks above "
                            + (forceBlocks + Tools.HEIGHT_TOLERANCE_BLOCKS));
        }
    }

    /** What is taken of each payment: so much, and a share of it. */
    public record Fee(Amount base, long perMillion) {}

    /** The fee of this policy. */
    public Fee relayFee() {
        return new Fee(baseFee, feePerMillion);
    }

    Amount fee(Amount amount) {
        long whole = amount.baseUnits() / MILLION;
        long rest = amount.baseUnits() % MILLION;
        long share =
                Math.addExact(
                        Math.multiplyExact(whole, feePerMillion),
                        (rest * feePerMillion + MILLION - 1) / MILLION);
        return baseFee.plus(Amount.of(share));
    }
}
