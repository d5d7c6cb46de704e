package io.wormhole.channel.node;

import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.proto.WatchFrame;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.Optional;

/** Whoever uses the channels; every call must return at once. */
public interface ChannelOwner {
    /** Why a partner's terms are not accepted; empty to accept them. */
    Optional<String> objection(PublicKey partner, ChannelTerms terms);

    /**
     * One of the {@code Tell} effects: what became of an update, an opening, a close. It may be
     * lost when the process dies: after a restart, look at the channel's memory.
     */
    void told(ChannelId channel, Effect notice);

    /**
     * A channel has changed to this; said before anything is told of it, and maybe before it is
     * durable: the next crash may take it back.
     */
    default void changed(ChannelId channel, KnownChannel memory) {}

    /** The link to a partner is up: say again what it has not answered. */
    void connected(PublicKey partner);

    /** The link to a partner is gone. */
    void disconnected(PublicKey partner, String reason);

    /** The partner's application said something; hostile until decoded. */
    void heard(PublicKey partner, Bytes payload);

    /**
     * The partner said something of payments over several channels; an {@link
     * IllegalArgumentException} ends its link.
     */
    default void heard(PublicKey partner, RelayFrame frame) {}

    /**
     * The partner said something of watching; an {@link IllegalArgumentException} ends its link.
     */
    default void heard(PublicKey partner, WatchFrame frame) {}
}
