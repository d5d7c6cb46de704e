package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.LinkKey;
import java.util.Optional;

/**
 * Where a peer is reached.
 *
 * @param host name or address
 * @param port TCP port, 1 to 65535
 * @param key the node key that it must prove; empty takes any
 */
public record PeerEndpoint(String host, int port, Optional<LinkKey> key) {
    /** Refuses ports out of range. */
    public PeerEndpoint {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + "; allowed: 1 to 65535");
        }
    }

    /** A peer whose key is not known beforehand. */
    public static PeerEndpoint of(String host, int port) {
        return new PeerEndpoint(host, port, Optional.empty());
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
