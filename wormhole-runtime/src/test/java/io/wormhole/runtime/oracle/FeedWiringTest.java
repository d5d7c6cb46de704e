package io.wormhole.runtime.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.wormhole.oracle.duty.DutyEntity;
import io.wormhole.oracle.duty.DutyParts;
import io.wormhole.oracle.duty.Role;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.runtime.line.DeviceMeasured;
import io.wormhole.settlement.genesis.NetworkParameters;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the text of the settings to what operator, challenger and voter send: three feeds, of a
 * file, a partner and a device, and the median of them.
 */
@Timeout(60)
final class FeedWiringTest {
    private static final Duration QUIET = Duration.ofMillis(150);

    private final ActorTestKit kit =
            ActorTestKit.create(
                    ConfigFactory.parseString(
                                    """
                                    pekko.actor.provider = local
                                    pekko.loglevel = OFF
                                    pekko.persistence.journal.plugin = "pekko.persistence.journal.inmem"
                                    pekko.persistence.snapshot-store.plugin = "pekko.persistence.no-snapshot-store"
                                    """)
                            .withFallback(ConfigFactory.load()));
    private final FakeSettlement chain =
            new FakeSettlement(
                    TestNetwork.ID,
                    Map.of(Alice.ADDRESS, Amount.parse("1000")),
                    FeedWiringTest::asks);
    private final SmallBook book = new SmallBook();
    private final TestProbe<Question> human = kit.createTestProbe();
    private final RecordingPurse purse = new RecordingPurse(chain);

    @TempDir private Path folder = Path.of("");
    private OracleConfig config =
            new OracleConfig(Map.of(), Map.of(), List.of(), Amount.ZERO, Optional.empty());
    private ConfiguredFeeds feeds = new ConfiguredFeeds(config, tools());

    private static Optional<String> asks(FakeSettlement.State state, Transaction transaction) {
        return transaction.body() instanceof OracleTransaction.Ask
                ? Optional.empty()
                : Optional.of("unknown-body");
    }

    private static FeedConfig.Tools tools() {
        return new FeedConfig.Tools(
                HttpClient.newHttpClient(), InstantSource.fixed(Instant.EPOCH), Runnable::run);
    }

    @BeforeEach
    void readSettings() {
        config =
                OracleConfig.of(
                        ConfigFactory.parseString(
                                        """
                                        wormhole.oracle {
                                          feeds {
                                            counter { kind = file, file = "%s", path = "$.count" }
                                            partner { kind = held, keep = 1h, from = ["%s"] }
                                            spindle { kind = series, figure = last, device = "/acme/line7/printer1/hotend" }
                                          }
                                          plans.cups {
                                            feeds = [counter, partner, spindle], combine = median, yes-when = ">= 10"
                                          }
                                          watch = [{ contains = "CUPS", plan = cups, most-bond = "5" }]
                                          budget = "8"
                                        }
                                        """
                                                .formatted(
                                                        folder.resolve("count.json"),
                                                        Bob.KEYS.publicKey().bytes().toHex()))
                                .withFallback(ConfigFactory.load()));
        feeds = new ConfiguredFeeds(config, tools());
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** What the file, the partner and the device say. */
    private void say(int file, int partner, int device) throws IOException {
        Files.writeString(folder.resolve("count.json"), "{\"count\": %d}".formatted(file));
        assertThat(
                        feeds.heard(
                                Bob.KEYS.publicKey(),
                                new PartnerReading("partner", Integer.toString(partner))))
                .isTrue();
        feeds.measured(
                new DeviceMeasured(
                        new Name("/acme/line7"), "printer1", "hotend", BigDecimal.valueOf(device)));
    }

    private ActorRef<DutyEntity.Command> start(Role role) {
        return kit.spawn(
                DutyEntity.create(
                        role,
                        new DutyParts(
                                chain,
                                book,
                                purse,
                                NetworkParameters.development().oracles(),
                                feeds.plans(),
                                config.watches(),
                                config.budget(),
                                human.getRef()::tell)));
    }

    private static Question question(String text, long number, String deposit) {
        return new Question(
                OracleId.of(Bob.ADDRESS, new Nonce(number)),
                Bob.ADDRESS,
                new Question.Subject(text, Optional.empty(), Bob.ADDRESS.hash()),
                new BlockHeight(5),
                50,
                Amount.parse(deposit),
                Optional.of(new Question.Given(Answer.NO, new BlockHeight(8), Optional.empty())),
                Optional.empty());
    }

    private static Question disputed(Question question) {
        return question.disputed(
                new Question.Dispute(
                        Mallory.ADDRESS,
                        new Question.Given(Answer.YES, new BlockHeight(9), Optional.empty()),
                        0,
                        new BlockHeight(10)));
    }

    @Test
    void operatorAnswersWhatItAskedByTheMedianOfItsFeeds() throws IOException {
        say(12, 3, 10);
        TestProbe<DutyEntity.Said> said = kit.createTestProbe();
        DutyEntity.Wording wording =
                new DutyEntity.Wording(
                        "Were 10 cups delivered?", Optional.empty(), new BlockHeight(5), 50);
        OracleId id = OracleId.of(Alice.ADDRESS, new Nonce(1));
        book.open(
                new Question(
                        id,
                        Alice.ADDRESS,
                        new Question.Subject(
                                wording.text(), Optional.empty(), Alice.ADDRESS.hash()),
                        new BlockHeight(5),
                        50,
                        Amount.parse("0.05"),
                        Optional.empty(),
                        Optional.empty()));

        start(Role.OPERATOR)
                .tell(new DutyEntity.Ask("order-1", wording, Optional.of("cups"), said.getRef()));

        said.expectMessage(new DutyEntity.Said.Stored());
        assertThat(purse.next()).isInstanceOf(OracleTransaction.Ask.class);
        assertThat(purse.next()).isEqualTo(new OracleTransaction.Give(id, Answer.YES));
        assertThat(purse.evidence()).hasSize(1);
    }

    /**
     * The feeds of all are read at once; whichever is judged first leaves too little for another.
     */
    @Test
    void challengerDisputesWhatTheFeedsContradictWithinBondAndBudget() throws IOException {
        say(12, 3, 10);
        Question first = question("Were 10 cups delivered?", 1, "5");
        Question second = question("And these cups?", 2, "5");
        Question tooDear = question("Were 10 cups delivered?", 3, "5.1");
        Question ofOthers = question("Is it warm?", 4, "1");
        ActorRef<DutyEntity.Command> challenger = start(Role.CHALLENGER);
        for (Question each : List.of(first, second, tooDear, ofOthers)) {
            book.open(each);
            challenger.tell(new DutyEntity.Look(each.id()));
        }

        assertThat(purse.next())
                .isIn(
                        new OracleTransaction.Counterclaim(first.id(), Answer.YES, first.deposit()),
                        new OracleTransaction.Counterclaim(
                                second.id(), Answer.YES, second.deposit()));
        purse.expectNothing(QUIET);
    }

    @Test
    void challengerLeavesAnAnswerThatItsFeedsConfirm() throws IOException {
        say(9, 30, 2);
        Question right = question("Were 10 cups delivered?", 1, "5");
        book.open(right);

        start(Role.CHALLENGER).tell(new DutyEntity.Look(right.id()));

        purse.expectNothing(QUIET);
    }

    @Test
    void voterVotesInBothChambersByItsFeedsAndAsksAHumanOtherwise() throws IOException {
        say(12, 3, 10);
        Question known = disputed(question("Were 10 cups delivered?", 1, "5"));
        Question unknown = disputed(question("Is it warm?", 2, "5"));
        book.open(known);
        book.open(unknown);
        ActorRef<DutyEntity.Command> voter = start(Role.VOTER);

        voter.tell(new DutyEntity.Look(known.id()));
        voter.tell(new DutyEntity.Look(unknown.id()));

        assertThat(purse.next()).isEqualTo(new OracleTransaction.StakeVote(known.id(), Answer.YES));
        assertThat(purse.blockVotes()).containsEntry(known.id(), Answer.YES);
        assertThat(human.receiveMessage()).isEqualTo(unknown);
        purse.expectNothing(QUIET);
    }

    @Test
    void feedsTakeOnlyWhatIsMeantForThem() {
        assertThat(feeds.heard(Mallory.KEYS.publicKey(), new PartnerReading("partner", "99")))
                .isFalse();
        assertThat(feeds.heard(Bob.KEYS.publicKey(), new PartnerReading("spindle", "99")))
                .isFalse();
        assertThatThrownBy(() -> feeds.hand("counter", "me", "99"))
                .hasMessageContaining("no feed counter that takes values");
        assertThatThrownBy(() -> feeds.hand("spindle", "me", "warm"))
                .hasMessageContaining("spindle takes numbers, found warm");
        assertThatThrownBy(() -> feeds.hand("nothing", "me", "1"))
                .hasMessageContaining("no feed nothing");
    }
}
