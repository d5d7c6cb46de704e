package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.protocol.channel.ChannelId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Looks at all channels once somebody watches them, some at a time; of one actor alone. */
final class ChannelLook {
    static final Duration AGAIN = Duration.ofSeconds(1);

    private static final int AT_ONCE = 16;

    private final Eyes eyes;
    private final WatchedChannels channels;
    private final Queue<ChannelId> left = new ArrayDeque<>();
    private boolean begun;

    /** How the actor looks, and is told what it saw. */
    interface Eyes {
        void list();

        void inspect(ChannelId channel, boolean listed);

        /** A channel that does not answer now is asked again until it does. */
        void later(ChannelId channel);
    }

    ChannelLook(Eyes eyes, WatchedChannels channels) {
        this.eyes = eyes;
        this.channels = channels;
    }

    /** Somebody watches. */
    void begin() {
        if (!begun) {
            begun = true;
            eyes.list();
        }
    }

    /** They could not be listed: the next who watches tries again. */
    void failed() {
        begun = false;
    }

    void listed(List<ChannelId> all) {
        left.addAll(all);
        for (int i = 0; i < AT_ONCE; i++) {
            next();
        }
    }

    private void next() {
        ChannelId channel = left.poll();
        if (channel != null) {
            eyes.inspect(channel, true);
        }
    }

    void inspected(ChannelId channel, @Nullable ChannelMemory memory, boolean listed) {
        if (memory instanceof KnownChannel known) {
            channels.see(channel, known);
        } else if (memory == null) {
            eyes.later(channel);
        }
        if (listed) {
            next();
        }
    }
}
