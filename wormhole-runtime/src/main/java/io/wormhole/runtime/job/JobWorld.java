package io.wormhole.runtime.job;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.proto.OrderMessage;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What a job needs of the node around it. */
public interface JobWorld {
    /** The key with which the line attests deliveries. */
    KeyPair lineKey();

    /** How long a customer may leave a payment unanswered before the chain is asked. */
    Duration partnerSilence();

    /** What this side remembers of a channel. */
    CompletionStage<ChannelMemory> channel(ChannelId channel);

    /** Lets something happen to a channel. */
    CompletionStage<ChannelEntity.Answer> perform(ChannelId channel, ChannelAction action);

    /** Height of the head. */
    CompletionStage<BlockHeight> height();

    /** Tells the customer's order desk, if there is a link. */
    void say(PublicKey customer, OrderMessage message);

    /** The job is over: the line need not start it again. */
    void ended(Name line, Hash order);
}
