package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.assurance.ByAnswer;
import io.wormhole.isa.contract.assurance.ShownAnswer;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.SettledQuestions;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of the answers is final, and what a forced step makes of it. */
class AnswerRootsTest {
    private static final OracleId DELIVERED = OracleId.of(Mallory.ADDRESS, new Nonce(1_000));
    private static final ByAnswer.Terms TERMS =
            ByAnswer.escrow(DELIVERED, 1, Amount.of(20), new BlockHeight(10_000));
    private static final Bytes STATE = ByAnswer.initialState(TERMS);
    private static final SettledQuestions YES =
            SettledQuestions.ofOthers(30).with(DELIVERED, Optional.of(Answer.YES));

    private static Hash root(int number) {
        return Hash.of(DomainTag.ENTROPY, Amount.of(number));
    }

    @Test
    void rootBecomesFinalWithTheCheckpointItStandsAt() {
        AnswerRoots roots = AnswerRoots.NONE.next(1, 0, root(1)).next(2, 0, root(2));

        assertThat(roots.finalRoots(0)).isEmpty();
        assertThat(roots.finalRoots(1)).containsExactly(root(1));
        assertThat(roots.next(3, 1, root(3)).finalRoots(1)).containsExactly(root(1));
        assertThat(roots.next(3, 1, root(3)).finalRoots(2)).containsExactly(root(2), root(1));
    }

    @Test
    void rootOfACheckpointThatNeverBecameFinalIsForgotten() {
        AnswerRoots roots =
                AnswerRoots.NONE
                        .next(1, 0, root(1))
                        .next(2, 0, root(2))
                        .next(3, 0, root(3))
                        .next(4, 0, root(4));

        assertThat(roots.finalRoots(3)).containsExactly(root(3));
    }

    @Test
    void newestSixteenDifferentRootsAreKept() {
        AnswerRoots roots = AnswerRoots.NONE.next(1, 0, root(1));
        for (int epoch = 2; epoch <= 60; epoch++) {
            roots = roots.next(epoch, epoch - 2, root(epoch / 2));
        }

        assertThat(roots.finalRoots(59)).hasSize(AnswerRoots.MOST).doesNotHaveDuplicates();
        assertThat(roots.finalRoots(59).get(0)).isEqualTo(root(29));
        assertThat(roots.finalRoots(59).get(15)).isEqualTo(root(14));
        assertThat(CanonicalReader.decode(roots.encoded(), AnswerRoots::readFrom)).isEqualTo(roots);
    }

    @Test
    void emptyStateHasNoRootToProveAnythingBy() {
        assertThat(AnswerRoots.NONE.next(1, 0, Hash.ZERO).next(2, 0, Hash.ZERO).finalRoots(1))
                .isEmpty();
    }

    @Test
    void blockAfterACheckpointNotesTheRootOfItsState() {
        Trial trial = Trial.start();
        long epochLength = trial.parameters().finality().epochLength();
        Ledger ledger = trial.ledger();
        Hash before = ledger.map(StateTree.ANSWERED_ORACLES).root();
        for (long height = 1; height <= epochLength; height++) {
            ledger = BlockSteps.begin(ledger, trial.at(height).context(), root(0));
        }
        assertThat(ledger.answerRoots()).isEqualTo(AnswerRoots.NONE);

        Ledger after = BlockSteps.begin(ledger, trial.at(epochLength + 1).context(), root(0));

        assertThat(after.answerRoots()).isEqualTo(new AnswerRoots(1, before, Hash.ZERO, List.of()));
    }

    private final Trial trial = Trial.start();
    private final Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);

    /** Bob has put 20 behind the answer to a question of Mallory's. */
    private CoSignedState locked() {
        return deal.state(
                42,
                20,
                10,
                new ContractLock(
                        7,
                        ByAnswer.codeHash(),
                        ContractCall.stateHash(STATE),
                        TERMS.sum(),
                        1,
                        ByAnswer.GAS.time(),
                        ByAnswer.GAS.space()));
    }

    private Outcome.Applied force() {
        return trial.accept(
                trial.signed(
                        Alice.KEYS,
                        new ChannelTransaction.ForceProgress(
                                deal.id(),
                                Optional.empty(),
                                7,
                                ByAnswer.code(),
                                STATE,
                                ShownAnswer.message(YES.proof(DELIVERED))),
                        ByAnswer.GAS.time(),
                        ByAnswer.GAS.space()));
    }

    @Test
    void forcedStepPaysByAnAnswerOfAFinalState() {
        trial.accept(Bob.KEYS, deal.solo(locked()));
        trial.replace(
                trial.ledger()
                        .withAnswerRoots(
                                new AnswerRoots(9, root(3), root(2), List.of(YES.root()))));

        force();

        assertThat(deal.entry().recorded().balances())
                .containsExactly(Amount.of(40), Amount.of(10));
        assertThat(deal.entry().recorded().lock(7).orElseThrow().locked()).isEqualTo(Amount.ZERO);
    }

    @Test
    void forcedStepByAnAnswerThatIsNotFinalYetIsPaidForAndChangesNothing() {
        trial.accept(Bob.KEYS, deal.solo(locked()));
        trial.replace(
                trial.ledger().withAnswerRoots(new AnswerRoots(9, root(3), YES.root(), List.of())));

        Outcome.Applied early = force();
        assertThat(early.facts().get(1)).isInstanceOf(LedgerFact.ContractStepFailed.class);
        trial.finalise(8);
        force();

        assertThat(deal.entry().recorded().balances())
                .containsExactly(Amount.of(40), Amount.of(10));
    }
}
