package io.wormhole.runtime.node;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.runtime.order.OrderWorld;
import io.wormhole.runtime.proto.OrderMessage;
import java.util.concurrent.CompletionStage;

/** What orders need of their node. */
record NodeOrders(WormholeNode node) implements OrderWorld {
    @Override
    public Address self() {
        return node.operator().address();
    }

    @Override
    public NetworkId network() {
        return node.settlement().network();
    }

    @Override
    public CompletionStage<ChannelMemory> channel(ChannelId channel) {
        return node.channels().inspect(channel);
    }

    @Override
    public CompletionStage<ChannelEntity.Answer> perform(ChannelId channel, ChannelAction action) {
        return node.channels().perform(channel, action);
    }

    @Override
    public void say(PublicKey partner, OrderMessage message) {
        node.say(partner, message);
    }
}
