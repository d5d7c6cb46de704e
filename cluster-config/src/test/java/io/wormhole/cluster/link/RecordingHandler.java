package io.wormhole.cluster.link;

import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;

/** Keeps what a server tells its owner. */
record RecordingHandler(BlockingQueue<Link> links, BlockingQueue<LinkEnd> refusals)
        implements LinkHandler {
    @Override
    public void accepted(Link link) {
        links.add(link);
    }

    @Override
    public void refused(InetSocketAddress remote, LinkEnd why) {
        refusals.add(why);
    }
}
