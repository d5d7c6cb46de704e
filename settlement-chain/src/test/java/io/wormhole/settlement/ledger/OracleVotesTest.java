package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.oracle.rules.QuestionRefusal;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.consensus.FinalityState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Bob asks and answers, Mallory disputes, Alice has all the stake, the miner all the work. */
class OracleVotesTest {
    private final Trial trial = Trial.start();
    private final OracleTerms terms = trial.parameters().oracles();
    private final Amount deposit = terms.deposit(20);
    // Asked at 10, answered at 12, disputed at 13: votes in [14, 22), extension in [22, 30).
    private final OracleId id = disputed();

    private OracleId disputed() {
        OracleId asked = OracleId.of(Bob.ADDRESS, trial.nextNonce(Bob.KEYS));
        trial.accept(Bob.KEYS, new OracleTransaction.Ask("Is it warm?", new BlockHeight(12), 20));
        trial.at(12).accept(Bob.KEYS, new OracleTransaction.Give(asked, Answer.YES));
        trial.at(13)
                .accept(
                        Mallory.KEYS,
                        new OracleTransaction.Counterclaim(asked, Answer.NO, deposit));
        return asked;
    }

    private SignedTransaction blockVote(KeyPair producer, long height, Answer... answers) {
        List<OracleTransaction.Say> says =
                Arrays.stream(answers).map(a -> new OracleTransaction.Say(id, a)).toList();
        return Transaction.of(
                        producer.publicKey(),
                        Nonce.ZERO,
                        Amount.ZERO,
                        new OracleTransaction.WorkVote(new BlockHeight(height), says))
                .signedBy(producer, trial.network());
    }

    private void mineVotes(long from, long before, Answer answer) {
        for (long height = from; height < before; height++) {
            trial.at(height).accept(blockVote(Trial.MINER_KEYS, height, answer));
        }
    }

    private Amount stakeOf(Address validator) {
        return Objects.requireNonNull(
                trial.ledger().finality().currentSet().get(validator), "no such validator");
    }

    private void stakeVote(Answer answer) {
        trial.accept(Alice.KEYS, new OracleTransaction.StakeVote(id, answer));
    }

    private void refused(SignedTransaction transaction, Class<? extends QuestionRefusal> why) {
        Refusal.OracleRefused refusal = trial.refuse(transaction, Refusal.OracleRefused.class);
        assertThat(refusal.refusal()).isInstanceOf(why);
    }

    private AnsweredQuestion answer() {
        return trial.ledger().answeredOracle(id).orElseThrow();
    }

    @Test
    void bothChambersAgreeAndTheBlockAfterTheWindowPays() {
        trial.at(14);
        stakeVote(Answer.NO);
        mineVotes(14, 18, Answer.NO);
        Amount bob = trial.balance(Bob.ADDRESS);
        Amount mallory = trial.balance(Mallory.ADDRESS);
        Amount stake = stakeOf(Alice.ADDRESS);

        trial.upkeepAt(21);
        assertThat(trial.ledger().openOracle(id)).isPresent();
        trial.upkeepAt(22);

        assertThat(answer().answer()).contains(Answer.NO);
        assertThat(answer().settledAt()).isEqualTo(new BlockHeight(22));
        assertThat(trial.balance(Bob.ADDRESS)).isEqualTo(bob);
        assertThat(trial.balance(Mallory.ADDRESS).minus(mallory)).isEqualTo(percent(150));
        assertThat(trial.balance(Trial.MINER)).isEqualTo(percent(5));
        assertThat(stakeOf(Alice.ADDRESS).minus(stake)).isEqualTo(percent(5));
        assertThat(trial.ledger().supply().burned()).isEqualTo(percent(40));
        assertThat(trial.ledger().castVotes(id)).isEqualTo(CastVotes.NONE);
    }

    private Amount percent(long share) {
        return Amount.of(deposit.baseUnits() * share / 100);
    }

    @Test
    void oneChamberAloneDecidesNothingAndTheVoteBeginsOnceMore() {
        trial.at(14);
        stakeVote(Answer.NO);

        trial.upkeepAt(22);

        assertThat(trial.ledger().openOracle(id).orElseThrow().dispute().orElseThrow().round())
                .isEqualTo(1);
        assertThat(trial.ledger().castVotes(id)).isEqualTo(CastVotes.NONE);
        stakeVote(Answer.NO);
        mineVotes(22, 26, Answer.NO);
        trial.upkeepAt(29);
        assertThat(trial.ledger().openOracle(id)).isPresent();
        trial.upkeepAt(30);
        assertThat(answer().answer()).contains(Answer.NO);
    }

    @Test
    void chambersThatDisagreeTwiceLeaveItUnresolved() {
        trial.at(14);
        stakeVote(Answer.NO);
        mineVotes(14, 22, Answer.YES);
        trial.upkeepAt(22);
        stakeVote(Answer.NO);
        mineVotes(22, 30, Answer.YES);

        trial.upkeepAt(30);

        assertThat(answer().ending()).isEqualTo(AnsweredQuestion.Ending.UNRESOLVED);
        assertThat(trial.ledger().supply().burned()).isEqualTo(percent(20));
    }

    @Test
    void halfOfTheBlocksAreAQuorumAndOneLessIsNot() {
        trial.at(14);
        stakeVote(Answer.YES);
        mineVotes(14, 17, Answer.YES);

        trial.upkeepAt(22);

        assertThat(trial.ledger().openOracle(id)).isPresent();
    }

    @Test
    void stakeVotesCountFromTheBlockAfterTheDisputeToTheEndOfTheWindow() {
        SignedTransaction vote =
                trial.signed(Alice.KEYS, new OracleTransaction.StakeVote(id, Answer.NO));

        trial.at(13);
        refused(vote, QuestionRefusal.OutsideVote.class);
        trial.at(22);
        refused(vote, QuestionRefusal.OutsideVote.class);
        trial.at(21).accept(vote);
    }

    @Test
    void aValidatorVotesOnceAndOnlyWithStake() {
        trial.at(15);
        refused(
                trial.signed(Bob.KEYS, new OracleTransaction.StakeVote(id, Answer.NO)),
                QuestionRefusal.NoStake.class);
        stakeVote(Answer.NO);
        refused(
                trial.signed(Alice.KEYS, new OracleTransaction.StakeVote(id, Answer.NO)),
                QuestionRefusal.AlreadyVoted.class);
        refused(
                trial.signed(Alice.KEYS, new OracleTransaction.StakeVote(id, Answer.YES)),
                QuestionRefusal.AlreadyVoted.class);
    }

    @Test
    void aBlockVotesOnceByItsProducerAndForItselfOnly() {
        trial.at(15);
        refused(blockVote(Mallory.KEYS, 15, Answer.NO), QuestionRefusal.NotThisBlock.class);
        refused(blockVote(Trial.MINER_KEYS, 16, Answer.NO), QuestionRefusal.NotThisBlock.class);
        refused(
                blockVote(Trial.MINER_KEYS, 15, Answer.NO, Answer.NO),
                QuestionRefusal.BlockHasVoted.class);
        assertThat(trial.ledger().castVotes(id)).isEqualTo(CastVotes.NONE);
        trial.accept(blockVote(Trial.MINER_KEYS, 15, Answer.NO));
        refused(blockVote(Trial.MINER_KEYS, 15, Answer.NO), QuestionRefusal.BlockHasVoted.class);
    }

    @Test
    void whoLeftBeforeTheCountHasNoWeight() {
        trial.at(14);
        stakeVote(Answer.NO);
        mineVotes(14, 22, Answer.NO);
        trial.replace(
                trial.ledger()
                        .withFinality(
                                FinalityState.atGenesis(Map.of(Mallory.ADDRESS, Amount.of(7))))
                        .withSupply(trial.ledger().supply()));

        trial.upkeepAt(22);

        assertThat(trial.ledger().openOracle(id)).as("extended").isPresent();
    }

    /** Two votes for finality on different checkpoints of one epoch cost Alice her stake. */
    private void slashAlice() {
        Checkpoint genesis = new Checkpoint(0, Hash.ZERO);
        trial.accept(
                Mallory.KEYS,
                new FinalityTransaction.Evidence(
                        Trial.vote(
                                Alice.KEYS,
                                trial.network(),
                                genesis,
                                new Checkpoint(1, Alice.ADDRESS.hash())),
                        Trial.vote(
                                Alice.KEYS,
                                trial.network(),
                                genesis,
                                new Checkpoint(1, Bob.ADDRESS.hash()))));
    }

    @Test
    void whoWasSlashedVotesNoMore() {
        trial.at(14);
        slashAlice();

        refused(
                trial.signed(Alice.KEYS, new OracleTransaction.StakeVote(id, Answer.NO)),
                QuestionRefusal.NoStake.class);
    }

    @Test
    void voteOfWhoIsSlashedAfterwardsWeighsNothing() {
        trial.at(14);
        stakeVote(Answer.NO);
        mineVotes(14, 22, Answer.NO);
        slashAlice();

        trial.upkeepAt(22);

        assertThat(trial.ledger().openOracle(id)).as("extended").isPresent();
    }

    @Test
    void votesOnWhatIsNotDisputedAreRefused() {
        trial.at(20);
        OracleId calm = OracleId.of(Bob.ADDRESS, trial.nextNonce(Bob.KEYS));
        trial.accept(Bob.KEYS, new OracleTransaction.Ask("Calm?", new BlockHeight(20), 5));

        refused(
                trial.signed(Alice.KEYS, new OracleTransaction.StakeVote(calm, Answer.NO)),
                QuestionRefusal.NotDisputed.class);
        trial.refuse(
                Alice.KEYS,
                new OracleTransaction.StakeVote(new OracleId(Alice.ADDRESS.hash()), Answer.NO),
                Refusal.OracleUnknown.class);
    }

    @Test
    void jurorsOfTheMinorityGetNothing() {
        trial.at(14);
        stakeVote(Answer.YES);
        mineVotes(14, 19, Answer.YES);
        mineVotes(19, 22, Answer.NO);
        Amount minerBefore = trial.balance(Trial.MINER);

        trial.upkeepAt(22);

        assertThat(answer().answer()).contains(Answer.YES);
        assertThat(trial.balance(Trial.MINER).minus(minerBefore)).isEqualTo(percent(5));
    }

    @Test
    void anAnswerIsProvedByTheRootOfItsMap() {
        trial.upkeepAt(22);
        trial.upkeepAt(30);

        Address nobody = Alice.ADDRESS;
        var proof = trial.ledger().proveAnswer(id);
        var absent = trial.ledger().proveAnswer(new OracleId(nobody.hash()));

        assertThat(proof.tree()).isEqualTo(StateTree.ANSWERED_ORACLES);
        assertThat(absent.key()).isEqualTo(nobody.hash());
        assertThat(proof.encoded().size()).isLessThan(400);
    }
}
