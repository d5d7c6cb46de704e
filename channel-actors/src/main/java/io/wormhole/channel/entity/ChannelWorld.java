package io.wormhole.channel.entity;

import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Effect;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;

/** What a channel's actor does to the world; every call returns at once and may be repeated. */
public interface ChannelWorld {
    /** Sends a message to the partner, or drops it while there is no link. */
    void send(PublicKey partner, ChannelId channel, ChannelMessage message);

    /** Brings a transaction to the chain, once per channel and purpose. */
    void submit(ChannelId channel, Effect.Submit transaction);

    /** Keeps telling the channel what the chain says, at every block, until it is closed. */
    void attend(ChannelId channel);

    /** Passes one of the {@code Tell} effects to the channel's owner. */
    void tell(ChannelId channel, Effect notice);
}
