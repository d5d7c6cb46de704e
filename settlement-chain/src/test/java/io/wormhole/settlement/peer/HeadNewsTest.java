package io.wormhole.settlement.peer;

import static io.wormhole.settlement.node.TestNetwork.eventually;
import static io.wormhole.settlement.node.TestNetwork.get;
import static io.wormhole.settlement.peer.RawPeer.announced;
import static io.wormhole.settlement.peer.RawPeer.assertClosed;
import static io.wormhole.settlement.peer.RawPeer.awaitMessage;
import static io.wormhole.settlement.peer.RawPeer.genesis;
import static io.wormhole.settlement.peer.RawPeer.hello;
import static io.wormhole.settlement.peer.RawPeer.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
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
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.settlement.node.TestNetwork;
import io.wormhole.settlement.peer.wire.BlockBody;
import io.wormhole.settlement.peer.wire.HeadAnnounced;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.peer.wire.ShortForm;
import io.wormhole.settlement.peer.wire.TransactionsWanted;
import io.wormhole.settlement.relay.CompactBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** New heads with their short forms, and votes, as they go to and come from a node's peers. */
@Timeout(60)
class HeadNewsTest {
    private static final BlockHeader GENESIS = GenesisBlock.of(TestNetwork.GENESIS).header();

    private static ActorSystem<Void> system;

    private final LinkIdentity identity = LinkIdentity.random();
    private TestNetwork network;
    private final List<SettlementNode> running = new ArrayList<>();

    @BeforeAll
    static void startSystem() {
        system =
                ActorSystem.create(
                        Behaviors.empty(),
                        "head-news-test",
                        ConfigFactory.parseString(
                                        "pekko.loglevel = INFO, pekko.log-dead-letters = off")
                                .withFallback(ConfigFactory.load()));
    }

    @AfterAll
    static void stopSystem() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void begin(@TempDir Path folder) {
        network = new TestNetwork(system, folder);
    }

    @AfterEach
    void stopNode() {
        network.stopAll();
    }

    private void startMiner() {
        running.add(network.startMiner(1));
    }

    /** A node that makes no blocks, so that those of the test are the first. */
    private void startListener() {
        running.add(network.start(network.settings(1)));
    }

    private SettlementNode node() {
        return running.get(0);
    }

    private Link greeted() {
        Links links = Links.of(system, identity, LinkLimits.defaults().withMaxFrameBytes(48 << 20));
        Link link = get(links.connect("127.0.0.1", node().address().getPort(), Optional.empty()));
        send(link, hello(genesis()));
        eventually("greeted", () -> !node().status().peers().isEmpty());
        return link;
    }

    /** A peer that has told of a head, and so passes blocks on. */
    private Link relaying() {
        Link link = greeted();
        send(link, announced(GENESIS));
        return link;
    }

    private static PeerMessage pushed(BlockHeader header, ShortForm form) {
        return PeerMessage.newBuilder()
                .setHeadAnnounced(
                        announced(header).getHeadAnnounced().toBuilder().setShortForm(form))
                .build();
    }

    private static Block first(SignedTransaction... transactions) {
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

    private static SignedTransaction payment() {
        return Transaction.of(
                        Bob.KEYS.publicKey(),
                        new Nonce(1),
                        TestNetwork.GENESIS.parameters().minimumGasPrice(),
                        new Transfer(Mallory.ADDRESS, TestNetwork.DSD))
                .signedBy(Bob.KEYS, TestNetwork.GENESIS.networkId());
    }

    private static SignedTransaction vote(KeyPair voter, KeyPair signer) {
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

    // --- what a node tells -----------------------------------------------------------------------

    @Test
    void whoPassesBlocksOnGetsTheShortFormWithTheHeadAndTheVotesThatAreInTheBlock() {
        startMiner();
        Link link = relaying();

        boolean hasVotes = false;
        for (int told = 0; told < 12; told++) {
            HeadAnnounced head =
                    awaitMessage(link, PeerMessage.ContentCase.HEAD_ANNOUNCED).getHeadAnnounced();
            BlockHeader header = Messages.header(head.getHeader());
            if (!head.hasShortForm()) {
                continue;
            }
            SyncStep.Pushed pushed = Messages.pushed(head, header).orElseThrow();
            Block block = get(node().block(header.hash())).orElseThrow();
            assertThat(pushed.compact())
                    .isEqualTo(CompactBlock.of(block, head.getShortForm().getSalt()));
            assertThat(pushed.added())
                    .as("all that the peer was not given before, and votes in any case")
                    .containsAll(
                            block.transactions().stream()
                                    .filter(
                                            each ->
                                                    each.transaction().body()
                                                            instanceof FinalityTransaction.Vote)
                                    .toList());
            hasVotes |= !pushed.added().isEmpty();
        }

        assertThat(hasVotes).isTrue();
    }

    @Test
    void whoOnlyListensGetsHeadsAloneAndVotesByTheirIds() {
        startMiner();
        Link link = greeted();

        for (int told = 0; told < 6; told++) {
            assertThat(
                            awaitMessage(link, PeerMessage.ContentCase.HEAD_ANNOUNCED)
                                    .getHeadAnnounced()
                                    .hasShortForm())
                    .isFalse();
        }
        awaitMessage(link, PeerMessage.ContentCase.TRANSACTIONS_ANNOUNCED);
    }

    @Test
    void aVoteIsGivenAtOnceToWhoPassesBlocksOn() {
        startMiner();
        Link link = relaying();

        ByteString given =
                awaitMessage(link, PeerMessage.ContentCase.TRANSACTIONS)
                        .getTransactions()
                        .getTransactions(0);

        SignedTransaction vote = SignedTransaction.decode(Wire.bytes(given));
        assertThat(vote.transaction().body()).isInstanceOf(FinalityTransaction.Vote.class);
        assertThat(vote.transaction().sender().address()).isEqualTo(Alice.ADDRESS);
    }

    // --- what a node is told ---------------------------------------------------------------------

    @Test
    void aPushedBlockIsTakenInWithoutAQuestion() {
        startListener();
        Link link = relaying();
        SignedTransaction payment = payment();
        Block block = first(payment);

        send(
                link,
                pushed(
                        block.header(),
                        Messages.shortForm(CompactBlock.of(block, 7), List.of(payment))));

        eventually("it is the head", () -> node().status().headHash().equals(block.hash()));
    }

    @Test
    void aPeerOfBeforeThatPushesNothingIsAskedForTheShortForm() {
        startListener();
        Link link = relaying();
        Block block = first();

        send(link, announced(block.header()));
        awaitMessage(link, PeerMessage.ContentCase.COMPACT_WANTED);
        send(link, Messages.compact(CompactBlock.of(block, 1)));

        eventually("it is the head", () -> node().status().headHash().equals(block.hash()));
    }

    @Test
    void aPeerOfBeforeReadsTheSameHeadAsFromANodeOfBefore() throws Exception {
        Block block = first(payment());
        PeerMessage now =
                pushed(
                        block.header(),
                        Messages.shortForm(CompactBlock.of(block, 7), block.transactions()));
        HeadAnnounced before = now.getHeadAnnounced().toBuilder().clearShortForm().build();

        // What it does not know, it keeps apart: fields 1 to 3 are all that it looks at.
        UnknownFieldSet read = UnknownFieldSet.parseFrom(now.getHeadAnnounced().toByteString());
        UnknownFieldSet known = read.toBuilder().clearField(4).build();

        assertThat(read.hasField(4)).isTrue();
        assertThat(known.toByteString()).isEqualTo(before.toByteString());
        assertThat(HeadAnnounced.parseFrom(before.toByteString()).hasShortForm()).isFalse();
        assertThat(Messages.pushed(before, block.header())).isEmpty();
    }

    @Test
    void aShortFormThatLiesLeadsToTheWholeBlock() {
        startListener();
        Link link = relaying();
        Block block = first(payment());
        SignedTransaction other = vote(Mallory.KEYS, Mallory.KEYS);
        Block lie = new Block(block.header(), List.of(other), block.witness());

        send(
                link,
                pushed(
                        block.header(),
                        Messages.shortForm(CompactBlock.of(lie, 7), List.of(other))));
        awaitMessage(link, PeerMessage.ContentCase.BLOCKS_WANTED);
        send(
                link,
                PeerMessage.newBuilder()
                        .setBlock(BlockBody.newBuilder().setBlock(Wire.bytes(block)))
                        .build());

        eventually("it is the head", () -> node().status().headHash().equals(block.hash()));
    }

    @Test
    void aPushedHeadWithoutWorkIsPunished() {
        startListener();
        Link link = relaying();
        Block block = first(payment());

        send(
                link,
                pushed(
                        block.header().withWork(1, block.header().cycle()),
                        Messages.shortForm(CompactBlock.of(block, 7), block.transactions())));

        assertPunished(link);
    }

    @Test
    void moreAddedTransactionsThanAMessageHoldsArePunished() {
        startListener();
        Link link = relaying();
        SignedTransaction payment = payment();
        Block block = first(payment);
        List<SignedTransaction> many = Collections.nCopies(Wire.MAXIMUM_IDS + 1, payment);

        send(link, pushed(block.header(), Messages.shortForm(CompactBlock.of(block, 7), many)));

        assertPunished(link);
    }

    @Test
    void moreShortIdsThanABlockHasTransactionsArePunished() {
        startListener();
        Link link = relaying();
        Block block = first();
        ShortForm.Builder form = ShortForm.newBuilder();
        for (long id = 0; id <= Block.MAXIMUM_TRANSACTIONS; id++) {
            form.addIds(id);
        }

        send(link, pushed(block.header(), form.build()));

        assertPunished(link);
    }

    @Test
    void anAddedTransactionThatIsNoneIsPunished() {
        startListener();
        Link link = relaying();

        send(
                link,
                pushed(
                        first().header(),
                        ShortForm.newBuilder()
                                .addIds(1)
                                .addAdded(ByteString.copyFromUtf8("no transaction"))
                                .build()));

        assertPunished(link);
    }

    @Test
    void aVoteWithAWrongSignatureIsPunished() {
        startListener();
        Link link = relaying();

        send(link, Messages.transactions(List.of(vote(Alice.KEYS, Mallory.KEYS))));

        assertPunished(link);
    }

    @Test
    void aVoteOfSomebodyWithoutStakeIsNotPassedOn() {
        startListener();
        Link link = relaying();
        SignedTransaction strange = vote(Mallory.KEYS, Mallory.KEYS);
        SignedTransaction payment = payment();

        send(link, Messages.transactions(List.of(strange, payment)));

        send(link, wanted(strange, payment));
        assertThat(
                        awaitMessage(link, PeerMessage.ContentCase.TRANSACTIONS)
                                .getTransactions()
                                .getTransactionsList())
                .containsExactly(Wire.bytes(payment));
        assertThat(node().status().peers()).as("its sender is no villain").hasSize(1);
    }

    private static PeerMessage wanted(SignedTransaction... transactions) {
        TransactionsWanted.Builder wanted = TransactionsWanted.newBuilder();
        for (SignedTransaction transaction : transactions) {
            wanted.addIds(Wire.bytes(transaction.id()));
        }
        return PeerMessage.newBuilder().setTransactionsWanted(wanted).build();
    }

    private void assertPunished(Link link) {
        assertClosed(link);
        eventually(
                "it is counted", () -> node().metrics().getOrDefault("peers_misbehaved", 0L) >= 1);
    }
}
