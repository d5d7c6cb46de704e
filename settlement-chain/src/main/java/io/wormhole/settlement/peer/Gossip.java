package io.wormhole.settlement.peer;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.peer.wire.Addresses;
import io.wormhole.settlement.peer.wire.AddressesWanted;
import io.wormhole.settlement.peer.wire.PeerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What peers are told and asked without a cause of theirs; for the hub's thread. */
final class Gossip {
    private static final Duration HEADS_EVERY = Duration.ofSeconds(10);
    private static final Duration ADDRESSES_EVERY = Duration.ofSeconds(30);

    private final PeerTable peers;
    private final Connector connector;
    private Optional<Hash> announced = Optional.empty();
    private long addressesAskedAt;
    private long headsTold;

    Gossip(PeerTable peers, Connector connector) {
        this.peers = peers;
        this.connector = connector;
    }

    /** Tells of what is new on the chain. */
    void tell(ChainNews news, ChainView view, long nowMillis) {
        if (news instanceof ChainNews.TransactionPooled pooled) {
            peers.announce(List.of(pooled.transaction().id()));
        } else if (news instanceof ChainNews.HeadMoved moved) {
            Hash head = moved.view().head().index().hash();
            if (announced.filter(head::equals).isEmpty()) {
                announced = Optional.of(head);
                peers.forEach(peer -> PeerTable.announceHead(peer, view, nowMillis));
            }
        }
    }

    /**
     * Tells the head again now and then, also when no blocks come: perhaps because of a clock, and
     * they wait for it to be right. Says whether it did.
     */
    boolean tellHeadsAgain(ChainView view, long nowMillis) {
        long turn = nowMillis / HEADS_EVERY.toMillis();
        if (turn == headsTold) {
            return false;
        }
        headsTold = turn;
        peers.forEach(peer -> peer.send(Messages.headAnnounced(view, nowMillis)));
        return true;
    }

    /** Asks all peers for addresses now and then. */
    void askAgain(long nowMillis) {
        if (nowMillis - addressesAskedAt > ADDRESSES_EVERY.toMillis()) {
            addressesAskedAt = nowMillis;
            peers.forEach(this::askForAddresses);
        }
    }

    /** Asks a peer for others, if more are wanted. */
    void askForAddresses(Peer peer) {
        if (connector.wantsMore(peers.keys()) && peer.addresses().ask()) {
            peer.send(
                    PeerMessage.newBuilder()
                            .setAddressesWanted(AddressesWanted.getDefaultInstance())
                            .build());
        }
    }

    /** A peer tells of others, which it must have been asked for. */
    void learn(Peer peer, Addresses addresses) {
        if (!peer.addresses().answer()) {
            throw new Misbehaviour("addresses that nobody asked for");
        }
        connector.learn(Messages.endpoints(addresses), peer.key());
    }
}
