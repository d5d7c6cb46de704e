package io.wormhole.oracle.rules;

import static io.wormhole.oracle.rules.QuestionRulesTest.TERMS;
import static io.wormhole.oracle.rules.QuestionRulesTest.at;
import static io.wormhole.oracle.rules.QuestionRulesTest.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who may vote when, and how often. */
class VoteRulesTest {
    // Disputed at 13: votes from 14, before 20.
    private static final Question OPEN = question(Optional.empty());
    private static final Question DISPUTED =
            question(
                    Optional.of(
                            new Question.Dispute(
                                    Mallory.ADDRESS,
                                    QuestionRulesTest.says(Answer.NO, 13),
                                    0,
                                    at(14))));

    private static Question question(Optional<Question.Dispute> dispute) {
        return new Question(
                OracleId.of(Alice.ADDRESS, new Nonce(1)),
                Alice.ADDRESS,
                QuestionRulesTest.about("Is it warm?", Optional.empty()),
                at(12),
                20,
                Amount.of(100),
                Optional.of(QuestionRulesTest.says(Answer.YES, 12)),
                dispute);
    }

    private static Ruling<CastVotes> stake(Question question, CastVotes votes, long height) {
        return VoteRules.stakeVote(
                question,
                votes,
                new VoteRules.StakeVoter(Bob.ADDRESS, true, Answer.NO, at(height)),
                TERMS);
    }

    private static Ruling<CastVotes> work(Question question, CastVotes votes, long height) {
        return VoteRules.workVote(
                question,
                votes,
                new VoteRules.WorkVoter(Bob.ADDRESS, Answer.NO, at(height)),
                TERMS);
    }

    private static void refused(Ruling<?> ruling, String code, String words) {
        assertThat(ruling).isInstanceOf(Ruling.Refused.class);
        QuestionRefusal refusal = ((Ruling.Refused<?>) ruling).refusal();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).contains(words);
    }

    @Test
    void nobodyVotesOnWhatNobodyDisputed() {
        refused(stake(OPEN, CastVotes.NONE, 15), "oracle-not-disputed", "nobody disputed");
        refused(work(OPEN, CastVotes.NONE, 15), "oracle-not-disputed", "nobody disputed");
    }

    @Test
    void votesCountFromTheFirstBlockOfTheWindowToTheLast() {
        long end = 14 + TERMS.voteBlocks();
        for (long height : new long[] {13, end}) {
            String words = "a vote at height " + height;
            refused(stake(DISPUTED, CastVotes.NONE, height), "oracle-outside-vote", words);
            refused(work(DISPUTED, CastVotes.NONE, height), "oracle-outside-vote", words);
        }
        for (long height : new long[] {14, end - 1}) {
            assertThat(value(stake(DISPUTED, CastVotes.NONE, height)).stake())
                    .containsEntry(Bob.ADDRESS, Answer.NO);
            assertThat(value(work(DISPUTED, CastVotes.NONE, height)).lastWorkAt())
                    .contains(at(height));
        }
    }

    @Test
    void aVoteNeedsStakeAndIsCastOnce() {
        Ruling<CastVotes> without =
                VoteRules.stakeVote(
                        DISPUTED,
                        CastVotes.NONE,
                        new VoteRules.StakeVoter(Bob.ADDRESS, false, Answer.NO, at(15)),
                        TERMS);
        CastVotes voted = value(stake(DISPUTED, CastVotes.NONE, 15));

        refused(without, "oracle-no-stake", "no active stake");
        refused(stake(DISPUTED, voted, 16), "oracle-already-voted", "has voted NO");
    }

    @Test
    void eachBlockVotesOnce() {
        CastVotes voted = value(work(DISPUTED, CastVotes.NONE, 15));

        refused(work(DISPUTED, voted, 15), "oracle-block-has-voted", "block 15");
        assertThat(value(work(DISPUTED, voted, 16)).work()).containsValue(2L);
    }

    @Test
    void onlySoManyVote() {
        Arbitrary any = Arbitrary.forTest("VoteRulesTest", 1);
        TreeMap<Address, Answer> stake = new TreeMap<>();
        TreeMap<CastVotes.WorkVoter, Long> work = new TreeMap<>();
        while (stake.size() < CastVotes.MAXIMUM_VOTERS - 1) {
            Address voter = any.address();
            stake.put(voter, Answer.YES);
            work.put(new CastVotes.WorkVoter(voter, Answer.YES), 1L);
        }
        CastVotes almost = new CastVotes(stake, work, Optional.empty());
        CastVotes full = value(stake(DISPUTED, value(work(DISPUTED, almost, 15)), 15));
        Address late = Mallory.ADDRESS;

        refused(
                VoteRules.stakeVote(
                        DISPUTED,
                        full,
                        new VoteRules.StakeVoter(late, true, Answer.NO, at(16)),
                        TERMS),
                "oracle-too-many-voters",
                "4096");
        refused(
                VoteRules.workVote(
                        DISPUTED, full, new VoteRules.WorkVoter(late, Answer.NO, at(16)), TERMS),
                "oracle-too-many-voters",
                "4096");
    }
}
