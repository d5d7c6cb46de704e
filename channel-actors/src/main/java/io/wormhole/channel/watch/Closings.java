package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the chain last said that a channel of a client is being closed: what was asked of it before
 * that does not say that the channel is open again. Of one actor alone.
 */
final class Closings {
    private final Map<ChannelId, BlockHeight> last = new HashMap<>();

    /** A block of this height says that the channel is being closed, or closed. */
    void closing(ChannelId channel, BlockHeight height) {
        last.put(channel, height);
    }

    /** Nobody waits for the channel's end any more. */
    void forget(ChannelId channel) {
        last.remove(channel);
    }

    /** Whether it is closed for good, or open again: the next close opens another case. */
    boolean isOver(ChannelId channel, ChannelAction.ChainSeen seen) {
        Optional<ChannelEntry.Phase> settled = seen.settled().map(ChannelEntry::phase);
        boolean closed = settled.equals(Optional.of(ChannelEntry.Phase.CLOSED));
        boolean open =
                settled.equals(Optional.of(ChannelEntry.Phase.OPEN))
                        && seen.tentative().equals(seen.settled());
        BlockHeight close = last.getOrDefault(channel, BlockHeight.ZERO);
        return closed || (open && !seen.height().isBefore(close));
    }
}
