package io.wormhole.settlement.peer;

import static io.wormhole.settlement.node.TestNetwork.eventually;
import static io.wormhole.settlement.node.TestNetwork.get;
import static io.wormhole.settlement.peer.RawPeer.announced;
import static io.wormhole.settlement.peer.RawPeer.genesis;
import static io.wormhole.settlement.peer.RawPeer.hello;
import static io.wormhole.settlement.peer.RawPeer.send;

import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockAssembler;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.Proposal;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.node.NodeSystem;
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.settlement.node.TestNetwork;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.peer.wire.ShortForm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One node and one peer that the test plays itself: what both tell of new heads and of votes. */
abstract class HeadNewsCase {
    static final BlockHeader GENESIS = GenesisBlock.of(TestNetwork.GENESIS).header();

    @RegisterExtension static final NodeSystem SYSTEM = new NodeSystem();

    private final LinkIdentity identity = LinkIdentity.random();
    private TestNetwork network;
    private final List<SettlementNode> running = new ArrayList<>();

    @BeforeEach
    void begin(@TempDir Path folder) {
        network = new TestNetwork(SYSTEM.get(), folder);
    }

    @AfterEach
    void stopNode() {
        network.stopAll();
    }

    void startMiner() {
        running.add(network.startMiner(1));
    }

    /** A node that makes no blocks, so that those of the test are the first. */
    void startListener() {
        running.add(network.start(network.settings(1)));
    }

    SettlementNode node() {
        return running.get(0);
    }

    Link greeted() {
        Links links =
                Links.of(SYSTEM.get(), identity, LinkLimits.defaults().withMaxFrameBytes(48 << 20));
        Link link = get(links.connect("127.0.0.1", node().address().getPort(), Optional.empty()));
        send(link, hello(genesis()));
        eventually("greeted", () -> !node().status().peers().isEmpty());
        return link;
    }

    /** A peer that has told of a head, and so passes blocks on. */
    Link relaying() {
        Link link = greeted();
        send(link, announced(GENESIS));
        return link;
    }

    static PeerMessage pushed(BlockHeader header, ShortForm form) {
        return PeerMessage.newBuilder()
                .setHeadAnnounced(
                        announced(header).getHeadAnnounced().toBuilder().setShortForm(form))
                .build();
    }

    static Block first(SignedTransaction... transactions) {
        BlockAssembler assembler = new BlockAssembler(TestNetwork.GENESIS);
        HeaderContext context = new HeaderContext(GENESIS, List.of(GENESIS.timeMillis()));
        return Forge.solved(
                TestNetwork.GENESIS,
                assembler
                        .assemble(
                                context,
                                Ledger.atGenesis(TestNetwork.GENESIS),
                                List.of(transactions),
                                new Proposal(
                                        Mallory.ADDRESS,
                                        assembler.earliestTimeMillis(context),
                                        Hash.ZERO))
                        .unsolved());
    }

    static SignedTransaction payment() {
        return Transaction.of(
                        Bob.KEYS.publicKey(),
                        new Nonce(1),
                        TestNetwork.GENESIS.parameters().minimumGasPrice(),
                        new Transfer(Mallory.ADDRESS, TestNetwork.DSD))
                .signedBy(Bob.KEYS, TestNetwork.GENESIS.networkId());
    }

    static SignedTransaction vote(KeyPair voter, KeyPair signer) {
        Checkpoint first = new Checkpoint(0, GENESIS.hash());
        SignedTransaction right =
                Transaction.of(
                                voter.publicKey(),
                                Nonce.ZERO,
                                Amount.ZERO,
                                new FinalityTransaction.Vote(
                                        first, new Checkpoint(1, GENESIS.hash())))
                        .signedBy(voter, TestNetwork.GENESIS.networkId());
        SignedTransaction other =
                Transaction.of(
                                signer.publicKey(),
                                Nonce.ZERO,
                                Amount.ZERO,
                                right.transaction().body())
                        .signedBy(signer, TestNetwork.GENESIS.networkId());
        return new SignedTransaction(right.transaction(), other.signature());
    }
}
