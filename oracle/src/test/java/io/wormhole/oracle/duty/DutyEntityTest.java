package io.wormhole.oracle.duty;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wormhole.oracle.feed.Combination;
import io.wormhole.oracle.feed.Comparison;
import io.wormhole.oracle.feed.Evidence;
import io.wormhole.oracle.feed.FeedPlan;
import io.wormhole.oracle.feed.HeldFeed;
import io.wormhole.oracle.proto.DutyEvent;
import io.wormhole.oracle.rules.DisputeShares;
import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.QuestionBook;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an actor of questions stores and sends, and that a crash in between changes neither. */
@Timeout(60)
class DutyEntityTest {
    private static final OracleTerms TERMS =
            new OracleTerms(Amount.of(5), 1, 100, 50, 8, 6, DisputeShares.DEFAULT);
    private static final OracleId ID = OracleId.of(Bob.ADDRESS, new Nonce(1));
    private static final OracleId OTHER = OracleId.of(Bob.ADDRESS, new Nonce(2));

    private static Question answered(OracleId id) {
        return new Question(
                id,
                Bob.ADDRESS,
                new Question.Subject("10 cups?", Optional.empty(), Bob.ADDRESS.hash()),
                new BlockHeight(12),
                20,
                Amount.of(100),
                Optional.of(new Question.Given(Answer.YES, new BlockHeight(20), Optional.empty())),
                Optional.empty());
    }

    private final ActorTestKit kit =
            ActorTestKit.create(
                    PersistenceTestKitPlugin.getInstance()
                            .config()
                            .withFallback(
                                    ConfigFactory.parseString(
                                            "pekko.actor.provider = local, pekko.loglevel = OFF"))
                            .withFallback(ConfigFactory.load()));
    private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    private final TestProbe<TransactionBody> sent = kit.createTestProbe();
    private final HeldFeed feed =
            new HeldFeed("cups", Duration.ofDays(1), InstantSource.fixed(Instant.EPOCH));
    private final List<Hash> evidence = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Purse.Brought> result = new CompletableFuture<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private final class FakePurse implements Purse {
        @Override
        public Address address() {
            return Alice.ADDRESS;
        }

        @Override
        public CompletionStage<Brought> bring(
                String purpose, TransactionBody body, Optional<Hash> dataHash) {
            dataHash.ifPresent(evidence::add);
            sent.getRef().tell(body);
            return result;
        }

        @Override
        public void voteWithBlocks(OracleId oracle, Answer answer) {
            throw new AssertionError("a challenger does not vote");
        }
    }

    private static final class TwoQuestions implements QuestionBook {
        @Override
        public CompletionStage<Optional<Standing>> question(OracleId oracle, Certainty how) {
            return CompletableFuture.completedFuture(
                    oracle.equals(ID) || oracle.equals(OTHER)
                            ? Optional.of(
                                    new Standing.Open(
                                            answered(oracle), CastVotes.NONE, new BlockHeight(21)))
                            : Optional.empty());
        }

        @Override
        public CompletionStage<List<Question>> openQuestions(Optional<OracleId> after, int limit) {
            return CompletableFuture.completedFuture(List.of(answered(ID), answered(OTHER)));
        }
    }

    private ActorRef<DutyEntity.Command> start() {
        return start(Amount.of(1000));
    }

    private ActorRef<DutyEntity.Command> start(Amount budget) {
        FeedPlan plan =
                new FeedPlan(
                        "cups",
                        List.of(feed),
                        new Combination.Majority(1),
                        Comparison.parse(">= 10"));
        DutyParts parts =
                new DutyParts(
                        new FakeSettlement(TestNetwork.ID, Map.of(), FakeSettlement.Rules.NONE),
                        new TwoQuestions(),
                        new FakePurse(),
                        TERMS,
                        Map.of("cups", plan),
                        List.of(new Watch("cups", "cups", Amount.of(1000))),
                        budget,
                        question -> {});
        return kit.spawn(DutyEntity.create(Role.CHALLENGER, parts));
    }

    private static String id() {
        return "oracle-challenger|" + Alice.ADDRESS;
    }

    @Test
    void theDecisionIsStoredBeforeItIsSentAndSurvivesACrashEvenWhenTheFeedTurns() {
        feed.put("counter", "3");
        ActorRef<DutyEntity.Command> first = start();
        first.tell(new DutyEntity.Look(ID));
        TransactionBody body = sent.receiveMessage();
        assertThat(body)
                .isEqualTo(new OracleTransaction.Counterclaim(ID, Answer.NO, Amount.of(100)));
        DutyEvent decided =
                journal.persistedInStorage(id()).stream()
                        .map(DutyEvent.class::cast)
                        .filter(DutyEvent::hasDecided)
                        .findFirst()
                        .orElseThrow();
        kit.stop(first);
        feed.put("counter", "50");

        ActorRef<DutyEntity.Command> second = start();
        second.tell(new DutyEntity.LookAfterAll());

        assertThat(sent.receiveMessage()).isEqualTo(body);
        Hash hash = Evidence.hash(decided.getDecided().getEvidence());
        assertThat(evidence).containsExactly(hash, hash);
    }

    @Test
    void whatIsFinalIsNotSentAgainAndManyLooksSendOnce() {
        feed.put("counter", "3");
        ActorRef<DutyEntity.Command> actor = start();
        for (int i = 0; i < 20; i++) {
            actor.tell(new DutyEntity.Look(ID));
            actor.tell(new DutyEntity.LookAfterAll());
        }
        sent.receiveMessage();
        result.complete(new Purse.Brought.Final(Alice.ADDRESS.hash()));
        sent.awaitAssert(
                () ->
                        assertThat(memory(actor).duty(ID).orElseThrow().isDone("counterclaim"))
                                .isTrue());

        actor.tell(new DutyEntity.LookAfterAll());

        sent.expectNoMessage(Duration.ofMillis(100));
    }

    @Test
    void whyAQuestionIsRefusedIsToldAlsoAfterARestart() {
        ActorRef<DutyEntity.Command> actor = start();
        TestProbe<DutyEntity.Said> answers = kit.createTestProbe();
        actor.tell(
                new DutyEntity.Ask(
                        "order-1",
                        new DutyEntity.Wording("Is it?", Optional.empty(), new BlockHeight(9), 50),
                        Optional.empty(),
                        answers.getRef()));
        answers.expectMessage(new DutyEntity.Said.Stored());
        sent.receiveMessage();
        result.complete(new Purse.Brought.Refused("insufficient-funds", "50 needed, 3 there"));
        sent.awaitAssert(() -> assertThat(memory(actor).refused()).hasSize(1));
        kit.stop(actor);

        DutyMemory memory = memory(start());

        assertThat(memory.refused())
                .singleElement()
                .satisfies(
                        refused -> {
                            assertThat(refused.getRequest()).isEqualTo("order-1");
                            assertThat(refused.getReason())
                                    .isEqualTo("insufficient-funds: 50 needed, 3 there");
                        });
        assertThat(DutyMemory.of(memory.snapshot())).isEqualTo(memory);
    }

    @Test
    void aDecisionIsNeverChanged() {
        ActorRef<DutyEntity.Command> actor = start();
        TestProbe<DutyEntity.Said> answers = kit.createTestProbe();

        actor.tell(new DutyEntity.Decide(ID, Answer.NO, "seen", answers.getRef()));
        actor.tell(new DutyEntity.Decide(ID, Answer.NO, "again", answers.getRef()));
        actor.tell(new DutyEntity.Decide(ID, Answer.YES, "changed", answers.getRef()));

        answers.expectMessage(new DutyEntity.Said.Stored());
        answers.expectMessage(new DutyEntity.Said.Stored());
        assertThat(answers.receiveMessage()).isInstanceOf(DutyEntity.Said.Refused.class);
    }

    private DutyMemory memory(ActorRef<DutyEntity.Command> actor) {
        TestProbe<DutyMemory> memories = kit.createTestProbe();
        actor.tell(new DutyEntity.Inspect(memories.getRef()));
        return memories.receiveMessage();
    }

    private void disputeByHand(ActorRef<DutyEntity.Command> actor) {
        TestProbe<DutyEntity.Said> answers = kit.createTestProbe();
        actor.tell(new DutyEntity.Decide(ID, Answer.NO, "none came", answers.getRef()));
        answers.expectMessage(new DutyEntity.Said.Stored());
        assertThat(sent.receiveMessage())
                .isEqualTo(new OracleTransaction.Counterclaim(ID, Answer.NO, Amount.of(100)));
    }

    @Test
    void whatIsDisputedByHandIsTakenOffTheBudgetAlsoAfterARestart() {
        feed.put("counter", "3");
        ActorRef<DutyEntity.Command> first = start(Amount.of(150));
        disputeByHand(first);
        first.tell(new DutyEntity.Look(OTHER));
        sent.expectNoMessage(Duration.ofMillis(100));
        assertThat(memory(first).duty(ID).orElseThrow().bond()).isEqualTo(Amount.of(100));
        kit.stop(first);

        ActorRef<DutyEntity.Command> second = start(Amount.of(199));
        second.tell(new DutyEntity.Look(OTHER));
        sent.expectNoMessage(Duration.ofMillis(100));
        kit.stop(second);

        start(Amount.of(200)).tell(new DutyEntity.Look(OTHER));
        assertThat(sent.receiveMessage())
                .isEqualTo(new OracleTransaction.Counterclaim(OTHER, Answer.NO, Amount.of(100)));
    }

    @Test
    void byHandAChallengerMayGoBeyondItsBudget() {
        disputeByHand(start(Amount.ZERO));
    }

    @Test
    void aBondThatWasRefusedIsFreeAgain() {
        feed.put("counter", "3");
        ActorRef<DutyEntity.Command> actor = start(Amount.of(100));
        disputeByHand(actor);
        result.complete(new Purse.Brought.Refused("oracle-already-disputed", "somebody was first"));
        sent.awaitAssert(
                () ->
                        assertThat(memory(actor).duty(ID).orElseThrow().isDone("counterclaim"))
                                .isTrue());

        actor.tell(new DutyEntity.Look(OTHER));

        assertThat(sent.receiveMessage())
                .isEqualTo(new OracleTransaction.Counterclaim(OTHER, Answer.NO, Amount.of(100)));
    }

    @Test
    void whatIsNoOpenQuestionCannotBeDisputedByHand() {
        ActorRef<DutyEntity.Command> actor = start();
        TestProbe<DutyEntity.Said> answers = kit.createTestProbe();
        OracleId unknown = OracleId.of(Alice.ADDRESS, new Nonce(9));

        actor.tell(new DutyEntity.Decide(unknown, Answer.NO, "?", answers.getRef()));

        answers.expectMessage(new DutyEntity.Said.Refused("no open question is known by this id"));
        assertThat(memory(actor).duties()).isEmpty();
    }

    @Test
    void aSnapshotKeepsEverything() {
        feed.put("counter", "3");
        ActorRef<DutyEntity.Command> actor = start();
        actor.tell(new DutyEntity.Look(ID));
        sent.receiveMessage();
        DutyMemory memory = memory(actor);

        assertThat(DutyMemory.of(memory.snapshot())).isEqualTo(memory);
    }
}
