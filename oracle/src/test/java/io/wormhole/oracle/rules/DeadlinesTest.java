package io.wormhole.oracle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion.Ending;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every deadline of a question's life at the height before, the height, and the height after. The
 * question is asked at 10 and open from 12 to 31; counterclaims have 8 blocks, votes 6.
 */
class DeadlinesTest {
    private static final OracleTerms TERMS = QuestionRulesTest.TERMS;
    private static final Question ASKED = asked(12).orElseThrow();
    private static final Question ANSWERED = ASKED.answered(QuestionRulesTest.says(Answer.YES, 20));
    private static final Question DISPUTED = claimed(ANSWERED, 21).orElseThrow();
    private static final Question MISSED = claimed(ASKED, 33).orElseThrow();
    private static final Question EXTENDED =
            QuestionRulesTest.extended(settled(DISPUTED, 28, Ballot.EMPTY));
    private static final Ballot NO =
            new Ballot(Amount.of(9), Map.of(Answer.NO, Amount.of(9)), 6, Map.of(Answer.NO, 6L));

    private enum Turns {
        BEGINS,
        ENDS
    }

    /** From {@code height} on a step is possible, or no more. */
    private record Deadline(String name, long height, Turns turns, LongPredicate isPossible) {
        @Override
        public String toString() {
            return name + " " + turns + " at " + height;
        }
    }

    static Stream<Deadline> deadlines() {
        return Stream.of(
                // The window.
                new Deadline("asking for now", 10, Turns.BEGINS, h -> asked(h).isPresent()),
                new Deadline("asking ahead", 61, Turns.ENDS, h -> asked(h).isPresent()),
                new Deadline("answer", 12, Turns.BEGINS, DeadlinesTest::answers),
                new Deadline("answer", 32, Turns.ENDS, DeadlinesTest::answers),
                // A counterclaim, in both forms.
                new Deadline("counterclaim", 28, Turns.ENDS, h -> claims(ANSWERED, h)),
                new Deadline("claim of silence", 32, Turns.BEGINS, h -> claims(ASKED, h)),
                new Deadline("claim of silence", 40, Turns.ENDS, h -> claims(ASKED, h)),
                // The end without a vote.
                new Deadline("agreement", 28, Turns.BEGINS, h -> ends(ANSWERED, h, Ballot.EMPTY)),
                new Deadline("expiry", 40, Turns.BEGINS, h -> ends(ASKED, h, Ballot.EMPTY)),
                // Both votes, and that on silence.
                new Deadline("vote", 22, Turns.BEGINS, h -> votes(DISPUTED, h)),
                new Deadline("vote", 28, Turns.ENDS, h -> votes(DISPUTED, h)),
                new Deadline("decision", 28, Turns.BEGINS, h -> ends(DISPUTED, h, NO)),
                new Deadline("extension", 28, Turns.BEGINS, h -> ends(DISPUTED, h, Ballot.EMPTY)),
                new Deadline("second vote", 28, Turns.BEGINS, h -> votes(EXTENDED, h)),
                new Deadline("second vote", 34, Turns.ENDS, h -> votes(EXTENDED, h)),
                new Deadline("second decision", 34, Turns.BEGINS, h -> ends(EXTENDED, h, NO)),
                new Deadline("refund", 34, Turns.BEGINS, DeadlinesTest::refunds),
                new Deadline("vote on silence", 34, Turns.BEGINS, h -> votes(MISSED, h)),
                new Deadline("vote on silence", 40, Turns.ENDS, h -> votes(MISSED, h)),
                new Deadline("expiry after a claim", 40, Turns.BEGINS, h -> ends(MISSED, h, NO)));
    }

    @ParameterizedTest
    @MethodSource("deadlines")
    void deadlineIsTheFirstHeightAtWhichItIsDifferent(Deadline deadline) {
        boolean begins = deadline.turns() == Turns.BEGINS;
        long height = deadline.height();

        assertThat(deadline.isPossible().test(height - 1)).as("before").isEqualTo(!begins);
        assertThat(deadline.isPossible().test(height)).as("at").isEqualTo(begins);
        assertThat(deadline.isPossible().test(height + 1)).as("after").isEqualTo(begins);
    }

    private static <T> Optional<T> allowed(Ruling<T> ruling) {
        return ruling instanceof Ruling.Allowed<T> allowed
                ? Optional.of(allowed.value())
                : Optional.empty();
    }

    private static Optional<Question> asked(long opensAt) {
        return allowed(
                QuestionRules.ask(
                        OracleId.of(Alice.ADDRESS, new Nonce(1)),
                        new QuestionRules.Asked(
                                Alice.ADDRESS,
                                QuestionRulesTest.about("Is it warm?", Optional.empty()),
                                new BlockHeight(opensAt),
                                20),
                        new BlockHeight(10),
                        TERMS));
    }

    private static boolean answers(long height) {
        return allowed(
                        QuestionRules.answer(
                                ASKED, Alice.ADDRESS, QuestionRulesTest.says(Answer.YES, height)))
                .isPresent();
    }

    private static Optional<Question> claimed(Question question, long height) {
        return allowed(
                QuestionRules.counterclaim(
                        question,
                        new QuestionRules.Claim(
                                Bob.ADDRESS,
                                QuestionRulesTest.says(Answer.NO, height),
                                question.deposit()),
                        TERMS));
    }

    private static boolean claims(Question question, long height) {
        return claimed(question, height).isPresent();
    }

    /** Both chambers have the same window. */
    private static boolean votes(Question question, long height) {
        BlockHeight now = new BlockHeight(height);
        boolean stake =
                allowed(
                                VoteRules.stakeVote(
                                        question,
                                        CastVotes.NONE,
                                        new VoteRules.StakeVoter(Bob.ADDRESS, true, Answer.NO, now),
                                        TERMS))
                        .isPresent();
        boolean work =
                allowed(
                                VoteRules.workVote(
                                        question,
                                        CastVotes.NONE,
                                        new VoteRules.WorkVoter(Bob.ADDRESS, Answer.NO, now),
                                        TERMS))
                        .isPresent();
        assertThat(work).isEqualTo(stake);
        return stake;
    }

    private static Ruling<NextStep> settled(Question question, long height, Ballot ballot) {
        return QuestionRules.settle(question, new BlockHeight(height), TERMS, ballot);
    }

    private static boolean ends(Question question, long height, Ballot ballot) {
        return allowed(settled(question, height, ballot)).isPresent();
    }

    private static boolean refunds(long height) {
        return allowed(settled(EXTENDED, height, Ballot.EMPTY))
                .map(step -> ((NextStep.Ended) step).resolution().answered().ending())
                .filter(Ending.UNRESOLVED::equals)
                .isPresent();
    }
}
