package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.Link;
import io.wormhole.settlement.light.LightReads;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * How nodes meet: this one dials, others connect, both greet; who is banned, full up, of another
 * network or here already is turned away. For the hub's thread.
 */
final class PeerDoor {
    private final ActorContext<PeerHub.Command> context;
    private final HubParts parts;
    private final PeerTable peers;
    private final Connector connector;
    private final Discipline discipline;
    private final Greeting greeting;
    private final PeerServer server;

    PeerDoor(
            ActorContext<PeerHub.Command> context,
            HubParts parts,
            ChainReads reads,
            PeerTable peers) {
        this.context = context;
        this.parts = parts;
        this.peers = peers;
        this.connector = new Connector(parts.settings(), parts.links(), this::dial);
        this.discipline = new Discipline(parts.settings().banTime(), connector, context.getLog());
        this.greeting = new Greeting(parts.genesis(), parts.links().key(), parts.port());
        this.server =
                new PeerServer(
                        reads,
                        parts.store(),
                        new LightReads(parts.genesis(), parts.store(), parts.view()));
    }

    Connector connector() {
        return connector;
    }

    Discipline discipline() {
        return discipline;
    }

    private long now() {
        return parts.time().millis();
    }

    /** Dials whoever is due. */
    void dialDue() {
        connector.dialDue(peers.keys(), now());
    }

    private void dial(Connector by, PeerEndpoint endpoint) {
        context.pipeToSelf(
                by.links().connect(endpoint.host(), endpoint.port(), endpoint.key()),
                (link, failure) ->
                        failure == null
                                ? new PeerHub.Dialled(endpoint, link)
                                : new PeerHub.DialFailed(endpoint, failure));
    }

    /** This node has reached another. */
    void dialled(PeerHub.Dialled dialled) {
        connector
                .reached(dialled.endpoint(), dialled.link(), now())
                .ifPresent(link -> open(link, true));
    }

    /** This node has not reached another. */
    void dialFailed(PeerHub.DialFailed failed) {
        connector.failed(failed.endpoint(), failed.failure(), now(), context.getLog());
    }

    /** Another node has connected. */
    void accepted(Link link) {
        if (connector.isFull(peers.keys())) {
            link.close();
        } else {
            open(link, false);
        }
    }

    private void open(Link link, boolean isOutbound) {
        if (discipline.isBanned(link.remoteKey(), now())) {
            link.close();
            return;
        }
        context.spawnAnonymous(
                PeerSession.create(
                        new PeerSession.Parts(
                                link,
                                greeting.hello(parts.view().get(), now()),
                                isOutbound,
                                context.getSelf(),
                                parts.chain(),
                                server,
                                parts.blocking())),
                parts.sessions());
    }

    /** The peer that has greeted, if it may stay; an older session with it is over then. */
    Optional<Peer> greeted(PeerHub.Greeted greeted) {
        Optional<String> refusal = greeting.refusal(greeted.hello());
        if (refusal.isPresent()) {
            context.getLog().warn("Peer {} is refused: {}", greeted.link(), refusal.get());
            greeted.session().tell(new PeerSession.Close(refusal.get()));
            connector.slowDown(greeted.link().remoteKey(), now());
            return Optional.empty();
        }
        try {
            return admitted(Peer.of(greeted, now()));
        } catch (Misbehaviour malformed) {
            greeted.session().tell(new PeerSession.Close(String.valueOf(malformed.getMessage())));
            return Optional.empty();
        }
    }

    private Optional<Peer> admitted(Peer peer) {
        Optional<Peer> other = peers.find(peer.key());
        if (discipline.isBanned(peer.key(), now())) {
            peer.close("banned");
            return Optional.empty();
        }
        if (other.isPresent() && !greeting.isBetter(peer, other.get())) {
            peer.close("connected already");
            return Optional.empty();
        }
        other.ifPresent(old -> old.close("connected anew"));
        return Optional.of(peer);
    }
}
