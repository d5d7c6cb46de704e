package io.wormhole.settlement.peer;

import com.google.protobuf.ByteString;
import io.wormhole.cluster.link.LinkKey;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.peer.wire.HeadAnnounced;
import io.wormhole.settlement.peer.wire.PeerMessage;
import java.util.List;

/** What the messages of greeted peers mean to synchronisation and gossip; for the hub's thread. */
final class Conversation {
    private final PeerTable peers;
    private final Synchronisation<LinkKey> sync;
    private final Gossip gossip;

    Conversation(PeerTable peers, Synchronisation<LinkKey> sync, Gossip gossip) {
        this.peers = peers;
        this.sync = sync;
        this.gossip = gossip;
    }

    /**
     * Takes a message in.
     *
     * @return what synchronisation wants done
     * @throws Misbehaviour when no honest peer says so
     */
    List<SyncStep<LinkKey>> heard(Peer peer, PeerMessage message, long nowMillis) {
        LinkKey key = peer.key();
        return switch (message.getContentCase()) {
            case HEAD_ANNOUNCED -> headAnnounced(peer, message.getHeadAnnounced(), nowMillis);
            case HEADERS -> {
                List<ByteString> encoded = message.getHeaders().getHeadersList();
                yield sync.headers(key, Messages.headers(encoded), nowMillis);
            }
            case BLOCKS_MISSING -> {
                List<ByteString> hashes = message.getBlocksMissing().getHashesList();
                yield sync.missing(key, Wire.hashes(hashes, Wire.MAXIMUM_BLOCKS), nowMillis);
            }
            case COMPACT -> sync.compact(key, Messages.compact(message.getCompact()), nowMillis);
            case PARTS -> {
                Hash block = Wire.hash(message.getParts().getHash());
                yield sync.parts(key, block, Messages.parts(message.getParts()), nowMillis);
            }
            case ADDRESSES_WANTED -> {
                peer.send(peers.addressesFor(peer));
                yield List.of();
            }
            case ADDRESSES -> {
                gossip.learn(peer, message.getAddresses());
                yield List.of();
            }
            default -> throw new Misbehaviour("a message out of place");
        };
    }

    private List<SyncStep<LinkKey>> headAnnounced(
            Peer peer, HeadAnnounced message, long nowMillis) {
        BlockHeader header = Messages.header(message.getHeader());
        peer.headIs(header.hash(), header.height().value());
        peer.clockIs(message.getTimeMillis(), nowMillis);
        return sync.headAnnounced(peer.key(), header, Messages.pushed(message, header), nowMillis);
    }
}
