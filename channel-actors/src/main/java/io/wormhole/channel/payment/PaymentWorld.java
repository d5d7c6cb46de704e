package io.wormhole.channel.payment;

import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.route.Route;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;

/** What the payments of a node do to the world; every call returns at once. */
public interface PaymentWorld {
    /** Asks what a channel is like. */
    CompletionStage<PaymentInput.ChannelSeen> look(ChannelId channel);

    /**
     * Asks a channel for updates that ride together. The answers come at once when each of them is
     * known, in the order of the requests; or never.
     */
    CompletionStage<List<PaymentInput.Answer>> ask(
            ChannelId channel, List<PaymentEffect.Ask> requests);

    /** Closes a channel alone, and lets the chain run a step. */
    void force(ChannelId channel, ForcedStep step);

    /** Tells a neighbour all this, or nobody while there is no link. */
    void say(PublicKey partner, List<RelayMessage> messages);

    /** Routes that deliver an amount together, or none. */
    CompletionStage<List<Route>> routes(PaymentEffect.RouteWish wish);

    /** The secrets that transactions in blocks show. */
    CompletionStage<List<Bytes>> secrets(List<Hash> transactions);

    /**
     * Tells of the chain from the last final block on.
     *
     * @param from or from this final height on
     */
    void follow(Optional<BlockHeight> from, Consumer<PaymentInput> told);

    /** Complete when all that this node stored so far is on its disk. */
    default CompletionStage<Done> durable() {
        return CompletableFuture.completedFuture(Done.done());
    }
}
