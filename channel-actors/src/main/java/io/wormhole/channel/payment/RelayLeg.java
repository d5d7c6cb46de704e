package io.wormhole.channel.payment;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;

/** One leg of a payment: what is locked in a channel, and until when. */
public record RelayLeg(ChannelId channel, Amount amount, BlockHeight expiry) {}
