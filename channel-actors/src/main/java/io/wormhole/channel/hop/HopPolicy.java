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
    /** Refuses fees out of range, and gaps in which the chain could not help. */
    public HopPolicy {
        new Fee(baseFee, feePerMillion);
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
    public record Fee(Amount base, long perMillion) {
        private static final long MILLION = 1_000_000;
        private static final Amount MOST_BASE = Amount.of(1L << 50);

        /** Refuses fees that nobody would pay. */
        public Fee {
            if (!MOST_BASE.covers(base)) {
                throw new IllegalArgumentException(
                        "base fee must be at most %s, found %s".formatted(MOST_BASE, base));
            }
            if (perMillion < 0 || perMillion > MILLION) {
                throw new IllegalArgumentException(
                        "fee per million must be 0 to 1000000, found " + perMillion);
            }
        }

        /** The fee for {@code amount}, rounded up; what no amount can be is all there can be. */
        public Amount of(Amount amount) {
            // The share is at most the amount itself.
            long share =
                    amount.baseUnits() / MILLION * perMillion
                            + (amount.baseUnits() % MILLION * perMillion + MILLION - 1) / MILLION;
            return base.baseUnits() > Long.MAX_VALUE - share
                    ? Amount.of(Long.MAX_VALUE)
                    : base.plus(Amount.of(share));
        }
    }

    /**
     * How long before the expiry nothing is awaited of a partner any more: it may claim a height
     * that is off, and have what was locked signed back to it before the expiry.
     */
    public long nearBlocks() {
        return forceBlocks + Tools.HEIGHT_TOLERANCE_BLOCKS;
    }

    /** The fee of this policy. */
    public Fee relayFee() {
        return new Fee(baseFee, feePerMillion);
    }
}
