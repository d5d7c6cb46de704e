package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.StakeTransaction;
import org.junit.jupiter.api.Test;

/** Stakes, votes and evidence on the ledger; the gadget itself is tested in its own package. */
class StakesTest {
    private static final Amount STAKE = Amount.of(5 * Trial.DSD);

    private final Trial trial = Trial.start();

    /** Runs empty blocks up to {@code height}; every parent has a hash of its own. */
    private void blocksTo(long height) {
        for (long h = 1; h <= height; h++) {
            trial.at(h);
            trial.replace(BlockSteps.begin(trial.ledger(), trial.context(), blockHash(h - 1)));
        }
    }

    private static Hash blockHash(long height) {
        return Hash.of(DomainTag.ENTROPY, new BlockHeight(height).encoded());
    }

    private SignedTransaction vote(KeyPair who, long sourceEpoch, long targetEpoch) {
        return Trial.vote(who, trial.network(), checkpoint(sourceEpoch), checkpoint(targetEpoch));
    }

    private static Checkpoint checkpoint(long epoch) {
        return new Checkpoint(epoch, blockHash(4 * epoch));
    }

    private String reason(Refusal.FinalityRefused refusal) {
        assertThat(refusal.code()).startsWith("finality-");
        return refusal.reason().id();
    }

    @Test
    void aDepositLocksMoneyAndOnlyOnce() {
        Amount before = trial.balance(Bob.ADDRESS);

        Outcome.Applied applied = trial.accept(Bob.KEYS, new StakeTransaction.Deposit(STAKE));

        assertThat(trial.balance(Bob.ADDRESS)).isEqualTo(before.minus(STAKE).minus(applied.fee()));
        assertThat(trial.ledger().finality().validators().find(Bob.ADDRESS)).isPresent();
        assertThat(applied.facts()).contains(new LedgerFact.StakeChanged(Bob.ADDRESS));
        assertThat(
                        reason(
                                trial.refuse(
                                        Bob.KEYS,
                                        new StakeTransaction.Deposit(STAKE),
                                        Refusal.FinalityRefused.class)))
                .isEqualTo("already-staked");
    }

    @Test
    void aDepositBelowTheMinimumIsRefused() {
        assertThat(
                        reason(
                                trial.refuse(
                                        Bob.KEYS,
                                        new StakeTransaction.Deposit(Amount.of(Trial.DSD - 1)),
                                        Refusal.FinalityRefused.class)))
                .isEqualTo("deposit-too-small");
    }

    @Test
    void aStakeThatNeverVotedIsPaidBackAfterTheDelay() {
        trial.accept(Bob.KEYS, new StakeTransaction.Deposit(STAKE));
        trial.refuse(Bob.KEYS, new StakeTransaction.Withdraw(), Refusal.FinalityRefused.class);
        trial.accept(Bob.KEYS, new StakeTransaction.Logout());
        long delay = trial.parameters().finality().withdrawalDelayEpochs();

        blocksTo(4 * delay);
        trial.refuse(Bob.KEYS, new StakeTransaction.Withdraw(), Refusal.FinalityRefused.class);
        trial.at(4 * delay + 1);
        trial.replace(BlockSteps.begin(trial.ledger(), trial.context(), blockHash(4 * delay)));
        Amount before = trial.balance(Bob.ADDRESS);
        Outcome.Applied applied = trial.accept(Bob.KEYS, new StakeTransaction.Withdraw());

        assertThat(trial.balance(Bob.ADDRESS)).isEqualTo(before.plus(STAKE).minus(applied.fee()));
        trial.refuse(Bob.KEYS, new StakeTransaction.Logout(), Refusal.FinalityRefused.class);
    }

    @Test
    void votesJustifyWithoutAFeeOrAnAccount() {
        blocksTo(6);

        Outcome.Applied applied = trial.accept(vote(Alice.KEYS, 0, 1));

        assertThat(applied.fee()).isEqualTo(Amount.ZERO);
        assertThat(trial.ledger().finality().justified()).isEqualTo(checkpoint(1));
        assertThat(reason(trial.refuse(vote(Alice.KEYS, 0, 1), Refusal.FinalityRefused.class)))
                .isEqualTo("duplicate-vote");
        assertThat(reason(trial.refuse(vote(Bob.KEYS, 0, 1), Refusal.FinalityRefused.class)))
                .isEqualTo("unknown-validator");
    }

    @Test
    void twoEpochsInARowMakeTheFirstFinal() {
        blocksTo(6);
        trial.accept(vote(Alice.KEYS, 0, 1));
        for (long h = 7; h <= 10; h++) {
            trial.at(h);
            trial.replace(BlockSteps.begin(trial.ledger(), trial.context(), blockHash(h - 1)));
        }

        trial.accept(vote(Alice.KEYS, 1, 2));

        assertThat(trial.ledger().finality().finalised()).isEqualTo(checkpoint(1));
    }

    private SignedTransaction other(KeyPair who) {
        return Trial.vote(
                who, trial.network(), checkpoint(0), new Checkpoint(1, Bob.ADDRESS.hash()));
    }

    @Test
    void evidenceTakesTheWholeStakeAndRewardsTheReporter() {
        Amount before = trial.balance(Bob.ADDRESS);
        Amount stake = Amount.of(100 * Trial.DSD);

        Outcome.Applied applied =
                trial.accept(
                        Bob.KEYS,
                        new FinalityTransaction.Evidence(
                                vote(Alice.KEYS, 0, 1), other(Alice.KEYS)));

        Amount reward = Amount.of(4 * Trial.DSD);
        assertThat(trial.balance(Bob.ADDRESS)).isEqualTo(before.plus(reward).minus(applied.fee()));
        assertThat(trial.ledger().supply().burned()).isEqualTo(stake.minus(reward));
        assertThat(trial.ledger().finality().validators().find(Alice.ADDRESS)).isEmpty();
        assertThat(applied.facts()).contains(new LedgerFact.StakeChanged(Alice.ADDRESS));
    }

    @Test
    void evidenceMustBeAnOffenceSignedForThisNetwork() {
        SignedTransaction vote = vote(Alice.KEYS, 0, 1);
        SignedTransaction foreign =
                Trial.vote(
                        Alice.KEYS,
                        TestNetwork.OTHER,
                        checkpoint(0),
                        new Checkpoint(1, Bob.ADDRESS.hash()));

        trial.refuse(
                Bob.KEYS,
                new FinalityTransaction.Evidence(vote, foreign),
                Refusal.EvidenceNotSigned.class);
        assertThat(
                        reason(
                                trial.refuse(
                                        Bob.KEYS,
                                        new FinalityTransaction.Evidence(vote, vote),
                                        Refusal.FinalityRefused.class)))
                .isEqualTo("no-offence");
        assertThat(
                        reason(
                                trial.refuse(
                                        Bob.KEYS,
                                        new FinalityTransaction.Evidence(
                                                vote(Mallory.KEYS, 0, 1), other(Mallory.KEYS)),
                                        Refusal.FinalityRefused.class)))
                .isEqualTo("not-staked");
    }
}
