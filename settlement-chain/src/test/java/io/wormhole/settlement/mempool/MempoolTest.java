package io.wormhole.settlement.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MempoolTest {
    private static final Amount RICH = Amount.of(1_000_000_000);

    private final Mempool pool = new Mempool(new MempoolLimits(4, 1 << 20, 3, 10, 2, 1));

    @Test
    void noncesOfOneSenderComeInSequenceWhateverTheirOrderOfArrival() {
        SignedTransaction second = pay(Alice.KEYS, 2, 10);
        SignedTransaction first = pay(Alice.KEYS, 1, 10);
        admit(second);
        admit(first);

        assertThat(pool.inOrder(sender -> Nonce.ZERO)).containsExactly(first, second);
        assertThat(pool.nextNonce(Alice.ADDRESS, Nonce.ZERO)).isEqualTo(new Nonce(3));
    }

    @Test
    void aTransactionBehindAGapIsNotOffered() {
        admit(pay(Alice.KEYS, 2, 10));

        assertThat(pool.inOrder(sender -> Nonce.ZERO)).isEmpty();
        assertThat(pool.nextNonce(Alice.ADDRESS, Nonce.ZERO)).isEqualTo(new Nonce(1));
    }

    @Test
    void thoseWhoPayMoreComeFirst() {
        SignedTransaction cheap = pay(Alice.KEYS, 1, 10);
        SignedTransaction dear = pay(Bob.KEYS, 1, 20);
        admit(cheap);
        admit(dear);

        assertThat(pool.inOrder(sender -> Nonce.ZERO)).containsExactly(dear, cheap);
    }

    @Test
    void aReplacementMustPayATenthMore() {
        SignedTransaction first = pay(Alice.KEYS, 1, 100);
        SignedTransaction replacement = pay(Alice.KEYS, 1, 110);
        admit(first);

        assertThat(admit(pay(Alice.KEYS, 1, 109)))
                .isEqualTo(new Admission.ReplacementTooCheap(Amount.of(109), Amount.of(110)));
        assertThat(admit(replacement)).isInstanceOf(Admission.Added.class);
        assertThat(pool.inOrder(sender -> Nonce.ZERO)).containsExactly(replacement);
    }

    @Test
    void aUsedNonceIsRefused() {
        Admission admission = pool.admit(pay(Alice.KEYS, 5, 10), new Nonce(5), RICH);

        assertThat(admission).isEqualTo(new Admission.NonceUsed(new Nonce(5), new Nonce(5)));
    }

    @Test
    void oneSenderCannotFillThePool() {
        for (int nonce = 1; nonce <= 3; nonce++) {
            admit(pay(Alice.KEYS, nonce, 10));
        }

        assertThat(admit(pay(Alice.KEYS, 4, 10)))
                .isEqualTo(new Admission.NonceTooFar(new Nonce(4), new Nonce(3)));
    }

    @Test
    void aFullPoolPutsTheCheapestOutForABetterPayingOne() {
        SignedTransaction cheapest = pay(Bob.KEYS, 1, 5);
        admit(pay(Alice.KEYS, 1, 10));
        admit(pay(Alice.KEYS, 2, 10));
        admit(pay(Alice.KEYS, 3, 10));
        admit(cheapest);

        assertThat(admit(pay(Mallory.KEYS, 1, 5))).isInstanceOf(Admission.PoolFull.class);
        assertThat(admit(pay(Mallory.KEYS, 1, 6))).isInstanceOf(Admission.Added.class);
        assertThat(pool.contains(cheapest.id())).isFalse();
        assertThat(pool.size()).isEqualTo(4);
    }

    @Test
    void whoIsPutOutTakesThoseAlongThatWaitBehindIt() {
        SignedTransaction first = pay(Bob.KEYS, 1, 5);
        SignedTransaction second = pay(Bob.KEYS, 2, 50);
        admit(first);
        admit(second);
        admit(pay(Alice.KEYS, 1, 10));
        admit(pay(Alice.KEYS, 2, 10));

        assertThat(admit(pay(Bob.KEYS, 3, 60))).isInstanceOf(Admission.PoolFull.class);
        assertThat(admit(pay(Mallory.KEYS, 1, 6))).isInstanceOf(Admission.Added.class);

        assertThat(pool.contains(first.id())).isFalse();
        assertThat(pool.contains(second.id())).isFalse();
        assertThat(pool.size()).isEqualTo(3);
    }

    @Test
    void feesBeyondTheBalanceAreRefused() {
        SignedTransaction first = pay(Alice.KEYS, 1, 10);
        Amount enoughForOne = Amount.of(10L * first.encoded().size());
        pool.admit(first, Nonce.ZERO, enoughForOne);

        assertThat(pool.admit(pay(Alice.KEYS, 2, 10), Nonce.ZERO, enoughForOne))
                .isInstanceOf(Admission.CannotPay.class);
    }

    @Test
    void knowsWhatItHasAlready() {
        SignedTransaction first = pay(Alice.KEYS, 1, 10);
        admit(first);

        assertThat(admit(first)).isEqualTo(new Admission.Known());
    }

    @Test
    void whatABlockTookIsForgottenAndWhatItOvertookToo() {
        SignedTransaction first = pay(Alice.KEYS, 1, 10);
        SignedTransaction second = pay(Alice.KEYS, 2, 10);
        admit(first);
        admit(second);

        pool.remove(List.of(first.id()));
        assertThat(pool.inOrder(sender -> new Nonce(1))).containsExactly(second);
        pool.advance(Alice.ADDRESS, new Nonce(2));

        assertThat(pool.size()).isZero();
        assertThat(pool.sizeBytes()).isZero();
    }

    @Test
    void votesComeFirstAndLeaveWithTheirEpoch() {
        SignedTransaction vote = vote(Alice.KEYS, 3);
        SignedTransaction paid = pay(Bob.KEYS, 1, 1_000);
        admit(paid);
        admit(vote);

        assertThat(pool.inOrder(sender -> Nonce.ZERO)).containsExactly(vote, paid);
        assertThat(admit(vote(Alice.KEYS, 4))).isEqualTo(new Admission.TooManyVotes(1));
        pool.dropVotesBefore(4);
        assertThat(pool.inOrder(sender -> Nonce.ZERO)).containsExactly(paid);
    }

    private Admission admit(SignedTransaction transaction) {
        return pool.admit(transaction, Nonce.ZERO, RICH);
    }

    private static SignedTransaction pay(KeyPair from, long nonce, long gasPrice) {
        return Transaction.of(
                        from.publicKey(),
                        new Nonce(nonce),
                        Amount.of(gasPrice),
                        new Transfer(new Address(Hash.ZERO), Amount.of(1)))
                .signedBy(from, TestNetwork.ID);
    }

    private static SignedTransaction vote(KeyPair from, long epoch) {
        return Transaction.of(
                        from.publicKey(),
                        Nonce.ZERO,
                        Amount.ZERO,
                        new FinalityTransaction.Vote(
                                new Checkpoint(epoch - 1, Hash.ZERO),
                                new Checkpoint(epoch, Hash.ZERO)))
                .signedBy(from, TestNetwork.ID);
    }
}
