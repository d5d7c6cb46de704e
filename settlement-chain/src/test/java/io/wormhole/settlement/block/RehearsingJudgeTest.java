package io.wormhole.settlement.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.ledger.Ledger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsingJudgeTest {
    /** On which nothing can be run. */
    private static final Ledger NOTHING = Ledger.of(tree -> AuthenticatedMap.EMPTY);

    private final BlockTrial trial = new BlockTrial(0);
    private final RehearsingJudge judge = new RehearsingJudge(trial.verifier());

    private SignedTransaction pay(long amount) {
        return Transaction.of(
                        Alice.KEYS.publicKey(),
                        new Nonce(1),
                        Amount.of(10),
                        new Transfer(Bob.ADDRESS, Amount.of(amount)))
                .signedBy(Alice.KEYS, trial.genesis().networkId());
    }

    private Block block(SignedTransaction... transactions) {
        return trial.mined(trial.assemble(List.of(transactions)).unsolved());
    }

    private Optional<BlockWitness> rehearse(Block block) {
        BlockHeader parent = trial.head().header();
        return judge.witness(parent, trial.ledger(), block.header(), block.transactions());
    }

    @Test
    void aBlockWhoseWitnessWasFoundIsNotRunAgain() {
        Block block = block(pay(5));

        assertThat(rehearse(block)).contains(block.witness());
        Judgement judgement = judge.apply(trial.context(), NOTHING, block.bare());

        Effects expected =
                ((Judgement.Valid) trial.verifier().apply(trial.context(), trial.ledger(), block))
                        .effects();
        assertThat(judgement).isInstanceOf(Judgement.Valid.class);
        Effects effects = ((Judgement.Valid) judgement).effects();
        assertThat(effects.facts()).isEqualTo(expected.facts());
        assertThat(effects.ledger().supply()).isEqualTo(expected.ledger().supply());
        assertThatThrownBy(() -> judge.apply(trial.context(), NOTHING, block.bare()))
                .as("it is remembered for one judgement")
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void headerContentAndSignaturesAreJudgedAllTheSame() {
        Block good = block(pay(5));
        SignedTransaction forged =
                new SignedTransaction(good.transactions().get(0).transaction(), pay(6).signature());
        Block unsigned = trial.mined(good.withWork(0, List.of()));
        rehearse(good);
        assertThat(
                        judge.apply(
                                trial.context(),
                                trial.ledger(),
                                BareBlock.of(good.header(), List.of(forged))))
                .isInstanceOf(Judgement.Invalid.class);

        Block unsolved = unsigned.withWork(1, List.of());
        assertThat(rehearse(unsolved)).isPresent();

        assertThat(judge.apply(trial.context(), trial.ledger(), unsolved.bare()))
                .isInstanceOf(Judgement.Invalid.class);
    }

    @Test
    void onlyTheLastFewAreRemembered() {
        Block first = block(pay(1));
        rehearse(first);
        for (long amount = 2; amount < 6; amount++) {
            rehearse(block(pay(amount)));
        }

        assertThatThrownBy(() -> judge.apply(trial.context(), NOTHING, first.bare()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatTheHeaderDoesNotCommitToHasNoWitness() {
        Block block = block(pay(5));

        assertThat(
                        judge.witness(
                                trial.head().header(),
                                trial.ledger(),
                                block.header(),
                                List.of(pay(6))))
                .isEmpty();
    }
}
