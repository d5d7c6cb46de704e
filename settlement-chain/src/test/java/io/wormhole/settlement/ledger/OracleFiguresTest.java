package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What many questions cost. Larger: {@code -Dwormhole.answers=1000000}, with enough heap. */
class OracleFiguresTest {
    private static final int OPEN = 10_000;
    private static final int ANSWERED = Integer.getInteger("wormhole.answers", 20_000);

    private static Question question(Arbitrary arbitrary, long opensAt) {
        return new Question(
                new OracleId(arbitrary.hash()),
                Alice.ADDRESS,
                new Question.Subject("Is it so?", Optional.empty(), arbitrary.hash()),
                new BlockHeight(opensAt),
                20,
                Amount.of(1),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void upkeepOfTenThousandOpenQuestionsTouchesOnlyTheTenThatAreDue() {
        Trial trial = Trial.start();
        Arbitrary arbitrary = Arbitrary.forTest("OracleFiguresTest", 1);
        Ledger ledger = trial.ledger();
        long wait = 20 + trial.parameters().oracles().counterclaimBlocks();
        for (int i = 0; i < OPEN; i++) {
            // Ten are due in each block.
            Question question = question(arbitrary, 100 + i / 10);
            ledger =
                    DueIndex.add(
                            ledger.withOpenOracle(question.id(), Optional.of(question)),
                            question.id(),
                            question.opensAt().plus(wait));
        }
        for (int block = 0; block < 200; block++) {
            trial.at(100 + wait + block);
            Outcome.Applied applied = BlockSteps.upkeep(ledger, trial.context());
            assertThat(applied.facts()).hasSize(10);
            ledger = applied.ledger();
        }
    }

    @Test
    void theProofOfAnAnswerStaysSmall() {
        Trial trial = Trial.start();
        Arbitrary arbitrary = Arbitrary.forTest("OracleFiguresTest", 2);
        Ledger ledger = trial.ledger();
        OracleId[] ids = new OracleId[ANSWERED];
        for (int i = 0; i < ANSWERED; i++) {
            ids[i] = new OracleId(arbitrary.hash());
            ledger =
                    ledger.withAnsweredOracle(
                            new AnsweredQuestion(
                                    ids[i],
                                    Alice.ADDRESS,
                                    arbitrary.hash(),
                                    AnsweredQuestion.Ending.VOTED,
                                    Optional.of(Answer.YES),
                                    Optional.of(arbitrary.hash()),
                                    new BlockHeight(1)));
        }
        // Each doubling of the map costs one more sibling.
        long doublings = (long) Math.ceil(Math.log(1_000_000.0 / ANSWERED) / Math.log(2));
        for (int i = 0; i < 1000; i++) {
            int size = ledger.proveAnswer(arbitrary.oneOf(Arrays.asList(ids))).encoded().size();

            assertThat(size + Math.max(0, doublings) * 33).isLessThan(1_200);
        }
    }
}
