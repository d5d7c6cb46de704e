package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.genesis.BlockLimits;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Format, signature, nonce, funds: what holds for all bodies. */
class TransitionsTest {
    private final Trial trial = Trial.start();
    private final Transfer toBob = new Transfer(Bob.ADDRESS, Amount.of(500));

    private SignedTransaction signed(long nonce, long gasPrice) {
        return Transaction.of(Alice.KEYS.publicKey(), new Nonce(nonce), Amount.of(gasPrice), toBob)
                .signedBy(Alice.KEYS, trial.network());
    }

    @Test
    void theFeeIsGasPriceTimesBytes() {
        SignedTransaction transaction = signed(1, 13);

        Outcome.Applied applied = trial.accept(transaction);

        assertThat(applied.fee()).isEqualTo(Amount.of(13L * transaction.encoded().size()));
        assertThat(trial.balance(Alice.ADDRESS))
                .isEqualTo(Trial.WEALTH.minus(Amount.of(500)).minus(applied.fee()));
    }

    @Test
    void theFirstFactNamesTheTransaction() {
        SignedTransaction transaction = signed(1, 10);

        assertThat(trial.accept(transaction).facts())
                .startsWith(new LedgerFact.TransactionApplied(transaction.id()));
    }

    @Test
    void aGasPriceBelowTheNetworksLeastIsRefused() {
        trial.refuse(signed(1, 9), Refusal.GasPriceTooLow.class);
        trial.accept(signed(1, 10));
    }

    @Test
    void gasWithoutAContractIsRefused() {
        trial.refuse(trial.signed(Alice.KEYS, toBob, 1, 0), Refusal.GasWithoutContract.class);
        trial.refuse(trial.signed(Alice.KEYS, toBob, 0, 1), Refusal.GasWithoutContract.class);
    }

    @Test
    void aSignatureForAnotherNetworkOrByAnotherKeyIsRefused() {
        Transaction transaction = signed(1, 10).transaction();

        trial.refuse(
                transaction.signedBy(Alice.KEYS, TestNetwork.OTHER),
                Refusal.SignatureInvalid.class);
        trial.refuse(
                new SignedTransaction(
                        transaction,
                        Mallory.KEYS.sign(
                                DomainTag.TRANSACTION, trial.network(), transaction.encoded())),
                Refusal.SignatureInvalid.class);
    }

    @Test
    void noFlippedBitOfASignedTransactionIsApplied() {
        Arbitrary arbitrary = Arbitrary.forTest("TransitionsTest", 7);
        SignedTransaction good = signed(1, 10);

        for (int i = 0; i < 300; i++) {
            Optional<SignedTransaction> bad = decoded(arbitrary, good);
            bad.ifPresent(
                    transaction ->
                            assertThat(trial.submit(transaction))
                                    .isInstanceOf(Outcome.Rejected.class));
        }
    }

    private static Optional<SignedTransaction> decoded(
            Arbitrary arbitrary, SignedTransaction good) {
        try {
            return Optional.of(
                    SignedTransaction.decode(arbitrary.withOneBitFlipped(good.encoded())));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Test
    void aNonceIsUsedOnceAndLeavesNoGap() {
        trial.refuse(signed(0, 10), Refusal.NonceExpected.class);
        trial.refuse(signed(2, 10), Refusal.NonceExpected.class);
        trial.accept(signed(1, 10));

        Refusal.NonceExpected again = trial.refuse(signed(1, 10), Refusal.NonceExpected.class);

        assertThat(again.expected()).isEqualTo(new Nonce(2));
        trial.accept(signed(2, 10));
    }

    @Test
    void whoHasNoAccountCannotSend() {
        KeyPair nobody = Arbitrary.ofSeed(1).keys();

        trial.refuse(nobody, toBob, Refusal.AccountUnknown.class);
    }

    @Test
    void feeAndCostTogetherMustBeCovered() {
        long fee = 10L * signed(1, 10).encoded().size();
        long most = Trial.WEALTH.baseUnits() - fee;

        trial.refuse(
                Alice.KEYS,
                new Transfer(Bob.ADDRESS, Amount.of(most + 1)),
                Refusal.FundsTooLow.class);
        trial.accept(Alice.KEYS, new Transfer(Bob.ADDRESS, Amount.of(most)));

        assertThat(trial.balance(Alice.ADDRESS)).isEqualTo(Amount.ZERO);
    }

    @Test
    void amountsAndGasPricesThatOverflowAreOnlyTooMuch() {
        trial.refuse(
                Alice.KEYS,
                new Transfer(Bob.ADDRESS, Amount.of(Long.MAX_VALUE)),
                Refusal.FundsTooLow.class);
        trial.refuse(signed(1, Long.MAX_VALUE), Refusal.FundsTooLow.class);
    }

    @Test
    void aVoteCarriesNothing() {
        FinalityTransaction.Vote vote =
                new FinalityTransaction.Vote(
                        new Checkpoint(0, Hash.ZERO), new Checkpoint(1, Hash.ZERO));

        trial.refuse(Alice.KEYS, vote, Refusal.VoteNotPlain.class);
    }

    @Test
    void aNewAccountStartsAboveAllNoncesOfEarlierBlocks() {
        KeyPair carol = Arbitrary.ofSeed(2).keys();

        trial.accept(Alice.KEYS, new Transfer(carol.address(), Amount.of(5 * Trial.DSD)));

        assertThat(trial.ledger().account(carol.address()).orElseThrow().nonce())
                .isEqualTo(new Nonce(10 * Draft.NONCES_PER_BLOCK));
        trial.accept(carol, toBob);
    }

    @Test
    void moneyToOneselfMovesNothingAndCostsTheFee() {
        Outcome.Applied applied =
                trial.accept(Alice.KEYS, new Transfer(Alice.ADDRESS, Amount.of(77)));

        assertThat(trial.balance(Alice.ADDRESS)).isEqualTo(Trial.WEALTH.minus(applied.fee()));
    }

    @Test
    void aTransferOfNothingIsAllowedToOneselfOnly() {
        trial.refuse(
                Alice.KEYS,
                new Transfer(Bob.ADDRESS, Amount.ZERO),
                Refusal.TransferOfNothing.class);
        trial.accept(Alice.KEYS, new Transfer(Alice.ADDRESS, Amount.ZERO));
    }

    @Test
    void gasLimitsAreGoodUpToThoseOfABlock() {
        BlockLimits limits = trial.parameters().limits();
        Nonce nonce = trial.nextNonce(Alice.KEYS);
        trial.accept(Alice.KEYS, Puppet.create(Amount.ZERO));
        ContractTransaction.Call call =
                Puppet.call(
                        ContractTransaction.Create.address(Alice.ADDRESS, nonce),
                        0,
                        Puppet.refuse());
        long time = limits.maximumGas() - limits.maximumSpace();

        trial.accept(trial.signed(Bob.KEYS, call, limits.maximumGas(), 0));
        trial.accept(trial.signed(Bob.KEYS, call, time, limits.maximumSpace()));
        for (long[] beyond :
                new long[][] {
                    {limits.maximumGas() + 1, 0},
                    {0, limits.maximumSpace() + 1},
                    {time + 1, limits.maximumSpace()},
                    {Long.MAX_VALUE, 1}
                }) {
            trial.refuse(
                    trial.signed(Bob.KEYS, call, beyond[0], beyond[1]),
                    Refusal.GasLimitTooHigh.class);
        }
    }
}
