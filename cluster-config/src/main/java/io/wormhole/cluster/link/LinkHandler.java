package io.wormhole.cluster.link;

import java.net.InetSocketAddress;

/**
 * What a server tells its owner; called from the thread of all links, so it should only pass things
 * on.
 */
@FunctionalInterface
public interface LinkHandler {
    /** A peer finished its handshake; the link is now the owner's, who closes it when done. */
    void accepted(Link link);

    /** A connection ended before it became a link: too many, too slow, or not speaking TLS. */
    default void refused(InetSocketAddress remote, LinkEnd why) {}
}
