package io.wormhole.channel.entity;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.protocol.channel.ChannelId;
import java.util.ArrayList;
import java.util.List;

/** What a channel says to its partner and to the chain. */
record Voice(ChannelId channel, ChannelWorld world) {
    // As many as one frame of a session takes.
    private static final int SAID_AT_ONCE = 16;

    void say(ChannelMemory memory, List<Effect> effects) {
        List<ChannelMessage> said = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                said.add(send.message());
            } else if (effect instanceof Effect.Submit submit) {
                world.submit(channel, submit);
            }
        }
        if (memory instanceof KnownChannel known) {
            for (int from = 0; from < said.size(); from += SAID_AT_ONCE) {
                int to = Math.min(said.size(), from + SAID_AT_ONCE);
                world.send(known.party().partnerKey(), channel, said.subList(from, to));
            }
        }
    }

    /** Asks for news of the chain as long as the channel waits for it. */
    void attend(ChannelMemory memory, ChannelAction action) {
        if (memory.awaitsChain()) {
            world.attend(channel);
        } else if (action instanceof ChannelAction.ChainSeen) {
            world.rest(channel);
        }
    }

    /** Whether a partner is asked for its signature with these. */
    static boolean proposes(List<Effect> effects) {
        return effects.stream()
                .anyMatch(
                        effect ->
                                effect instanceof Effect.Send send
                                        && send.message() instanceof ChannelMessage.Propose);
    }
}
