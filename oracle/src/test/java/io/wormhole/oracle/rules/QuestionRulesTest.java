package io.wormhole.oracle.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each step in a question's life, at the block before, the block, and the block after. */
class QuestionRulesTest {
    static final OracleTerms TERMS =
            new OracleTerms(Amount.of(5), 3, 100, 50, 8, 6, DisputeShares.DEFAULT);

    private static final OracleId ID = OracleId.of(Alice.ADDRESS, new Nonce(1));
    private static final Amount DEPOSIT = Amount.of(100);
    // Asked at 10, open from 12 to 31.
    private static final Question ASKED = value(ask("Is it warm?", 12, 20));

    private static Ruling<Question> ask(String text, long opensAt, long window) {
        return QuestionRules.ask(
                ID,
                new QuestionRules.Asked(
                        Alice.ADDRESS, about(text, Optional.empty()), at(opensAt), window),
                at(10),
                TERMS);
    }

    static Question.Subject about(String text, Optional<Hash> content) {
        return new Question.Subject(text, content, Alice.ADDRESS.hash());
    }

    static Question.Given says(Answer answer, long height) {
        return new Question.Given(answer, at(height), Optional.empty());
    }

    static BlockHeight at(long height) {
        return new BlockHeight(height);
    }

    static <T> T value(Ruling<T> ruling) {
        assertThat(ruling).isInstanceOf(Ruling.Allowed.class);
        return ((Ruling.Allowed<T>) ruling).value();
    }

    private static void refused(Ruling<?> ruling, Class<? extends QuestionRefusal> why) {
        assertThat(ruling).isInstanceOf(Ruling.Refused.class);
        QuestionRefusal refusal = ((Ruling.Refused<?>) ruling).refusal();
        assertThat(refusal).isInstanceOf(why);
        assertThat(refusal.code()).matches("oracle(-[a-z]+)+");
        assertThat(refusal.message()).isNotBlank();
    }

    private static Question answered(long height) {
        return value(QuestionRules.answer(ASKED, Alice.ADDRESS, says(Answer.YES, height)));
    }

    private static Ruling<Question> claim(Question question, Address by, long height) {
        return QuestionRules.counterclaim(
                question, new QuestionRules.Claim(by, says(Answer.NO, height), DEPOSIT), TERMS);
    }

    private static Ruling<NextStep> settle(Question question, long height) {
        return settle(question, height, Ballot.EMPTY);
    }

    private static Ruling<NextStep> settle(Question question, long height, Ballot ballot) {
        return QuestionRules.settle(question, at(height), TERMS, ballot);
    }

    static Resolution end(Ruling<NextStep> ruling) {
        return ((NextStep.Ended) value(ruling)).resolution();
    }

    static Question extended(Ruling<NextStep> ruling) {
        return ((NextStep.Extended) value(ruling)).question();
    }

    @Test
    void aQuestionHasATextAWindowAndADepositThatFits() {
        assertThat(ASKED.deposit()).isEqualTo(DEPOSIT);
        assertThat(ASKED.windowEndsAt()).isEqualTo(at(32));
        refused(ask(" ", 12, 20), QuestionRefusal.EmptyQuestion.class);
        refused(ask("?", 12, 2), QuestionRefusal.WindowOutOfRange.class);
        value(ask("?", 12, 3));
        value(ask("?", 12, 100));
        refused(ask("?", 12, 101), QuestionRefusal.WindowOutOfRange.class);
        refused(ask("?", 9, 20), QuestionRefusal.OpeningOutOfRange.class);
        value(ask("?", 10, 20));
        value(ask("?", 60, 20));
        refused(ask("?", 61, 20), QuestionRefusal.OpeningOutOfRange.class);
    }

    @Test
    void onlyTheAskerAnswersOnceAndInTheWindow() {
        refused(
                QuestionRules.answer(ASKED, Bob.ADDRESS, says(Answer.YES, 12)),
                QuestionRefusal.NotTheAsker.class);
        refused(
                QuestionRules.answer(ASKED, Alice.ADDRESS, says(Answer.YES, 11)),
                QuestionRefusal.OutsideWindow.class);
        answered(12);
        answered(31);
        refused(
                QuestionRules.answer(ASKED, Alice.ADDRESS, says(Answer.YES, 32)),
                QuestionRefusal.OutsideWindow.class);
        refused(
                QuestionRules.answer(answered(12), Alice.ADDRESS, says(Answer.NO, 13)),
                QuestionRefusal.AlreadyAnswered.class);
    }

    @Test
    void anAnswerIsDisputedFromItsBlockUntilTheEndOfTheCounterclaimWindow() {
        Question question = answered(20);

        value(claim(question, Bob.ADDRESS, 20));
        value(claim(question, Bob.ADDRESS, 27));
        refused(claim(question, Bob.ADDRESS, 28), QuestionRefusal.TooLateToDispute.class);
    }

    @Test
    void aMissedWindowIsClaimedFromItsEndOn() {
        refused(claim(ASKED, Bob.ADDRESS, 31), QuestionRefusal.NothingToDispute.class);
        value(claim(ASKED, Bob.ADDRESS, 32));
        value(claim(ASKED, Bob.ADDRESS, 39));
        refused(claim(ASKED, Bob.ADDRESS, 40), QuestionRefusal.TooLateToDispute.class);
    }

    @Test
    void aCounterclaimDiffersIsForeignAndBringsAnEqualDeposit() {
        Question question = answered(20);

        refused(claim(question, Alice.ADDRESS, 21), QuestionRefusal.OwnQuestion.class);
        refused(
                QuestionRules.counterclaim(
                        question,
                        new QuestionRules.Claim(Bob.ADDRESS, says(Answer.YES, 21), DEPOSIT),
                        TERMS),
                QuestionRefusal.SameAnswer.class);
        for (long deposit : new long[] {0, 99, 101}) {
            refused(
                    QuestionRules.counterclaim(
                            question,
                            new QuestionRules.Claim(
                                    Bob.ADDRESS, says(Answer.NO, 21), Amount.of(deposit)),
                            TERMS),
                    QuestionRefusal.DepositNotEqual.class);
        }
        Question disputed = value(claim(question, Bob.ADDRESS, 21));
        assertThat(disputed.held()).isEqualTo(Amount.of(200));
        refused(claim(disputed, Bob.ADDRESS, 22), QuestionRefusal.AlreadyDisputed.class);
    }

    @Test
    void anUndisputedAnswerStands() {
        refused(settle(answered(20), 27), QuestionRefusal.NotOver.class);
        Resolution resolution = end(settle(answered(20), 28));

        assertThat(resolution.answered().answer()).contains(Answer.YES);
        assertThat(resolution.payout()).isEqualTo(Payout.returned(DEPOSIT));
    }

    @Test
    void silenceForfeitsTheDeposit() {
        refused(settle(ASKED, 39), QuestionRefusal.NotOver.class);
        Resolution resolution = end(settle(ASKED, 40));

        assertThat(resolution.answered().answer()).isEmpty();
        assertThat(resolution.payout()).isEqualTo(Payout.forfeited(DEPOSIT));
    }

    @Test
    void aDisputeWithoutVotesIsUnresolvedAfterTwoWindows() {
        Question disputed = value(claim(answered(20), Bob.ADDRESS, 21));

        refused(settle(disputed, 27), QuestionRefusal.NotOver.class);
        Question again = extended(settle(disputed, 28));
        refused(settle(again, 33), QuestionRefusal.NotOver.class);
        Resolution resolution = end(settle(again, 34));

        assertThat(resolution.answered().ending()).isEqualTo(AnsweredQuestion.Ending.UNRESOLVED);
        assertThat(resolution.payout())
                .isEqualTo(new Payout(Amount.of(90), Amount.of(90), Amount.ZERO, Amount.of(20)));
    }

    @Test
    void theSecondWindowBeginsWhereTheFirstWasCounted() {
        Question disputed = value(claim(answered(20), Bob.ADDRESS, 21));

        Question late = extended(settle(disputed, 30));

        assertThat(QuestionRules.dueAt(late, TERMS)).isEqualTo(at(36));
        assertThat(late.held()).isEqualTo(disputed.held());
    }

    @Test
    void votesBeginWithTheBlockAfterTheDispute() {
        Question disputed = value(claim(answered(20), Bob.ADDRESS, 21));

        assertThat(QuestionRules.refuseVote(disputed, at(21), TERMS)).isPresent();
        assertThat(QuestionRules.refuseVote(disputed, at(22), TERMS)).isEmpty();
    }

    @Test
    void aContentHashStandsForALongerQuestion() {
        Hash content = Bob.ADDRESS.hash();

        Question question =
                value(
                        QuestionRules.ask(
                                ID,
                                new QuestionRules.Asked(
                                        Alice.ADDRESS, about("", Optional.of(content)), at(12), 20),
                                at(10),
                                TERMS));

        assertThat(question.subject().content()).contains(content);
    }

    @Test
    void theEvidenceOfTheWinnerStaysWithTheAnswer() {
        Hash evidence = Bob.ADDRESS.hash();
        Question.Given no = new Question.Given(Answer.NO, at(21), Optional.of(evidence));
        Question disputed =
                value(
                        QuestionRules.counterclaim(
                                answered(20),
                                new QuestionRules.Claim(Bob.ADDRESS, no, DEPOSIT),
                                TERMS));

        assertThat(end(settle(disputed, 28, unanimous(Answer.NO))).answered().evidence())
                .contains(evidence);
        assertThat(end(settle(disputed, 28, unanimous(Answer.YES))).answered().evidence())
                .isEmpty();
    }

    private static Ballot unanimous(Answer answer) {
        return new Ballot(Amount.of(9), Map.of(answer, Amount.of(9)), 6, Map.of(answer, 6L));
    }

    @Test
    void theFirstWindowDecidesAtItsEndAndTheExtensionOnlyIfItMust() {
        Question disputed = value(claim(answered(20), Bob.ADDRESS, 21));

        refused(settle(disputed, 27, unanimous(Answer.NO)), QuestionRefusal.NotOver.class);
        assertThat(end(settle(disputed, 28, unanimous(Answer.NO))).answered().answer())
                .contains(Answer.NO);
        Question again = extended(settle(disputed, 28));
        refused(settle(again, 33, unanimous(Answer.YES)), QuestionRefusal.NotOver.class);
        assertThat(end(settle(again, 34, unanimous(Answer.YES))).answered().answer())
                .contains(Answer.YES);
    }

    @Test
    void whereBothWereWrongBothPay() {
        Question disputed = value(claim(answered(20), Bob.ADDRESS, 21));

        assertThat(end(settle(disputed, 28, unanimous(Answer.BAD_QUESTION))).payout())
                .isEqualTo(new Payout(Amount.ZERO, Amount.ZERO, Amount.of(20), Amount.of(180)));
    }

    @Test
    void whoClaimsAMissedWindowRightlyGetsTheChallengersShare() {
        Question claimed = value(claim(ASKED, Bob.ADDRESS, 33));

        assertThat(end(settle(claimed, 40, unanimous(Answer.NO))).payout())
                .isEqualTo(new Payout(Amount.ZERO, Amount.of(150), Amount.of(10), Amount.of(40)));
    }

    @Test
    void everyPayoutIsAllThatWasHeld() {
        Arbitrary arbitrary = Arbitrary.forTest("QuestionRulesTest", 3);
        for (int i = 0; i < 1000; i++) {
            Amount deposit = arbitrary.amountUpTo(Amount.of(Long.MAX_VALUE / 2));
            int jurors = arbitrary.below(101);
            DisputeShares shares =
                    new DisputeShares(jurors, arbitrary.below(101 - jurors), arbitrary.below(101));
            Amount held = deposit.plus(deposit);

            assertThat(Payout.askerRight(deposit, shares).total()).isEqualTo(held);
            assertThat(Payout.challengerRight(deposit, shares).total()).isEqualTo(held);
            assertThat(Payout.bothWrong(deposit, shares).total()).isEqualTo(held);
            assertThat(Payout.unresolved(deposit, shares).total()).isEqualTo(held);
        }
    }

    @Test
    void chambersNeedQuorumAndMajorityToTheLastVote() {
        assertThat(stake(9, 6, 0).stakeChamber()).contains(Answer.YES);
        assertThat(stake(9, 5, 0).stakeChamber()).isEmpty();
        assertThat(stake(10, 6, 0).stakeChamber()).isEmpty();
        assertThat(stake(10, 7, 0).stakeChamber()).contains(Answer.YES);
        assertThat(stake(12, 5, 5).stakeChamber()).isEmpty();
        assertThat(work(9, 4, 0).workChamber()).isEmpty();
        assertThat(work(9, 5, 0).workChamber()).contains(Answer.YES);
        assertThat(work(8, 2, 2).workChamber()).isEmpty();
        assertThat(Ballot.EMPTY.decision()).isEmpty();
    }

    private static Ballot stake(long active, long yes, long no) {
        return new Ballot(
                Amount.of(active),
                Map.of(Answer.YES, Amount.of(yes), Answer.NO, Amount.of(no)),
                0,
                Map.of());
    }

    private static Ballot work(long blocks, long yes, long no) {
        return new Ballot(Amount.ZERO, Map.of(), blocks, Map.of(Answer.YES, yes, Answer.NO, no));
    }

    @Test
    void moreVotesThanVotersAreABug() {
        assertThatThrownBy(() -> stake(9, 5, 5)).hasMessageContaining("active");
        assertThatThrownBy(() -> work(9, 5, 5)).hasMessageContaining("blocks");
    }

    @Test
    void whatIsWrittenIsRead() {
        Question disputed = value(claim(answered(20), Bob.ADDRESS, 21));
        AnsweredQuestion ended = end(settle(answered(20), 33)).answered();

        assertThat(CanonicalReader.decode(disputed.encoded(), Question::readFrom))
                .isEqualTo(disputed);
        assertThat(CanonicalReader.decode(ASKED.encoded(), Question::readFrom)).isEqualTo(ASKED);
        assertThat(CanonicalReader.decode(ended.encoded(), AnsweredQuestion::readFrom))
                .isEqualTo(ended);
        assertThat(CanonicalReader.decode(TERMS.encoded(), OracleTerms::readFrom)).isEqualTo(TERMS);
    }

    @Test
    void termsOutOfRangeAreRefused() {
        assertThatThrownBy(
                        () ->
                                new OracleTerms(
                                        Amount.of(5), 0, 100, 50, 8, 6, DisputeShares.DEFAULT))
                .hasMessageContaining("minimum window");
        assertThatThrownBy(
                        () ->
                                new OracleTerms(
                                        Amount.of(Long.MAX_VALUE),
                                        1,
                                        2,
                                        50,
                                        8,
                                        6,
                                        DisputeShares.DEFAULT))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new DisputeShares(60, 41, 0)).hasMessageContaining("100");
        assertThatThrownBy(() -> new DisputeShares(0, 0, 101)).hasMessageContaining("101");
        assertThat(Optional.of(new DisputeShares(0, 100, 0))).isPresent();
    }

    @Test
    void theNamesBehindTheCodesAreStable() {
        assertThat(QuestionRefusal.class.getPermittedSubclasses())
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder(
                        "EmptyQuestion",
                        "WindowOutOfRange",
                        "OpeningOutOfRange",
                        "NotTheAsker",
                        "OutsideWindow",
                        "AlreadyAnswered",
                        "AlreadyDisputed",
                        "OwnQuestion",
                        "SameAnswer",
                        "DepositNotEqual",
                        "NothingToDispute",
                        "TooLateToDispute",
                        "NotOver",
                        "NotDisputed",
                        "OutsideVote",
                        "NoStake",
                        "AlreadyVoted",
                        "BlockHasVoted",
                        "TooManyVoters",
                        "TooManyOpen",
                        "NotThisBlock");
        assertThat(new QuestionRefusal.EmptyQuestion().code()).isEqualTo("oracle-empty-question");
    }
}
