package io.wormhole.settlement.node;

import static io.wormhole.settlement.node.TestNetwork.DSD;
import static io.wormhole.settlement.node.TestNetwork.eventually;
import static io.wormhole.settlement.node.TestNetwork.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.link.LinkException;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Following;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.settlement.LedgerObserver;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.chain.History;
import io.wormhole.settlement.mempool.MempoolLimits;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(150)
class NetworkTest {
    @RegisterExtension static final NodeSystem SYSTEM = new NodeSystem();

    private TestNetwork network;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        network = new TestNetwork(SYSTEM.get(), folder);
    }

    @AfterEach
    void stopNodes() {
        network.stopAll();
    }

    @Test
    void threeNodesAgreeThoughTwoOfThemOnlyKnowEachOtherThroughTheThird() {
        SettlementNode acme = network.startMiner(1);
        SettlementNode middle = network.start(network.settings(2, acme));
        SettlementNode far = network.start(network.settings(3, middle));

        SignedTransaction paid = TestNetwork.submit(far, Bob.KEYS, Mallory.ADDRESS, DSD);

        eventually("final on the far node", () -> isFinal(far, paid));
        Hash finalHash = far.status().finalHash();
        eventually(
                "the same block is final everywhere",
                () ->
                        get(acme.blockAt(far.status().finalHeight()))
                                .filter(block -> block.hash().equals(far.status().finalHash()))
                                .isPresent());
        assertThat(get(middle.block(finalHash))).isPresent();
    }

    @Test
    void aPartitionHealsAndTheLosingSideReorganises() {
        SettlementNode acme = network.startMiner(1);
        SettlementNode bob = network.start(network.settings(2, acme).withMiner(Bob.ADDRESS));
        eventually("connected", () -> bob.status().peers().size() == 1);
        List<LedgerEvent> seen = Collections.synchronizedList(new ArrayList<>());
        Following following = bob.settlement().follow(BlockHeight.ZERO, collect(seen));
        eventually("some finality", () -> bob.status().finalHeight() >= 4);

        acme.ban(bob.key());
        bob.ban(acme.key());
        eventually("apart", () -> bob.status().peers().isEmpty());
        long apart = bob.status().head().height().value();
        SignedTransaction alone = TestNetwork.submit(bob, Bob.KEYS, Mallory.ADDRESS, DSD);
        eventually(
                "bob has blocks of his own",
                () -> bob.status().head().height().value() > apart + 5);
        eventually("acme has finality of its own", () -> acme.status().finalHeight() > apart);
        acme.unban(bob.key());
        bob.unban(acme.key());

        eventually("his transfer is final on acme's chain", () -> isFinal(acme, alone));
        eventually("and on his own node", () -> isFinal(bob, alone));
        eventually(
                "his follower has seen it final",
                () ->
                        seen.stream()
                                .filter(LedgerEvent.Finalised.class::isInstance)
                                .anyMatch(event -> event.height().value() > apart + 5));
        following.close();
        assertThat(bob.metrics().get("reorganisations")).isPositive();
        assertThat(appliedOnce(seen, alone)).isEqualTo(1);
    }

    @Test
    void aRestartedNodeGoesOnWhereItWasAndItsFollowerMissesNothing() {
        SettlementNode first = network.startMiner(1);
        SignedTransaction before = TestNetwork.submit(first, Bob.KEYS, Mallory.ADDRESS, DSD);
        eventually("final", () -> isFinal(first, before));
        long stored = first.status().finalHeight();
        network.stop(first);

        SettlementNode again = network.startMiner(1);
        List<LedgerEvent> seen = Collections.synchronizedList(new ArrayList<>());
        again.settlement().follow(new BlockHeight(stored), collect(seen));
        assertThat(again.status().finalHeight()).isGreaterThanOrEqualTo(stored);
        SignedTransaction after = TestNetwork.submit(again, Bob.KEYS, Mallory.ADDRESS, DSD);
        eventually("final after the restart", () -> isFinal(again, after));

        eventually("the follower has seen it", () -> appliedOnce(seen, after) == 1);
        assertThat(isFinal(again, before)).isTrue();
        assertThat(appliedOnce(seen, before)).isZero();
        assertThat(seen.get(0).height().value()).isEqualTo(stored + 1);
    }

    @Test
    void aSlowFollowerIsWaitedFor() {
        SettlementNode acme = network.startMiner(1);
        CompletableFuture<Void> held = new CompletableFuture<>();
        List<LedgerEvent> seen = Collections.synchronizedList(new ArrayList<>());
        acme.settlement()
                .follow(
                        BlockHeight.ZERO,
                        event -> {
                            seen.add(event);
                            return held;
                        });
        eventually("blocks go on", () -> acme.status().head().height().value() >= 6);

        assertThat(seen).hasSize(1);
        held.complete(null);
        eventually("then it catches up", () -> seen.size() >= 6);
    }

    @Test
    void aNonceGapIsFilledWhateverTheOrderOfArrival() {
        SettlementNode acme = network.startMiner(1);
        SignedTransaction second = TestNetwork.transfer(acme, Bob.KEYS, Mallory.ADDRESS, DSD, 2);
        SignedTransaction first = TestNetwork.transfer(acme, Bob.KEYS, Mallory.ADDRESS, DSD, 1);

        assertThat(get(acme.settlement().submit(second)))
                .isEqualTo(new Submission.Accepted(second.id()));
        assertThat(get(acme.settlement().submit(first)))
                .isEqualTo(new Submission.Accepted(first.id()));

        eventually("both final", () -> isFinal(acme, first) && isFinal(acme, second));
        assertThat(get(acme.settlement().submit(first)))
                .isEqualTo(new Submission.Accepted(first.id()));
    }

    @Test
    void aRefusalSaysWhatIsWrong() {
        SettlementNode acme = network.startMiner(1);
        SignedTransaction tooMuch =
                TestNetwork.transfer(acme, Bob.KEYS, Mallory.ADDRESS, DSD.times(5000), 1);
        SignedTransaction forged =
                new SignedTransaction(
                        TestNetwork.transfer(acme, Bob.KEYS, Mallory.ADDRESS, DSD, 1).transaction(),
                        tooMuch.signature());

        assertThat(get(acme.settlement().submit(tooMuch))).isInstanceOf(Submission.Refused.class);
        assertThat(get(acme.settlement().submit(forged)))
                .isInstanceOfSatisfying(
                        Submission.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("bad-signature"));
        assertThat(get(acme.settlement().account(Bob.ADDRESS, Certainty.TENTATIVE)).orElseThrow())
                .satisfies(account -> assertThat(account.balance()).isEqualTo(DSD.times(1000)));
    }

    @Test
    void aNodeWhoseClockIsOffStopsMiningAndSaysSo() {
        SettlementNode acme = network.startMiner(1);
        SettlementNode carol = network.start(network.settings(2, acme));
        InstantSource wrong = () -> Instant.now().plusSeconds(20 * 60);
        SettlementNode late =
                network.start(
                        network.settings(3, acme, carol).withMiner(Bob.ADDRESS).withClock(wrong));

        eventually("it pauses", () -> !late.status().mining());
        assertThat(late.status().paused().orElseThrow()).contains("clock").contains("540 s");
        long height = acme.status().head().height().value();
        eventually(
                "the others go on",
                () -> acme.status().mining() && acme.status().head().height().value() > height + 3);
    }

    @Test
    void aPortInUseIsNamed() {
        SettlementNode acme = network.startMiner(1);
        int port = acme.address().getPort();

        assertThatThrownBy(
                        () ->
                                network.start(
                                        NodeSettings.full(
                                                TestNetwork.GENESIS,
                                                network.file(2),
                                                TestNetwork.nodeKey(2),
                                                PeerSettings.of("127.0.0.1", port, List.of()))))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining(Integer.toString(port));
        // What was opened is closed again: the same database can be used at once.
        network.start(network.settings(2));
    }

    @Test
    void anUnreachablePeerIsDialledAgainUntilItIsThere() {
        SettlementNode acme = network.startMiner(1);
        PeerEndpoint endpoint = PeerEndpoint.of("127.0.0.1", acme.address().getPort());
        int port = acme.address().getPort();
        network.stop(acme);

        SettlementNode bob = network.start(network.settings(2));
        bob.dial(endpoint);
        SettlementNode again =
                network.start(
                        new NodeSettings(
                                TestNetwork.GENESIS,
                                DatabaseSettings.h2(network.file(1)),
                                TestNetwork.nodeKey(1),
                                Optional.of(Alice.ADDRESS),
                                Optional.of(Alice.KEYS),
                                PeerSettings.of("127.0.0.1", port, List.of()),
                                MempoolLimits.defaults(),
                                Optional.empty(),
                                InstantSource.system(),
                                1000,
                                History.FULL));

        eventually("bob is connected", () -> bob.status().peers().size() == 1);
        eventually(
                "and syncs",
                () -> bob.status().finalHeight() > 0 && again.status().finalHeight() > 0);
    }

    private static long appliedOnce(List<LedgerEvent> events, SignedTransaction transaction) {
        LedgerFact wanted = new LedgerFact.TransactionApplied(transaction.id());
        long balance = 0;
        List<LedgerEvent.BlockApplied> stack = new ArrayList<>();
        synchronized (events) {
            for (LedgerEvent event : events) {
                if (event instanceof LedgerEvent.BlockApplied applied) {
                    stack.add(applied);
                } else if (event instanceof LedgerEvent.BlockUndone) {
                    stack.remove(stack.size() - 1);
                }
            }
        }
        for (LedgerEvent.BlockApplied applied : stack) {
            balance += applied.facts().stream().filter(wanted::equals).count();
        }
        return balance;
    }

    private static LedgerObserver collect(List<LedgerEvent> events) {
        return event -> {
            events.add(event);
            return CompletableFuture.completedFuture(true);
        };
    }

    static boolean isFinal(SettlementNode node, SignedTransaction transaction) {
        return get(node.settlement().transaction(transaction.id()))
                        instanceof TransactionStatus.Included included
                && included.certainty() == Certainty.FINAL;
    }

    @Test
    void aNodeFindsOthersThroughThoseItKnows() {
        SettlementNode first = network.startMiner(1);
        network.start(network.settings(2, first));
        eventually("the second is connected", () -> first.status().peers().size() == 1);
        NodeSettings usual = network.settings(3, first);

        SettlementNode third = network.start(usual.withPeers(usual.peers().withWantedPeers(8)));

        eventually("the third knows both", () -> third.status().peers().size() == 2);
    }
}
