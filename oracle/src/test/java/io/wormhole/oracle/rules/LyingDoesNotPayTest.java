package io.wormhole.oracle.rules;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * All small games around one question, every one played: what the asker answers, what the
 * challenger claims, what each juror of both chambers votes in both windows. The truth is YES.
 */
class LyingDoesNotPayTest {
    private static final List<Answer> ANSWERS = List.of(Answer.values());

    private static final OracleTerms TERMS =
            new OracleTerms(Amount.of(50), 1, 100, 50, 8, 4, DisputeShares.DEFAULT);
    private static final Answer TRUTH = Answer.YES;
    private static final Amount DEPOSIT = Amount.of(1000);
    private static final Question ASKED =
            new Question(
                    OracleId.of(Alice.ADDRESS, new Nonce(1)),
                    Alice.ADDRESS,
                    QuestionRulesTest.about("Is it so?", Optional.empty()),
                    new BlockHeight(10),
                    20,
                    DEPOSIT,
                    Optional.empty(),
                    Optional.empty());

    // Three jurors of equal stake; who is null stays away.
    private static final List<Address> JURORS =
            List.of(Alice.ADDRESS, Bob.ADDRESS, Mallory.ADDRESS);
    private static final Map<Address, Amount> STAKES =
            Map.of(
                    Alice.ADDRESS, Amount.of(10),
                    Bob.ADDRESS, Amount.of(10),
                    Mallory.ADDRESS, Amount.of(10));

    /** What the deposits are worth to both sides at the end; empty when nobody disputed. */
    private record End(Optional<Answer> answer, Amount asker, Amount challenger, Amount jurors) {}

    private static Question disputed(Optional<Answer> given, Answer claim) {
        Question answered =
                given.map(answer -> ASKED.answered(QuestionRulesTest.says(answer, 12)))
                        .orElse(ASKED);
        return QuestionRulesTest.value(
                QuestionRules.counterclaim(
                        answered,
                        new QuestionRules.Claim(
                                Bob.ADDRESS,
                                QuestionRulesTest.says(claim, given.isPresent() ? 13 : 31),
                                DEPOSIT),
                        TERMS));
    }

    private static End play(Question question, Ballot first, Ballot second) {
        NextStep step =
                QuestionRulesTest.value(
                        QuestionRules.settle(question, new BlockHeight(50), TERMS, first));
        if (step instanceof NextStep.Extended extended) {
            step =
                    QuestionRulesTest.value(
                            QuestionRules.settle(
                                    extended.question(), new BlockHeight(60), TERMS, second));
        }
        Resolution resolution = ((NextStep.Ended) step).resolution();
        assertThat(resolution.payout().total()).isEqualTo(question.held());
        return new End(
                resolution.answered().answer(),
                resolution.payout().asker(),
                resolution.payout().challenger(),
                resolution.payout().jurors());
    }

    /** Every way in which three stakes and four blocks can vote, absence included. */
    private static List<Ballot> ballots(boolean honestStake, boolean honestWork) {
        List<Ballot> all = new ArrayList<>();
        for (int stakeCode = 0; stakeCode < 64; stakeCode++) {
            Map<Answer, Amount> stake = stake(stakeCode);
            for (int workCode = 0; workCode < 256; workCode++) {
                Map<Answer, Long> work = work(workCode);
                Ballot ballot = new Ballot(Amount.of(30), stake, 4, work);
                boolean stakeIsHonest =
                        stake.getOrDefault(TRUTH, Amount.ZERO).covers(Amount.of(20));
                boolean workIsHonest = work.getOrDefault(TRUTH, 0L) >= 3;
                if ((!honestStake || stakeIsHonest) && (!honestWork || workIsHonest)) {
                    all.add(ballot);
                }
            }
        }
        return all.stream().distinct().toList();
    }

    private static Map<Answer, Amount> stake(int code) {
        EnumMap<Answer, Amount> votes = new EnumMap<>(Answer.class);
        for (int juror = 0, rest = code; juror < 3; juror++, rest /= 4) {
            if (rest % 4 < 3) {
                votes.merge(ANSWERS.get(rest % 4), Amount.of(10), Amount::plus);
            }
        }
        return votes;
    }

    private static Map<Answer, Long> work(int code) {
        EnumMap<Answer, Long> votes = new EnumMap<>(Answer.class);
        for (int block = 0, rest = code; block < 4; block++, rest /= 4) {
            if (rest % 4 < 3) {
                votes.merge(ANSWERS.get(rest % 4), 1L, Long::sum);
            }
        }
        return votes;
    }

    @Test
    void aLieNeverStandsWhileOneChamberIsHonest() {
        for (boolean stakeIsHonest : new boolean[] {true, false}) {
            List<Ballot> votes = ballots(stakeIsHonest, !stakeIsHonest);
            for (Answer lie : List.of(Answer.NO, Answer.BAD_QUESTION)) {
                Question lied = disputed(Optional.of(lie), TRUTH);
                Question attacked = disputed(Optional.of(TRUTH), lie);
                for (Ballot ballot : votes) {
                    assertThat(play(lied, ballot, Ballot.EMPTY).answer().orElse(TRUTH))
                            .isEqualTo(TRUTH);
                    assertThat(play(attacked, ballot, ballot).answer().orElse(TRUTH))
                            .isEqualTo(TRUTH);
                }
            }
        }
    }

    @Test
    void anAskerThatLiesGetsLessThanItsDepositWhoeverVotesAsLongAsOneChamberIsHonest() {
        List<Ballot> votes = new ArrayList<>(ballots(true, false));
        votes.addAll(ballots(false, true));
        for (Answer lie : List.of(Answer.NO, Answer.BAD_QUESTION)) {
            Question lied = disputed(Optional.of(lie), TRUTH);
            for (Ballot ballot : votes) {
                assertThat(play(lied, ballot, ballot).asker()).isLessThan(DEPOSIT);
            }
        }
    }

    @Test
    void aChallengerThatLiesLosesWhoeverVotesAsLongAsOneChamberIsHonest() {
        List<Ballot> votes = new ArrayList<>(ballots(true, false));
        votes.addAll(ballots(false, true));
        for (Answer lie : List.of(Answer.NO, Answer.BAD_QUESTION)) {
            Question attacked = disputed(Optional.of(TRUTH), lie);
            for (Ballot ballot : votes) {
                assertThat(play(attacked, ballot, ballot).challenger()).isLessThan(DEPOSIT);
            }
        }
    }

    /** Even if all that jurors earn goes to those whom the liar has bought. */
    @Test
    void aLiarLosesTogetherWithAllJurorsThatItCanBuy() {
        List<Ballot> votes = new ArrayList<>(ballots(true, false));
        votes.addAll(ballots(false, true));
        for (Answer lie : List.of(Answer.NO, Answer.BAD_QUESTION)) {
            Question lied = disputed(Optional.of(lie), TRUTH);
            Question attacked = disputed(Optional.of(TRUTH), lie);
            Question claimed = disputed(Optional.empty(), lie);
            for (Ballot ballot : votes) {
                End asker = play(lied, ballot, ballot);
                assertThat(asker.asker().plus(asker.jurors())).isLessThan(DEPOSIT);
                for (Question question : List.of(attacked, claimed)) {
                    End challenger = play(question, ballot, ballot);
                    assertThat(challenger.challenger().plus(challenger.jurors()))
                            .isLessThan(DEPOSIT);
                }
            }
        }
    }

    @Test
    void whoAnswersAndClaimsInOneHandLosesTogetherWithItself() {
        for (Answer given : Answer.values()) {
            for (Answer claim : Answer.values()) {
                if (given != claim) {
                    for (Ballot ballot : ballots(false, false)) {
                        End end = play(disputed(Optional.of(given), claim), ballot, ballot);
                        assertThat(end.asker().plus(end.challenger()))
                                .as("self-dispute costs")
                                .isLessThan(DEPOSIT.plus(DEPOSIT));
                    }
                }
            }
        }
    }

    @Test
    void aSilentAskerNeverGetsItsDepositBackWhenTheVoteDecides() {
        for (Answer claim : Answer.values()) {
            for (Ballot ballot : ballots(false, false)) {
                End end = play(disputed(Optional.empty(), claim), ballot, ballot);
                if (end.answer().isPresent()) {
                    assertThat(end.asker()).isEqualTo(Amount.ZERO);
                }
            }
        }
    }

    @Test
    void aJurorGainsNothingByVotingAgainstTwoHonestOnes() {
        for (Answer own : Answer.values()) {
            CastVotes votes = CastVotes.NONE;
            for (Address juror : JURORS) {
                votes = votes.withStake(juror, juror.equals(Mallory.ADDRESS) ? own : TRUTH);
            }
            for (long height = 14; height < 18; height++) {
                votes = votes.withWork(Bob.ADDRESS, TRUTH, new BlockHeight(height));
            }
            Ballot ballot = VoteRules.count(votes, STAKES, TERMS);
            assertThat(ballot.decision()).contains(TRUTH);

            VoteRules.JurorShares shares =
                    VoteRules.jurorShares(Amount.of(101), TRUTH, votes, STAKES);

            assertThat(shares.stake().containsKey(Mallory.ADDRESS)).isEqualTo(own == TRUTH);
            assertThat(Amount.sum(shares.stake().values()).plus(Amount.sum(shares.work().values())))
                    .isEqualTo(Amount.of(101));
        }
    }
}
