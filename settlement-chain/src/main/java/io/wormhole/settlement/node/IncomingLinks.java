package io.wormhole.settlement.node;

import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkEnd;
import io.wormhole.cluster.link.LinkHandler;
import io.wormhole.settlement.peer.PeerHub;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** Passes links on to the hub. */
record IncomingLinks(CompletionStage<ActorRef<PeerHub.Command>> hub) implements LinkHandler {
    @Override
    public void accepted(Link link) {
        hub.thenAccept(actor -> actor.tell(new PeerHub.Accepted(link)));
    }

    @Override
    public void refused(InetSocketAddress remote, LinkEnd why) {
        hub.thenAccept(actor -> actor.tell(new PeerHub.NeverLinked(why)));
    }
}
