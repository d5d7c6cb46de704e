package io.wormhole.settlement.peer;

import static io.wormhole.settlement.node.TestNetwork.eventually;
import static io.wormhole.settlement.node.TestNetwork.get;
import static io.wormhole.settlement.peer.RawPeer.announced;
import static io.wormhole.settlement.peer.RawPeer.assertClosed;
import static io.wormhole.settlement.peer.RawPeer.awaitMessage;
import static io.wormhole.settlement.peer.RawPeer.genesis;
import static io.wormhole.settlement.peer.RawPeer.goodbye;
import static io.wormhole.settlement.peer.RawPeer.greeting;
import static io.wormhole.settlement.peer.RawPeer.hello;
import static io.wormhole.settlement.peer.RawPeer.send;
import static io.wormhole.settlement.peer.RawPeer.transactions;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.block.BlockRoots;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.merkle.MerkleList;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockWitness;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.node.NodeSystem;
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.settlement.node.TestNetwork;
import io.wormhole.settlement.peer.wire.BlockBody;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.peer.wire.TransactionsAnnounced;
import io.wormhole.settlement.relay.CompactBlock;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostilePeerTest {
    @RegisterExtension static final NodeSystem SYSTEM = new NodeSystem();

    private final Arbitrary any = Arbitrary.forTest("HostilePeerTest", 7);
    private final LinkIdentity identity = LinkIdentity.random();
    private TestNetwork network;
    private SettlementNode node;

    @BeforeEach
    void startNode(@TempDir Path folder) {
        network = new TestNetwork(SYSTEM.get(), folder);
        node = network.startMiner(1);
    }

    @AfterEach
    void nodeLives() {
        long height = node.status().head().height().value();
        eventually("the node goes on", () -> node.status().head().height().value() > height);
        network.stopAll();
    }

    @Test
    void aFrameThatIsNoMessageIsPunished() {
        Link link = connect();

        send(link, any.bytes(200).toArray());

        assertPunished(link);
    }

    @Test
    void aFrameOverTheLimitIsPunished() {
        Link link = connect();

        send(link, new byte[40 << 20]);

        eventually("it is counted", () -> metric("peers_misbehaved") >= 1);
        link.close();
    }

    @Test
    void whoDoesNotGreetFirstIsPunished() {
        Link link = connect();

        send(link, announced(any.hash()));

        assertPunished(link);
    }

    @Test
    void aNodeOfAnotherNetworkIsSentAwayWithAReason() {
        Link link = connect();

        send(link, hello(any.hash()));

        assertThat(goodbye(link)).contains("another network");
        assertClosed(link);
    }

    @Test
    void anotherProtocolVersionIsSentAwayWithAReason() {
        Link link = connect();

        send(
                link,
                PeerMessage.newBuilder()
                        .setHello(greeting(genesis()).setProtocolVersion(99))
                        .build());

        assertThat(goodbye(link)).contains("protocol version 99");
        assertClosed(link);
    }

    @Test
    void aMalformedTransactionIsPunished() {
        Link link = greeted();

        send(link, transactions(ByteString.copyFrom(any.bytes(100).toArray())));

        assertPunished(link);
    }

    @Test
    void aTransactionWithAWrongSignatureIsPunishedAndNotKept() {
        Link link = greeted();
        SignedTransaction good =
                TestNetwork.transfer(node, Bob.KEYS, Mallory.ADDRESS, TestNetwork.DSD, 1);
        SignedTransaction other =
                TestNetwork.transfer(node, Bob.KEYS, Mallory.ADDRESS, TestNetwork.DSD, 2);

        send(
                link,
                transactions(
                        Wire.bytes(new SignedTransaction(good.transaction(), other.signature()))));

        assertPunished(link);
        assertThat(node.status().waiting()).isLessThanOrEqualTo(1);
    }

    @Test
    void tooManyIdsInOneMessageArePunished() {
        Link link = greeted();
        TransactionsAnnounced.Builder many = TransactionsAnnounced.newBuilder();
        for (int i = 0; i <= Wire.MAXIMUM_IDS; i++) {
            many.addIds(Wire.bytes(any.hash()));
        }

        send(link, PeerMessage.newBuilder().setTransactionsAnnounced(many).build());

        assertPunished(link);
    }

    @Test
    void aHeaderWithoutWorkIsPunished() {
        Link link = greeted();
        BlockHeader parent = node.status().head();
        BlockHeader lazy =
                new BlockHeader(
                        BlockHeader.VERSION,
                        parent.hash(),
                        parent.height().next(),
                        parent.timeMillis() + 1000,
                        Mallory.ADDRESS,
                        parent.roots(),
                        Hash.ZERO,
                        parent.targetBits(),
                        0,
                        parent.cycle());

        send(link, announced(lazy));

        assertPunished(link);
    }

    @Test
    void aBlockThatClaimsAWrongStateIsPunishedAndNotStored() {
        Link link = greeted();
        Block lie = lie();

        send(link, announced(lie.header()));
        awaitMessage(link, PeerMessage.ContentCase.COMPACT_WANTED);
        // A short form that cannot be rebuilt leads to the question for the whole block.
        send(link, Messages.compact(CompactBlock.of(lie, 1)));
        awaitMessage(link, PeerMessage.ContentCase.BLOCKS_WANTED);
        send(link, body(BlockBody.newBuilder().setBlock(Wire.bytes(lie))));

        assertPunished(link);
        assertThat(get(node.block(lie.hash()))).isEmpty();
        eventually("it is counted", () -> metric("blocks_invalid") == 1);
    }

    private static PeerMessage body(BlockBody.Builder body) {
        return PeerMessage.newBuilder().setBlock(body).build();
    }

    @Test
    void aBareBlockThatClaimsAWrongStateIsPunishedAndNotStored() {
        Link link = greeted();
        Block lie = lie();

        send(link, announced(lie.header()));
        awaitMessage(link, PeerMessage.ContentCase.COMPACT_WANTED);
        send(link, Messages.compact(CompactBlock.of(lie, 1)));
        PeerMessage question = awaitMessage(link, PeerMessage.ContentCase.BLOCKS_WANTED);
        assertThat(question.getBlocksWanted().getBare()).isTrue();
        send(link, body(BlockBody.newBuilder().setBare(Wire.bytes(lie.bare()))));

        assertPunished(link);
        assertThat(get(node.block(lie.hash()))).isEmpty();
    }

    @Test
    void blocksAreSentWithTheirWitnessesUnlessAskedForWithout() {
        Link link = greeted();
        Block genesis = GenesisBlock.of(TestNetwork.GENESIS);

        send(link, Messages.blocksWanted(List.of(genesis.hash()), false));
        BlockBody whole = awaitMessage(link, PeerMessage.ContentCase.BLOCK).getBlock();
        send(link, Messages.blocksWanted(List.of(genesis.hash()), true));
        BlockBody bare = awaitMessage(link, PeerMessage.ContentCase.BLOCK).getBlock();

        assertThat(Wire.bytes(whole.getBlock())).isEqualTo(genesis.encoded());
        assertThat(whole.getBare().isEmpty()).isTrue();
        assertThat(Wire.bytes(bare.getBare())).isEqualTo(genesis.bare().encoded());
        assertThat(bare.getBlock().isEmpty()).isTrue();
    }

    @Test
    void partsOfABlockThatItDoesNotHaveEndTheLinkOnly() {
        Link link = greeted();
        Hash genesis = GenesisBlock.of(TestNetwork.GENESIS).hash();

        send(link, Messages.partsWanted(genesis, List.of(99)));

        assertClosed(link);
    }

    @Test
    void whoWasPunishedIsNotLetInAgain() {
        aFrameThatIsNoMessageIsPunished();

        Link again = connect();

        assertClosed(again);
        assertThat(node.status().peers()).isEmpty();
    }

    @Test
    void bytesThatAreNoTlsAreRefusedAndCounted() throws Exception {
        try (Socket socket =
                        new Socket(InetAddress.getLoopbackAddress(), node.address().getPort());
                OutputStream out = socket.getOutputStream()) {
            out.write(any.bytes(4096).toArray());
            out.flush();
            eventually("it is counted", () -> metric("connections_refused") >= 1);
        }
    }

    // Block 1 on genesis with real work, whose state root is not what its (no) transactions do.
    private static Block lie() {
        BlockHeader parent = GenesisBlock.of(TestNetwork.GENESIS).header();
        BlockRoots roots = parent.roots();
        return Forge.solved(
                TestNetwork.GENESIS,
                new Block(
                        new BlockHeader(
                                BlockHeader.VERSION,
                                parent.hash(),
                                parent.height().next(),
                                parent.timeMillis() + 500,
                                Mallory.ADDRESS,
                                new BlockRoots(
                                        MerkleList.root(List.of()),
                                        Hash.ZERO,
                                        roots.names(),
                                        roots.wormholes(),
                                        roots.openOracles(),
                                        roots.answeredOracles(),
                                        roots.consensus(),
                                        BlockWitness.EMPTY.hash()),
                                Hash.ZERO,
                                TestNetwork.GENESIS.asert().nextBits(0, parent.timeMillis()),
                                0,
                                List.of()),
                        List.of(),
                        BlockWitness.EMPTY));
    }

    private long metric(String name) {
        return node.metrics().getOrDefault(name, 0L);
    }

    private Link connect() {
        Links links =
                Links.of(SYSTEM.get(), identity, LinkLimits.defaults().withMaxFrameBytes(48 << 20));
        return get(links.connect("127.0.0.1", node.address().getPort(), Optional.empty()));
    }

    private Link greeted() {
        Link link = connect();
        send(link, hello(genesis()));
        eventually("greeted", () -> !node.status().peers().isEmpty());
        return link;
    }

    private void assertPunished(Link link) {
        assertClosed(link);
        eventually("it is counted", () -> metric("peers_misbehaved") >= 1);
        eventually("and banned", () -> metric("peers_banned") >= 1);
    }
}
