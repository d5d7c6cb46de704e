package io.wormhole.settlement.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.genesis.MoneyRules;
import io.wormhole.settlement.genesis.TestParameters;
import io.wormhole.settlement.ledger.SupplyTotals;
import org.junit.jupiter.api.Test;

/** Edges that only whole blocks have: the producer's own fee, and the last money ever minted. */
class BlockEdgesTest {
    /** All that a {@link BlockTrial} begins with: three accounts and two stakes. */
    private static final long GENESIS = (3 * 1000 + 100) * BlockTrial.DSD;

    private static SignedTransaction pay(BlockTrial trial, KeyPair from, long nonce, long amount) {
        return Transaction.of(
                        from.publicKey(),
                        new Nonce(nonce),
                        Amount.of(10),
                        new Transfer(Bob.ADDRESS, Amount.of(amount)))
                .signedBy(from, trial.genesis().networkId());
    }

    private static long balance(BlockTrial trial) {
        return trial.ledger().account(BlockTrial.PRODUCER).orElseThrow().balance().baseUnits();
    }

    @Test
    void aProducersOwnFeeComesBackAtTheEndOfItsBlock() {
        BlockTrial trial = new BlockTrial(0);
        long before = balance(trial);
        long subsidy = trial.genesis().parameters().money().subsidy().baseUnits();

        trial.add(pay(trial, Mallory.KEYS, 1, 500));

        assertThat(balance(trial)).isEqualTo(before - 500 + subsidy * 7 / 10);
    }

    @Test
    void aProducerCannotSpendItsFeesInTheSameBlock() {
        BlockTrial trial = new BlockTrial(0);
        long fee = 10L * pay(trial, Mallory.KEYS, 1, 1).encoded().size();
        long all = balance(trial) - fee;

        Assembly assembly =
                trial.add(pay(trial, Mallory.KEYS, 1, all), pay(trial, Mallory.KEYS, 2, 1));

        assertThat(assembly.dropped())
                .singleElement()
                .satisfies(
                        dropped -> assertThat(dropped.refusal().code()).isEqualTo("funds-too-low"));
    }

    @Test
    void theLastSubsidyIsWhatIsLeftAndThenNothingIsMinted() {
        long subsidy = TestParameters.withRent(0, 0).money().subsidy().baseUnits();
        Amount most = Amount.of(GENESIS + subsidy + subsidy / 2);
        BlockTrial trial = new BlockTrial(TestParameters.withSupply(most));
        long[] produced = new long[4];

        for (int block = 0; block < produced.length; block++) {
            long before = balance(trial);
            trial.add();
            produced[block] = balance(trial) - before;
        }

        // Nobody votes, so the fifth for voters is not minted, and that much is left for later.
        assertThat(produced[0]).isEqualTo(subsidy * 7 / 10);
        assertThat(produced[1]).isEqualTo(subsidy * 7 / 10 * 7 / 10);
        assertThat(produced[3]).isLessThan(produced[2]);
        SupplyTotals totals = trial.ledger().supply();
        assertThat(most.covers(totals.issued())).isTrue();
        assertThat(totals.isBalanced()).isTrue();
    }

    @Test
    void atTheMaximumABlockHoldsFeesAlone() {
        BlockTrial trial = new BlockTrial(TestParameters.withSupply(Amount.of(GENESIS)));
        long before = balance(trial);

        trial.add(pay(trial, Bob.KEYS, 1, 7));

        long fee = 10L * pay(trial, Bob.KEYS, 1, 7).encoded().size();
        assertThat(balance(trial)).isEqualTo(before + fee);
        assertThat(trial.ledger().supply().minted()).isEqualTo(Amount.ZERO);
        assertThat(MoneyRules.LARGEST_SUPPLY.baseUnits()).isEqualTo((1L << 62) - 1);
    }
}
