package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.StepsOnChain;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Case tables of other channel systems, restated in our terms. Every row of the table is either
 * shown here or named with the reason why our rule differs.
 */
class ChannelVectorsTest {
    private static final String ROWS = "channel/channel_onchain_cases.json";

    /** Rows of rules that differ, with the reason. */
    private static final Map<String, String> DIFFERENT = new HashMap<>();

    static {
        DIFFERENT.put("snapshot-4", "a delegate answers a close, and does nothing else");
        for (String row : List.of("delegates-1", "delegates-3")) {
            DIFFERENT.put(row, "an appointment is a signature and needs no entry on the chain");
        }
        DIFFERENT.put("mutual-1", "balances share exactly what is there; the sender pays the fee");
        DIFFERENT.put("settle-5", "settling names no amounts: the recorded state is paid");
        DIFFERENT.put("settle-8", "a state that does not add up is never recorded");
        DIFFERENT.put("slash-4", "a state holds its balances, so no proof can differ from it");
        DIFFERENT.put("fp-2", "the sender claims no result, so it cannot claim a wrong one");
        DIFFERENT.put("fp-8", "the chain counts the nonce, so the sender cannot skip one");
        DIFFERENT.put("fp-11", "a contract sends no messages to the chain");
        DIFFERENT.put("fp-16", "a contract cannot pay more than it has locked");
    }

    private final List<String> shown = new ArrayList<>();

    private static ContractLock anyLock() {
        Hash any = Alice.ADDRESS.hash();
        return new ContractLock(7, any, any, Amount.of(1), 0, 1, 1);
    }

    /** A channel of 20 and 30 with countdown 10, whose recorded state is number 10. */
    private static Deal atRoundTen(Trial trial, CloseRule rule) {
        Deal deal = Deal.opened(trial, rule);
        ChannelEntry entry = deal.entry();
        trial.replace(
                trial.ledger()
                        .withChannel(
                                deal.id(),
                                new ChannelEntry(
                                        entry.terms(),
                                        entry.phase(),
                                        deal.state(10, 20, 30).state(),
                                        new Nonce(10),
                                        0,
                                        BlockHeight.ZERO,
                                        entry.changedAt())));
        return deal;
    }

    private static CoSignedState signedByAliceAlone(Trial trial, Deal deal, long nonce) {
        CoSignedState good = deal.state(nonce, 20, 30);
        return new CoSignedState(
                good.state(),
                List.of(
                        good.signatures().get(0),
                        Deal.sign(
                                Mallory.KEYS,
                                DomainTag.CHANNEL_STATE,
                                trial.network(),
                                good.state())));
    }

    /** What happens to a channel. */
    interface Scene {
        void play(Trial trial, Deal deal);
    }

    private void row(Map<String, Scene> scenes, String id, Scene scene) {
        scenes.put(id, scene);
        shown.add(id);
    }

    private static Scene refusing(
            KeyPair who, Function<Deal, TransactionBody> body, Class<? extends Refusal> why) {
        return (trial, deal) -> trial.refuse(who, body.apply(deal), why);
    }

    private Map<String, Scene> scenes() {
        Map<String, Scene> scenes = new LinkedHashMap<>();
        opening(scenes);
        closing(scenes);
        challenging(scenes);
        settling(scenes);
        forcing(scenes);
        ChannelChangeRows.all().forEach((id, scene) -> row(scenes, id, scene));
        return scenes;
    }

    private void opening(Map<String, Scene> scenes) {
        row(
                scenes,
                "create-1",
                (trial, deal) -> {
                    assertThat(deal.entry().recorded().total()).isEqualTo(Amount.of(50));
                    assertThat(trial.balance(Bob.ADDRESS))
                            .isEqualTo(Trial.WEALTH.minus(Amount.of(30)));
                });
        row(
                scenes,
                "create-2",
                (trial, deal) -> {
                    trial.replace(
                            trial.ledger()
                                    .withAccountAt(
                                            LedgerKeys.account(Bob.ADDRESS), Optional.empty()));
                    Deal other = Deal.of(trial, Deal.terms(CloseRule.RESTART_COUNTDOWN, 2, 10));
                    trial.refuse(Alice.KEYS, other.open(), ChannelRefusal.PartnerFundsTooLow.class);
                });
        row(
                scenes,
                "create-4",
                (trial, deal) -> {
                    trial.replace(
                            trial.ledger()
                                    .withAccount(
                                            Alice.ADDRESS,
                                            new AccountEntry(
                                                    Amount.of(20),
                                                    new Nonce(1),
                                                    new BlockHeight(10))));
                    Deal other = Deal.of(trial, Deal.terms(CloseRule.RESTART_COUNTDOWN, 2, 10));
                    trial.refuse(Alice.KEYS, other.open(), Refusal.FundsTooLow.class);
                });
        row(
                scenes,
                "create-5",
                (trial, deal) ->
                        trial.refuse(
                                Alice.KEYS,
                                Deal.of(
                                                trial,
                                                new ChannelTerms(
                                                        deal.terms().participants(),
                                                        10,
                                                        CloseRule.RESTART_COUNTDOWN,
                                                        Amount.of(21),
                                                        Hash.ZERO))
                                        .open(),
                                ChannelRefusal.ReserveNotCovered.class));
        row(scenes, "create-7", refusing(Bob.KEYS, Deal::open, ChannelRefusal.ChannelIdUsed.class));
    }

    private void closing(Map<String, Scene> scenes) {
        row(
                scenes,
                "mutual-2",
                refusing(
                        Alice.KEYS,
                        deal -> deal.mutual(20, 31),
                        ChannelRefusal.TotalDiffers.class));
        row(
                scenes,
                "mutual-4",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.accept(Bob.KEYS, deal.mutual(25, 25));
                });
        row(
                scenes,
                "mutual-5",
                (trial, deal) -> {
                    trial.accept(Bob.KEYS, deal.mutual(25, 25));
                    trial.refuse(Bob.KEYS, deal.mutual(25, 25), ChannelRefusal.ChannelNotIn.class);
                });
        row(
                scenes,
                "close_solo-2",
                (trial, deal) -> {
                    Deal other = Deal.of(trial, Deal.terms(CloseRule.RESTART_COUNTDOWN, 2, 10));
                    trial.refuse(
                            Alice.KEYS,
                            deal.solo(other.state(11, 20, 30)),
                            ChannelRefusal.NotCoSigned.class);
                });
        row(
                scenes,
                "close_solo-3",
                (trial, deal) ->
                        trial.refuse(
                                Alice.KEYS,
                                deal.solo(signedByAliceAlone(trial, deal, 11)),
                                ChannelRefusal.NotCoSigned.class));
        row(
                scenes,
                "close_solo-5",
                refusing(
                        Alice.KEYS,
                        deal -> deal.solo(deal.state(11, 20, 31)),
                        ChannelRefusal.TotalDiffers.class));
        row(
                scenes,
                "close_solo-6",
                refusing(
                        Alice.KEYS,
                        deal -> deal.solo(deal.state(10, 20, 30)),
                        ChannelRefusal.StateNotNewer.class));
        row(
                scenes,
                "close_solo-8",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.refuse(Bob.KEYS, deal.solo(), ChannelRefusal.ChannelNotIn.class);
                });
        row(
                scenes,
                "close_solo-9",
                refusing(Mallory.KEYS, Deal::solo, ChannelRefusal.NotParticipant.class));
        row(
                scenes,
                "close_solo-11",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    assertThat(deal.entry().recorded().nonce()).isEqualTo(new Nonce(10));
                });
    }

    private void challenging(Map<String, Scene> scenes) {
        row(
                scenes,
                "slash-1",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.at(15).accept(Bob.KEYS, deal.challenge(deal.state(11, 5, 45)));
                    assertThat(deal.entry().recorded()).isEqualTo(deal.state(11, 5, 45).state());
                    assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(25));
                });
        row(
                scenes,
                "slash-3",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.refuse(
                            Bob.KEYS,
                            deal.challenge(signedByAliceAlone(trial, deal, 11)),
                            ChannelRefusal.NotCoSigned.class);
                });
        row(scenes, "slash-6", challengeWith(10, Bob.KEYS, ChannelRefusal.StateNotNewer.class));
        row(scenes, "slash-7", challengeWith(9, Bob.KEYS, ChannelRefusal.StateNotNewer.class));
        row(
                scenes,
                "slash-9",
                challengeWith(11, Mallory.KEYS, ChannelRefusal.NotParticipant.class));
        row(
                scenes,
                "slash-12",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.at(50).accept(Bob.KEYS, deal.challenge(deal.state(11, 5, 45)));
                    assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(60));
                });
        row(
                scenes,
                "slash-13",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.accept(Alice.KEYS, deal.challenge(deal.state(11, 5, 45)));
                    trial.accept(Bob.KEYS, deal.challenge(deal.state(12, 5, 45)));
                });
    }

    private static Scene challengeWith(long nonce, KeyPair who, Class<? extends Refusal> why) {
        return (trial, deal) -> {
            trial.accept(Alice.KEYS, deal.solo());
            trial.refuse(who, deal.challenge(deal.state(nonce, 20, 30)), why);
        };
    }

    private void settling(Map<String, Scene> scenes) {
        row(
                scenes,
                "settle-2",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.finalise(100);
                    trial.at(19)
                            .refuse(Bob.KEYS, deal.settle(), ChannelRefusal.CountdownRuns.class);
                });
        row(
                scenes,
                "settle-3",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.at(15).accept(Bob.KEYS, deal.challenge(deal.state(11, 5, 45)));
                    trial.finalise(100);
                    trial.at(24)
                            .refuse(Bob.KEYS, deal.settle(), ChannelRefusal.CountdownRuns.class);
                    trial.at(25).accept(Bob.KEYS, deal.settle());
                });
        row(
                scenes,
                "settle-6",
                refusing(Bob.KEYS, Deal::settle, ChannelRefusal.ChannelNotIn.class));
    }

    private void forcing(Map<String, Scene> scenes) {
        // The steps themselves are in ForcedProgressTest; here is what they leave behind.
        row(
                scenes,
                "fp-1",
                (trial, deal) -> {
                    force(trial, deal, 42, 43);
                    assertThat(deal.entry().agreed()).isEqualTo(new Nonce(42));
                    assertThat(deal.entry().forced()).isTrue();
                });
        row(
                scenes,
                "fp-4",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.at(15);
                    force(trial, deal, 42, 43);
                    assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(25));
                });
        row(
                scenes,
                "fp-5",
                (trial, deal) -> {
                    force(trial, deal, 42, 47);
                    trial.accept(Bob.KEYS, deal.solo(deal.state(43, 1, 49)));
                    assertThat(deal.entry().recorded().nonce()).isEqualTo(new Nonce(43));
                });
        row(
                scenes,
                "fp-7",
                (trial, deal) -> {
                    force(trial, deal, 42, 43);
                    force(trial, deal, 42, 44);
                    assertThat(deal.entry().recorded().nonce()).isEqualTo(new Nonce(44));
                });
        row(
                scenes,
                "fp-10",
                (trial, deal) ->
                        trial.refuse(
                                Mallory.KEYS,
                                new ChannelTransaction.ForceProgress(
                                        deal.id(),
                                        Optional.empty(),
                                        7,
                                        Bytes.EMPTY,
                                        Bytes.EMPTY,
                                        Bytes.EMPTY),
                                ChannelRefusal.NotParticipant.class));
        row(
                scenes,
                "fp-13",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.at(15);
                    force(trial, deal, 42, 43);
                    trial.finalise(100);
                    trial.at(20)
                            .refuse(Bob.KEYS, deal.settle(), ChannelRefusal.CountdownRuns.class);
                });
    }

    /** Puts on the chain what forced steps from {@code agreed} to {@code nonce} record. */
    private static void force(Trial trial, Deal deal, long agreed, long nonce) {
        Draft draft = new Draft(trial.ledger(), trial.context(), Alice.ADDRESS);
        Channels.Recorded recorded =
                new Channels.Recorded(
                        deal.state(nonce, 20, 29, anyLock()).state(),
                        new Nonce(agreed),
                        StepsOnChain.NONE);
        ForcedProgress.record(deal.id(), deal.entry(), recorded, draft);
        trial.replace(draft.ledger());
    }

    @TestFactory
    List<DynamicTest> rowsHold() {
        List<DynamicTest> tests = new ArrayList<>();
        scenes().forEach(
                        (id, scene) ->
                                tests.add(
                                        DynamicTest.dynamicTest(
                                                id,
                                                () -> {
                                                    Trial trial = Trial.start();
                                                    scene.play(
                                                            trial,
                                                            atRoundTen(
                                                                    trial,
                                                                    CloseRule.RESTART_COUNTDOWN));
                                                })));
        return tests;
    }

    @Test
    void everyRowIsShownOrNamedWithTheReasonOfTheDifference() {
        scenes();
        Set<String> rows = new TreeSet<>();
        Vectors.json(ROWS).path("rows").forEach(row -> rows.add(row.path("id").asText()));

        Set<String> covered = new TreeSet<>(shown);
        covered.addAll(DIFFERENT.keySet());

        assertThat(covered).containsExactlyElementsOf(rows);
        assertThat(shown).doesNotContainAnyElementsOf(DIFFERENT.keySet());
    }

    @Test
    void theTimelineOfAClosingChannelHolds() {
        JsonNode line = Vectors.json(ROWS).path("timelines").path(1);
        JsonNode events = line.path("events");
        Trial trial = Trial.start();
        Deal deal =
                Deal.of(
                        trial,
                        Deal.terms(
                                CloseRule.RESTART_COUNTDOWN, 1, line.path("lock_period").asLong()));
        trial.accept(Alice.KEYS, deal.open());
        long base = events.path(0).path("round").asLong();

        trial.at(events.path(0).path("h").asLong());
        trial.accept(Alice.KEYS, deal.solo(deal.state(base, 20, 29, anyLock())));
        assertThat(deal.entry().closesAt().value())
                .isEqualTo(events.path(0).path("locked_until").asLong());
        trial.at(events.path(1).path("h").asLong());
        force(trial, deal, base, events.path(1).path("solo_round").asLong());
        assertThat(deal.entry().closesAt().value())
                .isEqualTo(events.path(1).path("locked_until").asLong());
        trial.at(events.path(2).path("h").asLong());
        trial.accept(Bob.KEYS, deal.challenge(deal.state(base + 1, 1, 49)));

        assertThat(deal.entry().closesAt().value()).isEqualTo(1210);
    }

    /**
     * Nitro: a challenge opens a dispute (our solo close), a checkpoint answers one (our
     * challenge). Differences: an equal number never opens a dispute with a signed state here,
     * since the chain has that state already and a close without a state says the same; what
     * concerns applications and several proof states has no counterpart.
     */
    @Test
    void nitrosTurnNumbersHold() {
        for (JsonNode row : Vectors.json("channel/nitro_forcemove.json").path("rows")) {
            if (!row.path("support").asText().equals("valid")
                    || row.path("channel").asText().equals("empty")) {
                continue;
            }
            Trial trial = Trial.start();
            Deal deal = recordedAt(trial, row.path("turn_record").asLong(), row);
            CoSignedState state = deal.state(row.path("submitted_turn").asLong(), 20, 30);
            boolean open = row.path("channel").asText().equals("open");
            TransactionBody body = open ? deal.solo(state) : deal.challenge(state);

            Outcome outcome =
                    trial.submit(
                            row.path("challenger_sig").asText().equals("malformed")
                                    ? new SignedTransaction(
                                            trial.signed(Alice.KEYS, body).transaction(),
                                            new Signature(Bytes.of(new byte[64])))
                                    : trial.signed(Alice.KEYS, body));

            assertThat(outcome instanceof Outcome.Applied)
                    .as(row.toString())
                    .isEqualTo(row.path("expect").asText().equals("ok"));
        }
    }

    private static Deal recordedAt(Trial trial, long turn, JsonNode row) {
        Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
        if (turn > 0) {
            trial.accept(Bob.KEYS, deal.solo(deal.state(turn, 20, 30)));
        }
        if (row.path("channel").asText().startsWith("finalized")) {
            trial.accept(Bob.KEYS, deal.mutual(20, 30));
        }
        if (row.path("channel").asText().equals("open") && turn > 0) {
            ChannelEntry entry = deal.entry();
            trial.replace(
                    trial.ledger()
                            .withChannel(
                                    deal.id(),
                                    new ChannelEntry(
                                            entry.terms(),
                                            ChannelEntry.Phase.OPEN,
                                            entry.recorded(),
                                            entry.agreed(),
                                            0,
                                            BlockHeight.ZERO,
                                            entry.changedAt())));
        }
        return deal;
    }

    /** Nitro: a final state concludes whatever the turn record, but not a finalised channel. */
    @Test
    void nitrosConclusionsHold() {
        for (JsonNode row : Vectors.json("channel/nitro_transfer_conclude.json").path("conclude")) {
            if (!row.path("is_final").asBoolean()) {
                continue; // Our closing balances are a format of their own: always final.
            }
            Trial trial = Trial.start();
            Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
            if (!row.path("channel").asText().equals("empty")) {
                trial.accept(
                        Alice.KEYS,
                        deal.solo(deal.state(row.path("turn_record").asLong(), 20, 30)));
            }
            if (row.path("channel").asText().equals("finalized")) {
                trial.accept(Bob.KEYS, deal.mutual(20, 30));
            }

            Outcome outcome = trial.submit(trial.signed(Alice.KEYS, deal.mutual(30, 20)));

            assertThat(outcome instanceof Outcome.Applied)
                    .as(row.toString())
                    .isEqualTo(row.path("expect").asText().startsWith("ok"));
        }
    }

    /**
     * Raiden settles two one-sided transfer counters; we settle one signed state. What carries over
     * is its outcome: the parties' totals after unlock, as one state, are paid to the last unit,
     * and an older state does not enlarge the share of who shows it.
     */
    @Test
    void raidensOutcomesArePaidAndOldStatesWinNothing() {
        int shownCases = 0;
        for (JsonNode test : Vectors.cases("channel/raiden_settlement.json")) {
            JsonNode total = test.path("total_after_unlock");
            long first = total.path("p1").asLong();
            long second = total.path("p2").asLong();
            if (first + second != 60) {
                continue;
            }
            shownCases++;
            Trial trial = Trial.start();
            Deal deal =
                    Deal.of(
                            trial,
                            new ChannelTerms(
                                    List.of(
                                            new Participant(Alice.KEYS.publicKey(), Amount.of(30)),
                                            new Participant(Bob.KEYS.publicKey(), Amount.of(30))),
                                    10,
                                    CloseRule.CLOSE_AT_ONCE,
                                    Amount.ZERO,
                                    Hash.ZERO));
            trial.accept(Alice.KEYS, deal.open());
            Amount before = trial.balance(Bob.ADDRESS);
            boolean isOld = !test.path("kind").asText().equals("valid_last");
            trial.accept(Bob.KEYS, deal.solo(deal.state(1, first, second)));
            if (isOld) {
                trial.accept(Alice.KEYS, deal.challenge(deal.state(2, 41, 19)));
            } else {
                trial.finalise(100);
                trial.at(20).accept(Alice.KEYS, deal.settle());
            }
            Amount gained = trial.balance(Bob.ADDRESS);
            assertThat(gained.baseUnits() - before.baseUnits() + fees(trial))
                    .isEqualTo(isOld ? 19 : second);
        }
        assertThat(shownCases).isGreaterThan(10);
    }

    /** Bob has paid for one solo close. */
    private static long fees(Trial trial) {
        Deal deal = Deal.agreed(trial, CloseRule.CLOSE_AT_ONCE);
        return 10L * trial.signed(Bob.KEYS, deal.solo(deal.state(1, 20, 30))).encoded().size();
    }

    @Test
    void whatNoHonestClientMakesIsRefusedWithoutATrace() {
        Arbitrary arbitrary = Arbitrary.forTest("ChannelVectorsTest", 21);
        for (JsonNode test : Vectors.json("channel/raiden_settlement.json").path("invalid")) {
            Trial trial = Trial.start();
            Deal deal = Deal.opened(trial, CloseRule.CLOSE_AT_ONCE);
            ChannelEntry before = deal.entry();
            long locked = test.path("p1").path("claimable_locked").asLong() + 51;

            trial.refuse(
                    Alice.KEYS,
                    deal.solo(deal.state(1, locked, arbitrary.below(100))),
                    ChannelRefusal.TotalDiffers.class);

            assertThat(deal.entry()).isEqualTo(before);
        }
    }
}
