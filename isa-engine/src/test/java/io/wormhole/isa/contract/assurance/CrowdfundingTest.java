package io.wormhole.isa.contract.assurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractMessage;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractOutcome.Advanced;
import io.wormhole.isa.contract.ContractOutcome.Refused;
import io.wormhole.isa.contract.StateFields;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.SettledQuestions;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CrowdfundingTest {
    private static final OracleId DELIVERED = OracleId.of(Alice.ADDRESS, new Nonce(7));
    private static final Map<String, Long> ENDED =
            Map.of("SUCCESS", 1L, "REFUND:goal", 2L, "REFUND:not-delivered", 3L);
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
                            ? ShownAnswer.message(
                                    questions(row.get("delivered").asText()).proof(DELIVERED))
                            : Crowdfunding.settle();
            Hash root = questions(row.path("delivered").asText("NO")).root();

            ContractOutcome outcome =
                    send(terms, row.has("delivered") ? 150 : 100, message, List.of(root));

            Advanced step = (Advanced) outcome;
            JsonNode expect = row.get("expect");
            assertThat(ended(step)).isEqualTo(ENDED.get(expect.get("outcome").asText()));
            assertThat(step.payouts().get(0).baseUnits())
                    .isEqualTo(expect.get("entrepreneur").asLong());
            for (int i = 0; i < backers.size(); i++) {
                assertThat(step.payouts().get(i + 1).baseUnits())
                        .isEqualTo(expect.get("payout").get(backers.get(i)).asLong());
            }
            assertThat(step.remaining()).isEqualTo(Amount.ZERO);
        }
    }

    private static long ended(Advanced step) {
        return StateFields.number(StateFields.tuple(ValueCodec.decode(step.state()), 2).get(1));
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
        assertRefused(answer(terms, 200, "YES"), "expired");
    }

    @Test
    void goalIsNotMissedBeforeTheDeadline() {
        assertRefused(
                send(terms(1_000, 100, 50_000, 600, 300), 99, Crowdfunding.settle()),
                "the deadline is not over");
    }

    @Test
    void whereNobodyCanSayAllGetBackWhatTheyPutIn() {
        Crowdfunding.Terms terms = terms(900, 100, 50_000, 600, 300);

        Advanced step = (Advanced) answer(terms, 150, "BAD_QUESTION");

        assertThat(step.payouts().stream().map(Amount::baseUnits))
                .containsExactly(100L, 600L, 300L);
    }

    @Test
    void answerOfAStateThatIsNotFinalIsNone() {
        Crowdfunding.Terms terms = terms(900, 100, 50_000, 600, 300);
        Bytes message = ShownAnswer.message(questions("YES").proof(DELIVERED));

        assertRefused(send(terms, 150, message, List.of()), "no final state holds this answer");
        assertRefused(
                send(terms, 150, message, List.of(questions("NO").root())),
                "no final state holds this answer");
    }

    private static SettledQuestions questions(String answer) {
        return SettledQuestions.ofOthers(9).with(DELIVERED, Optional.of(Answer.valueOf(answer)));
    }

    private static ContractOutcome answer(Crowdfunding.Terms terms, long height, String answer) {
        SettledQuestions questions = questions(answer);
        return send(
                terms,
                height,
                ShownAnswer.message(questions.proof(DELIVERED)),
                List.of(questions.root()));
    }

    private static ContractOutcome send(Crowdfunding.Terms terms, long height, Bytes payload) {
        return send(terms, height, payload, List.of());
    }

    private static ContractOutcome send(
            Crowdfunding.Terms terms, long height, Bytes payload, List<Hash> answers) {
        Bytes state = Crowdfunding.initialState(terms);
        return ContractCall.run(
                Crowdfunding.lock(terms, state),
                Crowdfunding.loaded(),
                state,
                new ContractMessage(1, new BlockHeight(height), payload, answers));
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
                DELIVERED, 0, Amount.of(goal), bonusPpm, amounts, DEADLINE, EXPIRY);
    }

    private static void assertRefused(ContractOutcome outcome, String why) {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).detail()).contains(why);
    }
}
