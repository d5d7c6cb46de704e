package io.wormhole.channel.payment;

import io.wormhole.channel.hop.HopPolicy;
import io.wormhole.protocol.ledger.Amount;

/**
 * How a node takes part in payments over several channels.
 *
 * @param policy fees and blocks
 * @param relays whether it relays payments of others, and announces its channels
 * @param mostHops most parts of payments under way at any time; more are turned down
 * @param mostParts into how many parts a payment of its own may be split
 */
public record PaymentSettings(HopPolicy policy, boolean relays, int mostHops, int mostParts) {
    private static final HopPolicy POLICY = new HopPolicy(Amount.of(1_000), 1_000, 60, 40, 10);

    /** Refuses numbers out of range. */
    public PaymentSettings {
        if (mostHops < 1 || mostParts < 1 || mostParts > 64) {
            throw new IllegalArgumentException(
                    "at least one hop and 1 to 64 parts, found %d and %d"
                            .formatted(mostHops, mostParts));
        }
    }

    /** A node that pays and is paid, and relays when it is asked to. */
    public static PaymentSettings defaults(boolean relays) {
        return new PaymentSettings(POLICY, relays, 10_000, 16);
    }

    /** The same with another policy. */
    public PaymentSettings with(HopPolicy other) {
        return new PaymentSettings(other, relays, mostHops, mostParts);
    }
}
