package io.wormhole.channel.hop;

import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;

/** What a node does next for a payment. */
public sealed interface HopStep {
    /** Nothing can be done before something happens. */
    record Wait() implements HopStep {}

    /** The next node showed the secret: remember it before anything else. */
    record Remember(Bytes secret) implements HopStep {}

    /** The outgoing leg stands in the channel: remember that before anything else. */
    record RememberLock() implements HopStep {}

    /** Ask the partner of a channel for an update, under a name that makes it happen once. */
    record Request(ChannelId channel, String request, Update update) implements HopStep {}

    /** The partner is silent and time runs out: close alone and let the chain run the step. */
    record Force(ChannelId channel, ForcedStep step) implements HopStep {}

    /** Nothing is left to do. */
    record Over(boolean paid) implements HopStep {}
}
