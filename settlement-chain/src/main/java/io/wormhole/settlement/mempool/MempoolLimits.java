package io.wormhole.settlement.mempool;

/**
 * What the pool grants.
 *
 * @param transactions most transactions that wait, votes not counted
 * @param bytes most bytes of them together
 * @param perSender most transactions of one sender, and how far ahead of its account a nonce may be
 * @param replacementPercent how much more gas price a replacement must offer, in per cent
 * @param votes most finality votes that wait
 * @param votesPerValidator most votes of one validator that wait
 */
public record MempoolLimits(
        int transactions,
        long bytes,
        int perSender,
        int replacementPercent,
        int votes,
        int votesPerValidator) {
    private static final MempoolLimits DEFAULTS =
            new MempoolLimits(10_000, 32L << 20, 256, 10, 2_048, 4);

    /** Refuses limits of zero and below. */
    public MempoolLimits {
        if (transactions < 1 || bytes < 1 || perSender < 1 || votes < 1 || votesPerValidator < 1) {
            throw new IllegalArgumentException("mempool limits must be at least 1");
        }
        if (replacementPercent < 0) {
            throw new IllegalArgumentException(
                    "replacement percent below zero: " + replacementPercent);
        }
    }

    /** 10,000 transactions of 32 MiB, 256 per sender, replacement at 10 % more. */
    public static MempoolLimits defaults() {
        return DEFAULTS;
    }
}
