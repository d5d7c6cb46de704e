package io.wormhole.settlement.peer;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.peer.wire.Addresses;
import io.wormhole.settlement.peer.wire.AddressesWanted;
import io.wormhole.settlement.peer.wire.PeerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What peers are told and asked without a cause of theirs; for the hub's thread. */
final class Gossip {
    private static final Duration HEADS_EVERY = Duration.ofSeconds(10);
    private static final Duration ADDRESSES_EVERY = Duration.ofSeconds(30);

    private final PeerTable peers;
    private final Connector connector;
    private final Function<Hash, Optional<Bytes>> bodies;
    private Optional<Hash> announced = Optional.empty();
    private long addressesAskedAt;
    private long headsTold;

    /**
     * Nobody has been told anything yet.
     *
     * @param bodies reads stored blocks
     */
    Gossip(PeerTable peers, Connector connector, Function<Hash, Optional<Bytes>> bodies) {
        this.peers = peers;
        this.connector = connector;
        this.bodies = bodies;
    }

    /** Tells of what is new on the chain. */
    void tell(ChainNews news, ChainView view, long nowMillis) {
        if (news instanceof ChainNews.TransactionPooled pooled) {
            SignedTransaction transaction = pooled.transaction();
            if (transaction.transaction().body() instanceof FinalityTransaction.Vote) {
                // Votes are good for one epoch only, and must be heard before its blocks are over.
                peers.give(transaction);
            } else {
                peers.announce(List.of(transaction.id()));
            }
        } else if (news instanceof ChainNews.HeadMoved moved) {
            Hash head = moved.view().head().index().hash();
            if (announced.filter(head::equals).isEmpty()) {
                announced = Optional.of(head);
                HeadNews.tell(peers.all(), moved.view(), bodies, nowMillis);
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

    /** Tells a peer that has just come of the head. */
    void tellHead(Peer peer, ChainView view, long nowMillis) {
        HeadNews.tell(List.of(peer), view, bodies, nowMillis);
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
