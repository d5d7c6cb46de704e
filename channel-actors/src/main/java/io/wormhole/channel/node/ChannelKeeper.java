package io.wormhole.channel.node;

import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.protocol.channel.ChannelId;
import java.util.List;

/**
 * Keeps what is known of channels at another place, for the day on which it is lost here; every
 * call must return at once.
 */
public interface ChannelKeeper {
    /** Keeps nothing. */
    ChannelKeeper NONE = to(List.of());

    /** All channels of the operator that are not over, after a start. */
    void all(List<ChannelId> channels);

    /** A channel has changed, and the change is stored here. */
    void keep(ChannelId channel, KnownChannel memory);

    /** A channel is over. */
    void forget(ChannelId channel);

    /** Several keepers in one. */
    static ChannelKeeper to(List<ChannelKeeper> keepers) {
        List<ChannelKeeper> each = List.copyOf(keepers);
        return new ChannelKeeper() {
            @Override
            public void all(List<ChannelId> channels) {
                each.forEach(keeper -> keeper.all(channels));
            }

            @Override
            public void keep(ChannelId channel, KnownChannel memory) {
                each.forEach(keeper -> keeper.keep(channel, memory));
            }

            @Override
            public void forget(ChannelId channel) {
                each.forEach(keeper -> keeper.forget(channel));
            }
        };
    }
}
