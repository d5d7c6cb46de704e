package io.wormhole.oracle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The vectors of the two chambers and the division of deposits, through the whole rule. */
class DisputeVectorTest {
    private static final List<JsonNode> CASES = Vectors.cases("mechanisms/oracle_dispute.json");
    private static final BlockHeight DISPUTED = new BlockHeight(50);

    private static Ballot ballot(JsonNode test) {
        Map<Answer, Amount> stake = new EnumMap<>(Answer.class);
        Map<Answer, Long> work = new EnumMap<>(Answer.class);
        for (Answer answer : Answer.values()) {
            stake.put(answer, Amount.of(test.path("stakeVotes").path(answer.name()).asLong(0)));
            work.put(answer, test.path("powVotes").path(answer.name()).asLong(0));
        }
        return new Ballot(
                Amount.of(test.path("totalActiveStake").asLong()),
                stake,
                test.path("powVotes").path("blocks").asLong(),
                work);
    }

    private static Optional<Answer> answer(JsonNode name) {
        return name.isNull() ? Optional.empty() : Optional.of(Answer.valueOf(name.asText()));
    }

    @Test
    void chambersDecideAsTheVectorsSay() {
        for (JsonNode test : CASES) {
            JsonNode expect = test.path("expect");
            Ballot ballot = ballot(test);

            assertThat(ballot.stakeChamber()).isEqualTo(answer(expect.path("stakeChamber")));
            assertThat(ballot.workChamber()).isEqualTo(answer(expect.path("powChamber")));
            assertThat(ballot.decision().map(Enum::name).orElse("EXTEND"))
                    .isEqualTo(expect.path("result").asText());
        }
    }

    @Test
    void depositsGoWhereTheVectorsSay() {
        for (JsonNode test : CASES) {
            Amount deposit = Amount.of(test.path("deposit").asLong());
            Answer given = Answer.valueOf(test.path("operatorAnswer").asText());
            Question question =
                    new Question(
                            OracleId.of(Alice.ADDRESS, new Nonce(1)),
                            Alice.ADDRESS,
                            QuestionRulesTest.about("Is it so?", Optional.empty()),
                            new BlockHeight(10),
                            20,
                            deposit,
                            Optional.of(QuestionRulesTest.says(given, 12)),
                            Optional.of(
                                    new Question.Dispute(
                                            Bob.ADDRESS,
                                            QuestionRulesTest.says(
                                                    given == Answer.YES ? Answer.NO : Answer.YES,
                                                    50),
                                            1,
                                            DISPUTED.next())));

            Resolution resolution =
                    QuestionRulesTest.end(
                            QuestionRules.settle(
                                    question,
                                    DISPUTED.plus(1 + QuestionRulesTest.TERMS.voteBlocks()),
                                    QuestionRulesTest.TERMS,
                                    ballot(test)));

            JsonNode payout = test.path("expect").path("payout");
            assertThat(resolution.payout())
                    .isEqualTo(
                            new Payout(
                                    Amount.of(payout.path("operator").asLong()),
                                    Amount.of(payout.path("challenger").asLong()),
                                    Amount.of(payout.path("jurors").asLong()),
                                    Amount.of(payout.path("burned").asLong())));
            assertThat(resolution.payout().total()).isEqualTo(question.held());
        }
    }
}
