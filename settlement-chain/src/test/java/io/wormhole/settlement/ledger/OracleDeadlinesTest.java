package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion.Ending;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every deadline of a question as its transactions and blocks meet it, at the height before, the
 * height, and the height after. Bob asks at 10 for the window from 12 to 31, Mallory disputes,
 * Alice has the stake; counterclaims and votes have 8 blocks each.
 */
class OracleDeadlinesTest {
    private static final long COUNTERCLAIM = 8;
    private static final long VOTE = 8;

    private enum Turns {
        BEGINS,
        ENDS
    }

    /** How far a question has come before the deadline is met. */
    private enum Until {
        ASKED,
        ANSWERED_AT_20,
        DISPUTED_AT_21,
        MISSED_AND_CLAIMED_AT_33
    }

    private record Deadline(
            String name,
            Until until,
            long height,
            Turns turns,
            BiPredicate<OracleDeadlinesTest, Long> isPossible) {
        @Override
        public String toString() {
            return name + " " + turns + " at " + height;
        }
    }

    static Stream<Deadline> deadlines() {
        long agreed = 20 + COUNTERCLAIM;
        long silent = 32 + COUNTERCLAIM;
        long counted = 22 + VOTE;
        return Stream.of(
                new Deadline("answer", Until.ASKED, 12, Turns.BEGINS, (t, h) -> t.answers()),
                new Deadline("answer", Until.ASKED, 32, Turns.ENDS, (t, h) -> t.answers()),
                new Deadline(
                        "counterclaim",
                        Until.ANSWERED_AT_20,
                        agreed,
                        Turns.ENDS,
                        (t, h) -> t.claims()),
                new Deadline(
                        "claim of silence", Until.ASKED, 32, Turns.BEGINS, (t, h) -> t.claims()),
                new Deadline(
                        "claim of silence", Until.ASKED, silent, Turns.ENDS, (t, h) -> t.claims()),
                new Deadline(
                        "agreement",
                        Until.ANSWERED_AT_20,
                        agreed,
                        Turns.BEGINS,
                        (t, h) -> t.hasEnded(Ending.UNDISPUTED)),
                new Deadline(
                        "expiry",
                        Until.ASKED,
                        silent,
                        Turns.BEGINS,
                        (t, h) -> t.hasEnded(Ending.SILENT)),
                new Deadline(
                        "stake vote",
                        Until.DISPUTED_AT_21,
                        22,
                        Turns.BEGINS,
                        (t, h) -> t.stakeVotes()),
                new Deadline(
                        "block's vote",
                        Until.DISPUTED_AT_21,
                        22,
                        Turns.BEGINS,
                        (t, h) -> t.blockVotes(h)),
                new Deadline(
                        "extension",
                        Until.DISPUTED_AT_21,
                        counted,
                        Turns.BEGINS,
                        (t, h) -> t.round() == 1),
                new Deadline(
                        "second stake vote",
                        Until.DISPUTED_AT_21,
                        counted + VOTE,
                        Turns.ENDS,
                        (t, h) -> t.stakeVotes()),
                new Deadline(
                        "second block's vote",
                        Until.DISPUTED_AT_21,
                        counted + VOTE,
                        Turns.ENDS,
                        (t, h) -> t.blockVotes(h)),
                new Deadline(
                        "refund",
                        Until.DISPUTED_AT_21,
                        counted + VOTE,
                        Turns.BEGINS,
                        (t, h) -> t.hasEnded(Ending.UNRESOLVED)),
                new Deadline(
                        "vote on silence",
                        Until.MISSED_AND_CLAIMED_AT_33,
                        34,
                        Turns.BEGINS,
                        (t, h) -> t.stakeVotes()),
                new Deadline(
                        "expiry after a claim",
                        Until.MISSED_AND_CLAIMED_AT_33,
                        34 + 2 * VOTE,
                        Turns.BEGINS,
                        (t, h) -> t.hasEnded(Ending.UNRESOLVED)));
    }

    @ParameterizedTest
    @MethodSource("deadlines")
    void deadlineIsTheFirstBlockInWhichItIsDifferent(Deadline deadline) {
        for (long height = deadline.height() - 1; height <= deadline.height() + 1; height++) {
            OracleDeadlinesTest life = new OracleDeadlinesTest();
            life.goTo(height, deadline.until());

            boolean isAfter = height >= deadline.height();
            assertThat(deadline.isPossible().test(life, height))
                    .as("at %d", height)
                    .isEqualTo(isAfter == (deadline.turns() == Turns.BEGINS));
        }
    }

    private final Trial trial = Trial.start();
    private final OracleTerms terms = trial.parameters().oracles();
    private final Amount deposit = terms.deposit(20);
    private final OracleId id = OracleId.of(Bob.ADDRESS, trial.nextNonce(Bob.KEYS));

    /** Every block does what is due in it, as on the chain. */
    private void goTo(long end, Until until) {
        assertThat(terms.counterclaimBlocks()).isEqualTo(COUNTERCLAIM);
        assertThat(terms.voteBlocks()).isEqualTo(VOTE);
        trial.accept(Bob.KEYS, new OracleTransaction.Ask("Is it warm?", new BlockHeight(12), 20));
        boolean isDisputed = until == Until.DISPUTED_AT_21;
        for (long height = 11; height <= end; height++) {
            trial.upkeepAt(height);
            if (height == 20 && (isDisputed || until == Until.ANSWERED_AT_20)) {
                assertThat(answers()).isTrue();
            }
            boolean isClaimed = height == 33 && until == Until.MISSED_AND_CLAIMED_AT_33;
            if (isClaimed || (height == 21 && isDisputed)) {
                assertThat(claims()).isTrue();
            }
        }
    }

    private boolean isTaken(KeyPair who, TransactionBody body) {
        return trial.submit(trial.signed(who, body)) instanceof Outcome.Applied;
    }

    private boolean answers() {
        return isTaken(Bob.KEYS, new OracleTransaction.Give(id, Answer.YES));
    }

    private boolean claims() {
        return isTaken(Mallory.KEYS, new OracleTransaction.Counterclaim(id, Answer.NO, deposit));
    }

    private boolean stakeVotes() {
        return isTaken(Alice.KEYS, new OracleTransaction.StakeVote(id, Answer.NO));
    }

    private boolean blockVotes(long height) {
        List<OracleTransaction.Say> says = List.of(new OracleTransaction.Say(id, Answer.NO));
        SignedTransaction vote =
                Transaction.of(
                                Trial.MINER_KEYS.publicKey(),
                                Nonce.ZERO,
                                Amount.ZERO,
                                new OracleTransaction.WorkVote(new BlockHeight(height), says))
                        .signedBy(Trial.MINER_KEYS, trial.network());
        return trial.submit(vote) instanceof Outcome.Applied;
    }

    private boolean hasEnded(Ending ending) {
        return trial.ledger().answeredOracle(id).filter(end -> end.ending() == ending).isPresent();
    }

    private int round() {
        return trial.ledger()
                .openOracle(id)
                .flatMap(question -> question.dispute())
                .orElseThrow()
                .round();
    }
}
