package io.wormhole.settlement.peer;

import static io.wormhole.settlement.node.TestNetwork.DSD;
import static io.wormhole.settlement.node.TestNetwork.GENESIS;
import static io.wormhole.settlement.node.TestNetwork.eventually;
import static io.wormhole.settlement.node.TestNetwork.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.settlement.QuestionBook;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.light.LightStart;
import io.wormhole.settlement.node.LightNode;
import io.wormhole.settlement.node.LightSettings;
import io.wormhole.settlement.node.NodeSystem;
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.settlement.node.TestNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A light node over real sockets, between one honest full node and several that lie. */
@Timeout(90)
class LightNodeTest {
    @RegisterExtension static final NodeSystem SYSTEM = new NodeSystem();

    private final Map<LyingNode.Lie, LyingNode> liars = new EnumMap<>(LyingNode.Lie.class);
    private TestNetwork network;
    private SettlementNode full;
    private LightNode light;
    private Path state;

    @BeforeEach
    void startNodes(@TempDir Path folder) {
        network = new TestNetwork(SYSTEM.get(), folder);
        full = network.startMiner(1);
        state = folder.resolve("light");
        List<PeerEndpoint> servers = new ArrayList<>();
        for (LyingNode.Lie lie : LyingNode.Lie.values()) {
            LyingNode liar = new LyingNode(SYSTEM.get(), GENESIS, honest(), lie);
            liars.put(lie, liar);
            servers.add(liar.endpoint());
        }
        servers.add(honest());
        light = start(servers);
    }

    @AfterEach
    void stopNodes() {
        get(light.stop());
        liars.values().forEach(LyingNode::close);
        network.stopAll();
    }

    private PeerEndpoint honest() {
        return PeerEndpoint.of("127.0.0.1", full.address().getPort());
    }

    private LightNode start(List<PeerEndpoint> servers) {
        return get(
                LightNode.start(
                        SYSTEM.get(),
                        LightSettings.of(GENESIS, state, TestNetwork.nodeKey(9), servers)));
    }

    private Settlement settlement() {
        return light.settlement();
    }

    private SignedTransaction payment(long dsd) {
        return signed(new Transfer(Mallory.ADDRESS, DSD.times(dsd)));
    }

    private SignedTransaction signed(TransactionBody body) {
        return Transaction.of(
                        Bob.KEYS.publicKey(),
                        get(settlement().nextNonce(Bob.ADDRESS)),
                        settlement().gasPrice(),
                        body)
                .signedBy(Bob.KEYS, GENESIS.networkId());
    }

    private boolean isFinal(SignedTransaction transaction) {
        return get(settlement().transaction(transaction.id()))
                        instanceof TransactionStatus.Included included
                && included.certainty() == Certainty.FINAL;
    }

    @Test
    void whatIsPaidIsSeenFinalAndWhoLiesIsDropped() {
        ConcurrentLinkedQueue<LedgerEvent> seen = new ConcurrentLinkedQueue<>();
        settlement()
                .follow(
                        BlockHeight.ZERO,
                        event -> {
                            seen.add(event);
                            return CompletableFuture.completedFuture(event);
                        });
        SignedTransaction first = payment(3);

        assertThat(get(settlement().submit(first))).isInstanceOf(Submission.Accepted.class);
        SignedTransaction second = payment(4);
        get(settlement().submit(second));
        eventually("both are final", () -> isFinal(first) && isFinal(second));
        eventually(
                "the follower has seen both",
                () -> transfers(seen).size() == 2 && lastFinal(seen) >= applied(seen, second));

        assertThat(second.transaction().nonce()).isEqualTo(first.transaction().nonce().next());
        assertThat(get(settlement().account(Mallory.ADDRESS, Certainty.FINAL)))
                .hasValueSatisfying(
                        entry -> assertThat(entry.balance()).isEqualTo(DSD.times(1007)));
        assertThat(get(settlement().inclusionProof(first.id())).orElseThrow().holds()).isTrue();
        assertThat(light.status().liars())
                .containsOnlyKeys(nameOf(LyingNode.Lie.STATE), nameOf(LyingNode.Lie.BLOCKS));
        assertInOrder(seen);
    }

    private long headHeight() {
        return full.status().head().height().value();
    }

    @Test
    void contractsGoByTheSameFinalAnswersAsOnAFullNode() {
        BlockHeight opensAt = new BlockHeight(headHeight() + 3);
        SignedTransaction question = signed(new OracleTransaction.Ask("Is it warm?", opensAt, 50));
        OracleId id = OracleId.of(Bob.ADDRESS, question.transaction().nonce());
        get(settlement().submit(question));
        eventually("the window is open", () -> headHeight() >= opensAt.value());

        get(settlement().submit(signed(new OracleTransaction.Give(id, Answer.YES))));
        eventually(
                "the answer is final",
                () ->
                        get(light.questions().question(id, Certainty.FINAL))
                                .filter(QuestionBook.Standing.Settled.class::isInstance)
                                .isPresent());

        Hash root = full.status().head().roots().answeredOracles();
        assertThat(root).isNotEqualTo(Hash.ZERO);
        eventually(
                "both have its root",
                () ->
                        get(settlement().finalAnswers()).equals(List.of(root))
                                && get(full.settlement().finalAnswers()).equals(List.of(root)));
    }

    private String nameOf(LyingNode.Lie lie) {
        return Objects.requireNonNull(liars.get(lie)).endpoint().toString();
    }

    private static List<LedgerFact> transfers(Iterable<LedgerEvent> seen) {
        List<LedgerFact> facts = new ArrayList<>();
        for (LedgerEvent event : seen) {
            if (event instanceof LedgerEvent.BlockApplied applied) {
                applied.facts().stream()
                        .filter(LedgerFact.Transferred.class::isInstance)
                        .forEach(facts::add);
            }
        }
        return facts;
    }

    private static long lastFinal(Iterable<LedgerEvent> seen) {
        long height = 0;
        for (LedgerEvent event : seen) {
            if (event instanceof LedgerEvent.Finalised) {
                height = event.height().value();
            }
        }
        return height;
    }

    private static long applied(Iterable<LedgerEvent> seen, SignedTransaction transaction) {
        for (LedgerEvent event : seen) {
            if (event instanceof LedgerEvent.BlockApplied applied
                    && applied.facts()
                            .contains(new LedgerFact.TransactionApplied(transaction.id()))) {
                return event.height().value();
            }
        }
        return Long.MAX_VALUE;
    }

    private static void assertInOrder(Iterable<LedgerEvent> seen) {
        long height = 0;
        for (LedgerEvent event : seen) {
            if (event instanceof LedgerEvent.BlockApplied) {
                assertThat(event.height().value()).isEqualTo(++height);
            } else if (event instanceof LedgerEvent.BlockUndone) {
                assertThat(event.height().value()).isEqualTo(height--);
            }
        }
    }

    @Test
    void refusalsAndAbsenceAreAnswersToo() {
        SignedTransaction other = payment(2);
        SignedTransaction good = payment(1);

        assertThat(
                        get(
                                settlement()
                                        .submit(
                                                new SignedTransaction(
                                                        good.transaction(), other.signature()))))
                .isInstanceOf(Submission.Refused.class);
        assertThat(get(settlement().transaction(good.id())))
                .isInstanceOf(TransactionStatus.Unknown.class);
        assertThat(get(light.questions().question(new OracleId(good.id()), Certainty.FINAL)))
                .isEmpty();
    }

    @Test
    void aRestartGoesOnAtTheStoredCheckpointAndAFollowerMissesNothing() throws Exception {
        eventually("something is final", () -> light.status().finalised().height().value() > 0);
        get(light.stop());
        long stored = LightStart.stored(state).orElseThrow().height();
        long goal = full.status().finalHeight() + 8;
        eventually("the chain goes on", () -> full.status().finalHeight() >= goal);

        light = start(List.of(honest()));
        ConcurrentLinkedQueue<LedgerEvent> seen = new ConcurrentLinkedQueue<>();
        settlement()
                .follow(
                        BlockHeight.ZERO,
                        event -> {
                            seen.add(event);
                            return CompletableFuture.completedFuture(event);
                        });

        assertThat(stored).isPositive();
        eventually("all blocks are seen", () -> lastFinal(seen) >= goal);
        assertInOrder(seen);
    }
}
