package io.wormhole.channel.entity;

import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** What a channel's actor does to the world; every call returns at once and may be repeated. */
public interface ChannelWorld {
    /** Sends messages to the partner at once, or drops them while there is no link. */
    void send(PublicKey partner, ChannelId channel, List<ChannelMessage> messages);

    /** Brings a transaction to the chain, once per channel and purpose. */
    void submit(ChannelId channel, Effect.Submit transaction);

    /** Keeps telling the channel what the chain says, at every block, until it is closed. */
    void attend(ChannelId channel);

    /** Stops that: the channel waits for nothing, and hears only of blocks that name it. */
    void rest(ChannelId channel);

    /** The channel has changed: it may be kept at another place, and looked at. */
    default void changed(ChannelId channel, KnownChannel memory) {}

    /** Complete when all that this node stored so far is on its disk. */
    default CompletionStage<Done> durable() {
        return CompletableFuture.completedFuture(Done.done());
    }

    /** The height of the chain's head, as far as it is known. */
    Optional<BlockHeight> height();

    /** Roots of answered oracles that are known to be final. */
    List<Hash> answers();

    /** Passes one of the {@code Tell} effects to the channel's owner. */
    void tell(ChannelId channel, Effect notice);
}
