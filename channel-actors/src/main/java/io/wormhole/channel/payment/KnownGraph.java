package io.wormhole.channel.payment;

import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.ChannelGraph;
import java.util.Collection;
import java.util.Optional;

/** The graph of all that was announced, made once until something changes; read by any thread. */
final class KnownGraph {
    private volatile Optional<ChannelGraph> newest = Optional.empty();

    /** The graph, unless it has to be made anew. */
    Optional<ChannelGraph> newest() {
        return newest;
    }

    void changed() {
        newest = Optional.empty();
    }

    /** The graph of these, which are all; made if it was not. */
    ChannelGraph of(Collection<AnnouncedChannel> all) {
        ChannelGraph graph = newest.orElseGet(() -> ChannelGraph.of(all));
        newest = Optional.of(graph);
        return graph;
    }
}
