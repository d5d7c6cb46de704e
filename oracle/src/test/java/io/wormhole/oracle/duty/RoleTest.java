package io.wormhole.oracle.duty;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.oracle.rules.DisputeShares;
import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.transaction.OracleTransaction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What operator, challenger and voter do, at the block before, the block, and the block after. */
class RoleTest {
    private static final OracleTerms TERMS =
            new OracleTerms(Amount.of(5), 1, 100, 50, 8, 6, DisputeShares.DEFAULT);
    private static final OracleId ID = OracleId.of(Bob.ADDRESS, new Nonce(1));
    // Open from 12 to 31; Bob asks, Alice acts.
    private static final Question ASKED =
            new Question(
                    ID,
                    Bob.ADDRESS,
                    new Question.Subject("Is it so?", Optional.empty(), Bob.ADDRESS.hash()),
                    new BlockHeight(12),
                    20,
                    Amount.of(100),
                    Optional.empty(),
                    Optional.empty());
    private static final Question ANSWERED = ASKED.answered(said(Answer.YES, 20));
    private static final Question DISPUTED =
            ANSWERED.disputed(
                    new Question.Dispute(
                            Mallory.ADDRESS, said(Answer.NO, 21), 0, new BlockHeight(22)));
    private static final Duty WITH_PLAN =
            Duty.taken(ID, Optional.of("plan"), Optional.empty(), Amount.of(100));
    private static final Duty BY_HAND =
            Duty.taken(ID, Optional.empty(), Optional.empty(), Amount.of(100));

    private static Question.Given said(Answer answer, long height) {
        return new Question.Given(answer, new BlockHeight(height), Optional.empty());
    }

    private static Sight sight(Question question, long next) {
        return sight(question, next, Alice.ADDRESS, CastVotes.NONE, 1000);
    }

    private static Sight sight(
            Question question, long next, Address self, CastVotes votes, long left) {
        return new Sight(question, votes, new BlockHeight(next), self, TERMS, Amount.of(left));
    }

    private static Duty decided(Answer answer) {
        return WITH_PLAN.with(new Duty.Decided(answer, "{}"));
    }

    private static List<Step> next(Role role, Duty duty, Question question, long height) {
        return role.next(duty, sight(question, height));
    }

    @Test
    void anOperatorReadsItsFeedsInTheWindowOnly() {
        Step evaluate = new Step.Evaluate("plan");

        assertThat(next(Role.OPERATOR, WITH_PLAN, ASKED, 11)).isEmpty();
        assertThat(next(Role.OPERATOR, WITH_PLAN, ASKED, 12)).containsExactly(evaluate);
        assertThat(next(Role.OPERATOR, WITH_PLAN, ASKED, 31)).containsExactly(evaluate);
        assertThat(next(Role.OPERATOR, WITH_PLAN, ASKED, 32)).isEmpty();
        assertThat(next(Role.OPERATOR, BY_HAND, ASKED, 12)).containsExactly(new Step.AskHuman());
    }

    @Test
    void anOperatorAnswersWhatItDecidedUntilAnAnswerIsThere() {
        Duty duty = decided(Answer.NO);

        assertThat(next(Role.OPERATOR, duty, ASKED, 13))
                .containsExactly(
                        new Step.Bring("answer", new OracleTransaction.Give(ID, Answer.NO)));
        assertThat(next(Role.OPERATOR, duty.with("answer", "final"), ASKED, 13)).isEmpty();
        assertThat(next(Role.OPERATOR, duty, ANSWERED, 21)).isEmpty();
    }

    @Test
    void aChallengerLooksAtAnswersAndAtMissedWindowsWhileTheyCanBeDisputed() {
        Step evaluate = new Step.Evaluate("plan");

        assertThat(next(Role.CHALLENGER, WITH_PLAN, ASKED, 31)).isEmpty();
        assertThat(next(Role.CHALLENGER, WITH_PLAN, ASKED, 32)).containsExactly(evaluate);
        assertThat(next(Role.CHALLENGER, WITH_PLAN, ASKED, 39)).containsExactly(evaluate);
        assertThat(next(Role.CHALLENGER, WITH_PLAN, ASKED, 40)).isEmpty();
        assertThat(next(Role.CHALLENGER, WITH_PLAN, ANSWERED, 27)).containsExactly(evaluate);
        assertThat(next(Role.CHALLENGER, WITH_PLAN, ANSWERED, 28)).isEmpty();
        assertThat(next(Role.CHALLENGER, BY_HAND, ANSWERED, 27)).isEmpty();
    }

    @Test
    void aChallengerDisputesOnlyWhatItContradictsAndCanPay() {
        Step claim =
                new Step.Bring(
                        "counterclaim",
                        new OracleTransaction.Counterclaim(ID, Answer.NO, Amount.of(100)));

        assertThat(next(Role.CHALLENGER, decided(Answer.NO), ANSWERED, 21)).containsExactly(claim);
        assertThat(next(Role.CHALLENGER, decided(Answer.YES), ANSWERED, 21)).isEmpty();
        assertThat(next(Role.CHALLENGER, decided(Answer.NO), DISPUTED, 22)).isEmpty();
        Sight poor = sight(ANSWERED, 21, Alice.ADDRESS, CastVotes.NONE, 99);
        assertThat(Role.CHALLENGER.next(WITH_PLAN, poor)).isEmpty();
        assertThat(Role.CHALLENGER.next(decided(Answer.NO), poor)).containsExactly(claim);
    }

    @Test
    void nobodyIsConcernedAboutWhatItCannotDispute() {
        assertThat(Role.CHALLENGER.isConcerned(sight(ANSWERED, 21))).isTrue();
        assertThat(Role.CHALLENGER.isConcerned(sight(DISPUTED, 22))).isFalse();
        assertThat(
                        Role.CHALLENGER.isConcerned(
                                sight(ANSWERED, 21, Bob.ADDRESS, CastVotes.NONE, 1000)))
                .isFalse();
        assertThat(Role.VOTER.isConcerned(sight(ANSWERED, 21))).isFalse();
        assertThat(Role.VOTER.isConcerned(sight(DISPUTED, 22))).isTrue();
        assertThat(Role.OPERATOR.isConcerned(sight(ANSWERED, 21))).isFalse();
    }

    @Test
    void aVoterSaysItInBlocksAndOncePerWindowWithItsStake() {
        Step blocks = new Step.SayInBlocks(Answer.NO);
        Step.Bring vote = new Step.Bring("vote-0", new OracleTransaction.StakeVote(ID, Answer.NO));
        Duty duty = decided(Answer.NO);

        assertThat(next(Role.VOTER, duty, DISPUTED, 22)).containsExactly(blocks, vote);
        assertThat(next(Role.VOTER, duty, DISPUTED, 27)).containsExactly(blocks, vote);
        assertThat(next(Role.VOTER, duty, DISPUTED, 28)).isEmpty();
        assertThat(next(Role.VOTER, duty.with("vote-0", "final"), DISPUTED, 23))
                .containsExactly(blocks);
        CastVotes cast = CastVotes.NONE.withStake(Alice.ADDRESS, Answer.NO);
        assertThat(Role.VOTER.next(duty, sight(DISPUTED, 23, Alice.ADDRESS, cast, 0)))
                .containsExactly(blocks);
    }

    @Test
    void aVoterVotesAnewInTheExtensionAndAsksPeopleWithoutAPlan() {
        Question again =
                DISPUTED.disputed(DISPUTED.dispute().orElseThrow().extended(new BlockHeight(28)));
        Duty duty = decided(Answer.NO).with("vote-0", "final");

        assertThat(next(Role.VOTER, duty, again, 28))
                .contains(new Step.Bring("vote-1", new OracleTransaction.StakeVote(ID, Answer.NO)));
        assertThat(next(Role.VOTER, BY_HAND, DISPUTED, 22)).containsExactly(new Step.AskHuman());
    }
}
