package io.wormhole.channel.swap;

import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;

/** What a party of a swap does next. */
public sealed interface SwapStep {
    /** Nothing can be done before something happens. */
    record Wait() implements SwapStep {}

    /** The other showed the secret: store it before anything else. */
    record Learn(Bytes secret) implements SwapStep {}

    /** Something is done: store that before anything else. */
    record Remember(SwapProgress progress) implements SwapStep {}

    /**
     * Ask the partner of a channel for an update, under a name that makes it happen once.
     *
     * @param first to be stored before
     */
    record Request(ChannelId channel, String request, Update update, SwapProgress first)
            implements SwapStep {}

    /**
     * The partner is silent and time runs out: close alone and let the chain run the step.
     *
     * @param first to be stored before
     */
    record Force(ChannelId channel, ForcedStep step, SwapProgress first) implements SwapStep {}

    /** The partner is silent after the own leg expired: close alone; it comes back by itself. */
    record Close(ChannelId channel) implements SwapStep {}

    /** Nothing is left to do. */
    record Over(boolean paid) implements SwapStep {}
}
