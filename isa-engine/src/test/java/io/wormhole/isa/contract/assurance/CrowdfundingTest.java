package io.wormhole.isa.contract.assurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractMessage;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractOutcome.Advanced;
import io.wormhole.isa.contract.ContractOutcome.Refused;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CrowdfundingTest {
    private static final KeyPair OPERATOR = KeyPair.ofSeed(Bytes.ofHex("01".repeat(32)));
    private static final KeyPair WATCHER = KeyPair.ofSeed(Bytes.ofHex("02".repeat(32)));
    private static final AnswerTerms ANSWER =
            new AnswerTerms(
                    new NetworkId(Hash.ZERO),
                    Hash.ofHex("0d".repeat(32)),
                    List.of(OPERATOR.publicKey(), WATCHER.publicKey()),
                    2);
    private static final BlockHeight DEADLINE = new BlockHeight(100);
    private static final BlockHeight EXPIRY = new BlockHeight(200);

    @Test
    void backersAreRefundedWithABonusUnlessAllIsDelivered() {
        for (JsonNode row : Vectors.cases("mechanisms/insured_crowdfunding.json")) {
            List<String> backers = new ArrayList<>();
            row.get("pledges").fieldNames().forEachRemaining(backers::add);
            Crowdfunding.Terms terms = terms(row, backers);
            Bytes message =
                    row.has("delivered")
                            ? answer(row.get("delivered").asText().equals("YES"))
                            : Crowdfunding.settle();

            ContractOutcome outcome = send(terms, row.has("delivered") ? 150 : 100, message);

            Advanced step = (Advanced) outcome;
            JsonNode expect = row.get("expect");
            assertThat(step.payouts().get(0).baseUnits())
                    .isEqualTo(expect.get("entrepreneur").asLong());
            for (int i = 0; i < backers.size(); i++) {
                assertThat(step.payouts().get(i + 1).baseUnits())
                        .isEqualTo(expect.get("payout").get(backers.get(i)).asLong());
            }
            assertThat(step.remaining()).isEqualTo(Amount.ZERO);
        }
    }

    @Test
    void bonusNeverExceedsTheBond() {
        Crowdfunding.Terms terms = terms(1_000, 9, 50_000, 600, 300);

        Advanced step = (Advanced) send(terms, 100, Crowdfunding.settle());

        assertThat(step.payouts().stream().map(Amount::baseUnits)).containsExactly(0L, 606L, 303L);
    }

    @Test
    void silenceOfTheOracleCountsAsNo() {
        Crowdfunding.Terms terms = terms(900, 100, 50_000, 600, 300);

        assertRefused(send(terms, 199, Crowdfunding.settle()), "the answer is awaited");
        assertThat(send(terms, 200, Crowdfunding.settle())).isInstanceOf(Advanced.class);
        assertRefused(send(terms, 200, answer(true)), "expired");
    }

    @Test
    void goalIsNotMissedBeforeTheDeadline() {
        assertRefused(
                send(terms(1_000, 100, 50_000, 600, 300), 99, Crowdfunding.settle()),
                "the deadline is not over");
    }

    @Test
    void answerWithTooFewOrWrongSignaturesIsNone() {
        Crowdfunding.Terms terms = terms(900, 100, 50_000, 600, 300);
        Bytes one =
                ANSWER.answer(
                        true,
                        List.of(Optional.of(ANSWER.attest(OPERATOR, true)), Optional.empty()));
        Bytes wrong =
                ANSWER.answer(
                        true,
                        List.of(
                                Optional.of(ANSWER.attest(OPERATOR, true)),
                                Optional.of(ANSWER.attest(WATCHER, false))));

        assertRefused(send(terms, 150, one), "too few signatures");
        assertRefused(send(terms, 150, wrong), "a signature is not of its key");
    }

    private static Bytes answer(boolean yes) {
        return ANSWER.answer(
                yes,
                List.of(
                        Optional.of(ANSWER.attest(OPERATOR, yes)),
                        Optional.of(ANSWER.attest(WATCHER, yes))));
    }

    private static ContractOutcome send(Crowdfunding.Terms terms, long height, Bytes payload) {
        Bytes state = Crowdfunding.initialState(terms);
        return ContractCall.run(
                Crowdfunding.lock(terms, state),
                Crowdfunding.loaded(),
                state,
                new ContractMessage(1, new BlockHeight(height), payload));
    }

    private static Crowdfunding.Terms terms(JsonNode row, List<String> backers) {
        long[] pledges =
                backers.stream().mapToLong(each -> row.get("pledges").get(each).asLong()).toArray();
        return terms(
                row.get("goal").asLong(),
                row.get("bond").asLong(),
                row.get("bonusPpm").asInt(),
                pledges);
    }

    private static Crowdfunding.Terms terms(long goal, long bond, int bonusPpm, long... pledges) {
        List<Amount> amounts = new ArrayList<>(List.of(Amount.of(bond)));
        for (long pledge : pledges) {
            amounts.add(Amount.of(pledge));
        }
        return new Crowdfunding.Terms(
                ANSWER, 0, Amount.of(goal), bonusPpm, amounts, DEADLINE, EXPIRY);
    }

    private static void assertRefused(ContractOutcome outcome, String why) {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).detail()).contains(why);
    }
}
