package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.LinkKey;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.peer.wire.PeerMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/** The greeted peers, and what all of them are told; for one owner. */
final class PeerTable {
    private final Map<LinkKey, Peer> peers = new LinkedHashMap<>();

    void put(Peer peer) {
        peers.put(peer.key(), peer);
    }

    void remove(LinkKey key) {
        peers.remove(key);
    }

    Optional<Peer> find(LinkKey key) {
        return Optional.ofNullable(peers.get(key));
    }

    Optional<Peer> of(ActorRef<PeerSession.Command> session) {
        return peers.values().stream().filter(peer -> peer.session().equals(session)).findFirst();
    }

    Set<LinkKey> keys() {
        return peers.keySet();
    }

    List<Peer> all() {
        return List.copyOf(peers.values());
    }

    void forEach(Consumer<Peer> work) {
        peers.values().forEach(work);
    }

    void send(LinkKey key, PeerMessage message) {
        find(key).ifPresent(peer -> peer.send(message));
    }

    /** Tells all peers of transactions that they do not know. */
    void announce(List<Hash> ids) {
        for (Peer peer : peers.values()) {
            List<Hash> fresh = peer.unknownOf(ids);
            peer.knows(fresh);
            Messages.transactionsAnnounced(fresh).forEach(peer::send);
        }
    }

    /** Gives a small and urgent transaction to all peers that do not know it. */
    void give(SignedTransaction transaction) {
        List<Hash> id = List.of(transaction.id());
        for (Peer peer : peers.values()) {
            if (!peer.unknownOf(id).isEmpty()) {
                peer.knows(id);
                peer.send(
                        peer.isRelaying()
                                ? Messages.transactions(List.of(transaction))
                                : Messages.transactionsAnnounced(id).get(0));
            }
        }
    }

    /** Where the others accept links. */
    PeerMessage addressesFor(Peer asking) {
        return Messages.addresses(
                peers.values().stream()
                        .filter(peer -> !peer.key().equals(asking.key()))
                        .flatMap(peer -> peer.listens().stream()));
    }

    List<Long> clockOffsetsMillis() {
        return peers.values().stream().map(Peer::clockOffsetMillis).toList();
    }

    List<PeerStatus> statuses() {
        return peers.values().stream().map(Peer::status).toList();
    }
}
