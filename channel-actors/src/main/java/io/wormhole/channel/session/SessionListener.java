package io.wormhole.channel.session;

import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.proto.WatchFrame;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.List;

/** Hears what partners do; called by the sessions' actor, must return at once. */
public interface SessionListener {
    /** The link to {@code partner} is up: everything unanswered should be said again. */
    void connected(PublicKey partner);

    /** The link to {@code partner} is gone; {@code reason} is for people. */
    void disconnected(PublicKey partner, String reason);

    /** The partner said these things about a channel at once. */
    void heard(PublicKey partner, ChannelId channel, List<ChannelMessage> messages);

    /**
     * The partner said something of payments over several channels; an {@link
     * IllegalArgumentException} ends its link.
     */
    void heard(PublicKey partner, RelayFrame frame);

    /**
     * The partner said something of watching; an {@link IllegalArgumentException} ends its link.
     */
    void heard(PublicKey partner, WatchFrame frame);

    /** The partner's application said something. */
    void heard(PublicKey partner, Bytes payload);
}
