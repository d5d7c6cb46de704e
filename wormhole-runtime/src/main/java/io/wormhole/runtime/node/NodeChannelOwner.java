package io.wormhole.runtime.node;

import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.node.ChannelOwner;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.runtime.oracle.PartnerReading;
import io.wormhole.runtime.order.ChannelNotice;
import io.wormhole.runtime.order.CustomerOrders;
import io.wormhole.runtime.order.OrderDesk;
import io.wormhole.runtime.stream.Streams;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.eventstream.EventStream;

/** What a node says to new channels, and whom it tells of channels and partners. */
final class NodeChannelOwner implements ChannelOwner {
    private final WormholeNode node;
    private final ChannelAlarms alarms;
    private final Streams streams;
    // Channels wake up before the desk is there; partners ask again for what was not heard.
    private volatile Optional<ActorRef<OrderDesk.Command>> desk = Optional.empty();

    NodeChannelOwner(WormholeNode node, ChannelAlarms alarms, Streams streams) {
        this.node = node;
        this.alarms = alarms;
        this.streams = streams;
    }

    /** From now on the desk hears what partners say. */
    void tell(ActorRef<OrderDesk.Command> orderDesk) {
        desk = Optional.of(orderDesk);
    }

    @Override
    public Optional<String> objection(PublicKey partner, ChannelTerms terms) {
        if (!terms.participants().get(1).deposit().isZero()) {
            return Optional.of("this node locks no deposit of its own in your channel");
        }
        long least = node.config().channels().minimumCountdownBlocks();
        return terms.countdownBlocks() < least
                ? Optional.of("the countdown must be at least " + least + " blocks")
                : Optional.empty();
    }

    @Override
    public void told(ChannelId channel, Effect notice) {
        alarms.told(channel, notice);
        streams.told(channel, notice);
        node.system()
                .eventStream()
                .tell(new EventStream.Publish<>(new ChannelNotice(channel, notice)));
    }

    @Override
    public void connected(PublicKey partner) {
        node.orders().tell(new CustomerOrders.Connected(partner));
    }

    @Override
    public void disconnected(PublicKey partner, String reason) {
        node.system().log().info("partner {} is gone: {}", partner, reason);
    }

    @Override
    public void heard(PublicKey partner, Bytes payload) {
        // The desk is the last part to start, so the oracles of a full node are there when it is.
        desk.ifPresent(actor -> hear(actor, partner, payload));
    }

    // A light node has no feeds, so nobody fills one.
    private void hear(ActorRef<OrderDesk.Command> actor, PublicKey partner, Bytes payload) {
        if (!PartnerReading.isOne(payload)) {
            actor.tell(new OrderDesk.Heard(partner, payload));
        } else if (node.side() instanceof NetworkSide.Full) {
            node.oracles().heard(partner, payload);
        }
    }
}
