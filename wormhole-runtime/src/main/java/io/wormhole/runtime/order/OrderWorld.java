package io.wormhole.runtime.order;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.runtime.proto.OrderMessage;
import java.util.concurrent.CompletionStage;

/** What orders need of the node around them. */
public interface OrderWorld {
    /** The customer's own address. */
    Address self();

    /** The settlement network. */
    NetworkId network();

    /** What this side remembers of a channel. */
    CompletionStage<ChannelMemory> channel(ChannelId channel);

    /** Lets something happen to a channel. */
    CompletionStage<ChannelEntity.Answer> perform(ChannelId channel, ChannelAction action);

    /** Tells a partner's order desk, if there is a link. */
    void say(PublicKey partner, OrderMessage message);
}
