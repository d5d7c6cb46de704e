package io.wormhole.settlement.peer;

import static io.wormhole.settlement.node.TestNetwork.get;

import com.google.protobuf.ByteString;
import io.wormhole.cluster.link.Link;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.node.TestNetwork;
import io.wormhole.settlement.peer.wire.Head;
import io.wormhole.settlement.peer.wire.HeadAnnounced;
import io.wormhole.settlement.peer.wire.Hello;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.peer.wire.Transactions;
import io.wormhole.settlement.peer.wire.TransactionsAnnounced;
import java.util.Optional;

/** What a peer says over a bare link, be it right or wrong. */
final class RawPeer {
    private RawPeer() {}

    static Hash genesis() {
        return TestNetwork.GENESIS.networkId().genesis();
    }

    static PeerMessage hello(Hash genesis) {
        return PeerMessage.newBuilder().setHello(greeting(genesis)).build();
    }

    static Hello.Builder greeting(Hash genesis) {
        return Hello.newBuilder()
                .setProtocolVersion(Wire.PROTOCOL_VERSION)
                .setGenesis(Wire.bytes(genesis))
                .setHead(
                        Head.newBuilder()
                                .setHash(Wire.bytes(GenesisBlock.of(TestNetwork.GENESIS).hash())))
                .setTimeMillis(System.currentTimeMillis())
                .setAgent("mallory");
    }

    static PeerMessage announced(Hash id) {
        return PeerMessage.newBuilder()
                .setTransactionsAnnounced(TransactionsAnnounced.newBuilder().addIds(Wire.bytes(id)))
                .build();
    }

    static PeerMessage announced(BlockHeader header) {
        return PeerMessage.newBuilder()
                .setHeadAnnounced(
                        HeadAnnounced.newBuilder()
                                .setHeader(Wire.bytes(header))
                                .setTimeMillis(System.currentTimeMillis()))
                .build();
    }

    static PeerMessage transactions(ByteString encoded) {
        return PeerMessage.newBuilder()
                .setTransactions(Transactions.newBuilder().addTransactions(encoded))
                .build();
    }

    static void send(Link link, PeerMessage message) {
        send(link, message.toByteArray());
    }

    static void send(Link link, byte[] frame) {
        get(link.send(frame));
    }

    /** The next message of a kind; those before are dropped. */
    static PeerMessage awaitMessage(Link link, PeerMessage.ContentCase kind) {
        while (true) {
            PeerMessage message = Wire.decode(get(link.receive()).orElseThrow());
            if (message.getContentCase() == kind) {
                return message;
            }
        }
    }

    static String goodbye(Link link) {
        return awaitMessage(link, PeerMessage.ContentCase.GOODBYE).getGoodbye().getReason();
    }

    static void assertClosed(Link link) {
        // A link ends when everything that came before was received.
        Optional<byte[]> frame = get(link.receive());
        while (frame.isPresent()) {
            frame = get(link.receive());
        }
        get(link.closed());
    }
}
