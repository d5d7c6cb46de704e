package io.wormhole.channel.payment;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.Optional;

/**
 * Where and why a part of a payment failed.
 *
 * @param at the node that says so
 * @param channel the channel that could not carry it, if one is to blame
 * @param reason for people, at most {@value #MOST_REASON} characters
 */
public record PaymentFailure(
        FailureCode code, PublicKey at, Optional<ChannelId> channel, String reason) {
    /** Most characters of a reason. */
    public static final int MOST_REASON = 200;

    /** Cuts a reason that is too long. */
    public PaymentFailure {
        reason = reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON);
    }
}
