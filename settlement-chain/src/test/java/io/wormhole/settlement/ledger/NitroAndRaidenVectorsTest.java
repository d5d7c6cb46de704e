package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Case tables of Nitro and Raiden, restated in our terms. */
class NitroAndRaidenVectorsTest {
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
        Arbitrary arbitrary = Arbitrary.forTest("NitroAndRaidenVectorsTest", 21);
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
