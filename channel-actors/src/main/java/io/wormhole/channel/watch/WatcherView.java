package io.wormhole.channel.watch;

import io.wormhole.protocol.channel.ChannelId;
import java.util.List;

/**
 * A watcher of this node.
 *
 * @param linked whether there is a link to it now
 * @param served whether it watches
 * @param channels that it should watch
 */
public record WatcherView(
        Subscription subscription, boolean linked, boolean served, List<Watched> channels) {
    /** Copies the list. */
    public WatcherView {
        channels = List.copyOf(channels);
    }

    /**
     * A channel.
     *
     * @param newest number of the newest state
     * @param held number of the state that the watcher has confirmed to hold; 0: none
     * @param refused why the watcher does not take it; empty when it does
     */
    public record Watched(ChannelId channel, long newest, long held, String refused) {}

    /** How many channels the watcher has an older state of than this node. */
    public long behind() {
        return channels.stream().filter(one -> one.newest() > one.held()).count();
    }
}
