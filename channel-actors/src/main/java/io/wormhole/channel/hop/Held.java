package io.wormhole.channel.hop;

import io.wormhole.channel.decider.Closing;
import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Resizing;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.update.HashLock;
import java.util.Optional;

/** What a side holds in a channel whose locks can still be paid, in whatever phase that is. */
public final class Held {
    private Held() {}

    /** What this side holds; empty when no lock of the channel can be paid any more, or yet. */
    public static Optional<Standing> of(KnownChannel channel) {
        if (channel instanceof Open open) {
            return Optional.of(open.standing());
        } else if (channel instanceof Resizing resizing) {
            return Optional.of(resizing.standing());
        } else if (channel instanceof Disputed disputed) {
            return Optional.of(disputed.standing());
        } else if (channel instanceof Closing closing) {
            // No lock stands in it, but what the partner showed is still known.
            return Optional.of(closing.standing());
        }
        return Optional.empty();
    }

    /** The hash-time-lock with this id in it. */
    static Optional<HashLock> lock(KnownChannel channel, long lockId) {
        return of(channel).flatMap(standing -> HashLock.of(standing.position(), lockId));
    }
}
