package io.wormhole.channel.route;

import io.wormhole.channel.hop.HopPolicy;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;

/**
 * One direction of a channel whose payer relays payments of others.
 *
 * @param most the most that it can carry, as far as is known: a hint, the relay decides
 * @param baseFee what the payer of this channel takes for each payment that it relays into it
 * @param feePerMillion and for each million base units of it
 * @param expiryBlocks how much earlier than its incoming lock the payer's outgoing lock must expire
 */
public record AnnouncedChannel(
        ChannelId channel,
        PublicKey payer,
        PublicKey payee,
        Amount most,
        Amount baseFee,
        long feePerMillion,
        long expiryBlocks) {
    private static final long MOST_EXPIRY_BLOCKS = 1_000_000;

    /** Refuses a channel with oneself, and fees and gaps out of range. */
    public AnnouncedChannel {
        if (payer.equals(payee)) {
            throw new IllegalArgumentException("a channel with oneself");
        }
        new HopPolicy.Fee(baseFee, feePerMillion);
        if (expiryBlocks < 1 || expiryBlocks > MOST_EXPIRY_BLOCKS) {
            throw new IllegalArgumentException(
                    "expiry blocks must be 1 to 1000000, found " + expiryBlocks);
        }
    }

    /** The same direction that can carry another amount. */
    public AnnouncedChannel withMost(Amount other) {
        return new AnnouncedChannel(
                channel, payer, payee, other, baseFee, feePerMillion, expiryBlocks);
    }

    /** The fee for relaying {@code amount}, rounded up. */
    public Amount fee(Amount amount) {
        return new HopPolicy.Fee(baseFee, feePerMillion).of(amount);
    }

    /** Whether {@code amount} fits, and its fee beside it in any channel before. */
    boolean carries(Amount amount) {
        return most.covers(amount) && Amount.of(Long.MAX_VALUE).minus(amount).covers(fee(amount));
    }
}
