package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random lives of questions, in which anybody does anything at any time. After every step {@link
 * Trial} counts all money anew; here: every question ends, and what it held was paid or burned.
 */
class OracleLifeProperties {
    private static final int LIVES = Integer.getInteger("wormhole.lives", 150);
    private static final List<KeyPair> PEOPLE = List.of(Alice.KEYS, Bob.KEYS, Mallory.KEYS);

    @Test
    void everyQuestionEndsAndAllThatWasDepositedIsPaidOrBurned() {
        Arbitrary arbitrary = Arbitrary.forTest("OracleLifeProperties", 11);
        Set<Ending> seen = EnumSet.noneOf(Ending.class);
        for (int life = 0; life < LIVES; life++) {
            new Life(arbitrary).live(seen);
        }
        assertThat(seen).containsExactlyInAnyOrder(Ending.values());
    }

    private static final class Life {
        private final Arbitrary arbitrary;
        private final Trial trial = Trial.start();
        private final OracleTerms terms = trial.parameters().oracles();
        private final List<OracleId> asked = new ArrayList<>();
        private long height = 10;

        Life(Arbitrary arbitrary) {
            this.arbitrary = arbitrary;
        }

        void live(Set<Ending> seen) {
            long last = height + 6 + 8 + terms.counterclaimBlocks() + 2 * terms.voteBlocks() + 20;
            Answer truth = arbitrary.oneOf(List.of(Answer.values()));
            for (; height < last + 20; height++) {
                trial.upkeepAt(height);
                for (int i = arbitrary.below(5); i > 0; i--) {
                    step(truth);
                }
            }
            for (OracleId id : asked) {
                assertThat(trial.ledger().openOracle(id)).as("question %s", id).isEmpty();
                seen.add(trial.ledger().answeredOracle(id).orElseThrow().ending());
                assertThat(trial.ledger().castVotes(id).stake()).isEmpty();
            }
            assertThat(trial.ledger().map(StateTree.OPEN_ORACLES).isEmpty()).isTrue();
        }

        private void step(Answer truth) {
            if (asked.size() < 4 && height < 20) {
                ask();
            } else if (!asked.isEmpty()) {
                KeyPair who = arbitrary.oneOf(PEOPLE);
                Answer answer =
                        arbitrary.oneIn(3) ? arbitrary.oneOf(List.of(Answer.values())) : truth;
                OracleId id = arbitrary.oneOf(asked);
                if (arbitrary.oneIn(2)) {
                    trial.submit(blockVote(id, answer));
                } else {
                    trial.submit(trial.signed(who, body(id, answer)));
                }
            }
        }

        private void ask() {
            KeyPair who = arbitrary.oneOf(PEOPLE);
            OracleId id = OracleId.of(who.address(), trial.nextNonce(who));
            Outcome outcome =
                    trial.submit(
                            trial.signed(
                                    who,
                                    new OracleTransaction.Ask(
                                            "Is it so?",
                                            new BlockHeight(height + arbitrary.below(6)),
                                            1L + arbitrary.below(8))));
            if (outcome instanceof Outcome.Applied) {
                asked.add(id);
            }
        }

        private TransactionBody body(OracleId id, Answer answer) {
            Amount deposit =
                    trial.ledger().openOracle(id).map(q -> q.deposit()).orElse(Amount.of(1));
            return switch (arbitrary.below(5)) {
                case 0 -> new OracleTransaction.Give(id, answer);
                case 1 -> new OracleTransaction.Counterclaim(id, answer, deposit);
                case 2 -> new OracleTransaction.Settle(id);
                default -> new OracleTransaction.StakeVote(id, answer);
            };
        }

        private SignedTransaction blockVote(OracleId id, Answer answer) {
            return Transaction.of(
                            Trial.MINER_KEYS.publicKey(),
                            Nonce.ZERO,
                            Amount.ZERO,
                            new OracleTransaction.WorkVote(
                                    new BlockHeight(height),
                                    List.of(new OracleTransaction.Say(id, answer))))
                    .signedBy(Trial.MINER_KEYS, trial.network());
        }
    }
}
