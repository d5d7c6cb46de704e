package io.wormhole.cluster.link;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Makes links: the one door of this package.
 *
 * <pre>{@code
 * Links links = Links.of(system, LinkIdentity.of(seed), LinkLimits.defaults());
 * links.bind("127.0.0.1", 0, link -> ...);                      // CompletionStage<LinkServer>
 * links.connect("127.0.0.1", port, Optional.of(expectedKey));   // CompletionStage<Link>
 * }</pre>
 *
 * <p>Everything that fails does so with a {@link LinkException} whose {@link LinkEnd} says why.
 */
public final class Links {
    private final ActorSystem<?> system;
    private final LinkIdentity identity;
    private final LinkLimits limits;

    private Links(ActorSystem<?> system, LinkIdentity identity, LinkLimits limits) {
        this.system = system;
        this.identity = identity;
        this.limits = limits;
    }

    /** Prepares links of one node; nothing is opened yet. */
    public static Links of(ActorSystem<?> system, LinkIdentity identity, LinkLimits limits) {
        return new Links(system, identity, limits);
    }

    /**
     * Listens for links. The server stops with the actor system's coordinated shutdown.
     *
     * @param host the local address to listen on, never a wildcard unless the caller wants that
     * @param port 0 takes any free port; {@link LinkServer#address()} tells which
     * @param handler is given each link after its handshake
     */
    public CompletionStage<LinkServer> bind(String host, int port, LinkHandler handler) {
        LinkTls tls = LinkTls.any(identity);
        return LinkServer.bind(
                new InetSocketAddress(host, port), handler, new LinkConnector(system, tls, limits));
    }

    /**
     * Opens a link to a server and finishes the handshake within the handshake timeout.
     *
     * @param expected the key that the server must prove; empty accepts any, and the caller looks
     *     at {@link Link#remoteKey()}
     */
    public CompletionStage<Link> connect(String host, int port, Optional<LinkKey> expected) {
        LinkTls tls =
                expected.map(key -> LinkTls.among(identity, Set.of(key)))
                        .orElseGet(() -> LinkTls.any(identity));
        return new LinkConnector(system, tls, limits)
                .connect(InetSocketAddress.createUnresolved(host, port));
    }

    /** The key under which this node's links are known. */
    public LinkKey key() {
        return identity.key();
    }
}
