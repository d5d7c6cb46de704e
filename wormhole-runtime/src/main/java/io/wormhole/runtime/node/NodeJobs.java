package io.wormhole.runtime.node;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.job.JobWorld;
import io.wormhole.runtime.proto.OrderMessage;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What jobs need of their node. */
record NodeJobs(WormholeNode node) implements JobWorld {
    @Override
    public KeyPair lineKey() {
        return node.operator();
    }

    @Override
    public Duration partnerSilence() {
        return node.config().channels().partnerSilence();
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
    public CompletionStage<BlockHeight> height() {
        return node.height();
    }

    @Override
    public void say(PublicKey customer, OrderMessage message) {
        node.say(customer, message);
    }

    @Override
    public void ended(Name line, Hash order) {
        node.lines().jobOver(line, order);
    }
}
