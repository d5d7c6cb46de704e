package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkException;
import io.wormhole.cluster.link.LinkKey;
import io.wormhole.cluster.link.Links;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;

/**
 * Reaches other nodes: those of the settings, and those of whom peers tell. For one owner, who is
 * told of every link through {@code dial}.
 */
final class Connector {
    private final PeerSettings settings;
    private final Links links;
    private final BiConsumer<Connector, PeerEndpoint> dial;
    private final Dialling dialling;
    private final AddressBook book = new AddressBook();

    /**
     * A connector that has not dialled yet.
     *
     * @param dial dials an endpoint and lets the owner know what came of it
     */
    Connector(PeerSettings settings, Links links, BiConsumer<Connector, PeerEndpoint> dial) {
        this.settings = settings;
        this.links = links;
        this.dial = dial;
        this.dialling = new Dialling(settings);
    }

    Links links() {
        return links;
    }

    void add(PeerEndpoint endpoint) {
        dialling.add(endpoint);
    }

    /** A peer tells of others. */
    void learn(List<PeerEndpoint> told, LinkKey from) {
        told.forEach(endpoint -> book.learn(endpoint, from));
    }

    boolean isFull(Collection<LinkKey> connected) {
        return connected.size() >= settings.maximumPeers();
    }

    boolean wantsMore(Collection<LinkKey> connected) {
        return connected.size() < settings.wantedPeers();
    }

    /** Dials whoever is due. */
    void dialDue(Collection<LinkKey> connected, long nowMillis) {
        if (isFull(connected)) {
            return;
        }
        List<PeerEndpoint> due = new ArrayList<>(dialling.due(nowMillis, connected::contains));
        due.addAll(book.take(Math.max(0, settings.wantedPeers() - connected.size())));
        due.forEach(endpoint -> dial.accept(this, endpoint));
    }

    /** The link that a dialled endpoint has led to; empty when it leads to this node itself. */
    Optional<Link> reached(PeerEndpoint endpoint, Link link, long nowMillis) {
        dialling.reached(endpoint, link.remoteKey(), nowMillis);
        if (link.remoteKey().equals(links.key())) {
            dialling.forget(endpoint);
            link.close();
            return Optional.empty();
        }
        return Optional.of(link);
    }

    void failed(PeerEndpoint endpoint, Throwable failure, long nowMillis, Logger log) {
        book.forget(endpoint);
        long wait = dialling.failed(endpoint, nowMillis);
        log.debug(
                "Peer {} not reached ({}), next attempt in {} ms", endpoint, reason(failure), wait);
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof LinkException link ? link.end().toString() : cause.toString();
    }

    /** A session has ended by the peer's fault: do not hurry back. */
    void slowDown(LinkKey key, long nowMillis) {
        dialling.slowDown(key, nowMillis);
    }
}
