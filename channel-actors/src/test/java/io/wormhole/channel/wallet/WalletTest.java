package io.wormhole.channel.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WalletTest extends WalletOnChain {
    @Test
    void whatIsFinalIsReported() {
        bring("rent", 5);
        awaitWaiting(1);
        chain.mine();
        wallet.tell(new Wallet.LookAfter());
        payments.expectNoMessage(Duration.ofMillis(50));

        chain.finalise();
        wallet.tell(new Wallet.LookAfter());

        assertThat(settled().purpose()).isEqualTo("rent");
        assertThat(bobs()).isEqualTo(5);
    }

    @Test
    void aPurposeIsServedOnce() {
        bring("rent", 5);
        bring("rent", 5);
        awaitWaiting(1);
        block();
        settled();

        restart();
        bring("rent", 5);

        settled();
        block();
        assertThat(chain.waiting()).isEmpty();
        assertThat(bobs()).isEqualTo(5);
    }

    @Test
    void aTransactionIsStoredBeforeItIsSent() {
        bring("rent", 5);
        awaitWaiting(1);

        assertThat(journal.persistedInStorage("wallet|" + Alice.ADDRESS)).hasSize(1);
    }

    @Test
    void whatWasStoredAndNotSentIsSentUnchangedAfterARestart() {
        bring("rent", 5);
        awaitWaiting(1);
        SignedTransaction before = chain.waiting().get(0);
        chain.emptyPool();

        restart();

        awaitWaiting(1);
        assertThat(chain.waiting()).containsExactly(before);
    }

    @Test
    void wishesAfterARestartGetTheNextNonces() {
        bring("first", 1);
        awaitWaiting(1);
        chain.emptyPool();

        restart();
        bring("second", 2);

        awaitWaiting(2);
        assertThat(chain.waiting().stream().map(tx -> tx.transaction().nonce()))
                .containsExactlyInAnyOrder(new Nonce(1), new Nonce(2));
    }

    @Test
    void aReorganisationPaysNothingTwice() {
        bring("rent", 5);
        awaitWaiting(1);
        for (int i = 0; i < 5; i++) {
            chain.mine();
            wallet.tell(new Wallet.LookAfter());
            chain.reorganise(1, true);
            wallet.tell(new Wallet.LookAfter());
            awaitWaiting(1);
        }

        chain.mine();
        block();
        settled();

        assertThat(bobs()).isEqualTo(5);
        assertThat(chain.included()).hasSize(1);
    }

    @Test
    void whatLostItsNonceForGoodIsSignedAgain() {
        bring("rent", 5);
        awaitWaiting(1);
        chain.emptyPool();
        SignedTransaction other =
                Transaction.of(
                                Alice.KEYS.publicKey(),
                                new Nonce(1),
                                chain.gasPrice(),
                                new Transfer(Bob.ADDRESS, Amount.of(70)))
                        .signedBy(Alice.KEYS, TestNetwork.ID);
        chain.submit(other);

        block();
        awaitWaiting(1);
        block();

        settled();
        assertThat(bobs()).isEqualTo(75);
    }

    @Test
    void nothingIsSignedAgainBeforeTheOtherIsFinal() {
        bring("rent", 5);
        awaitWaiting(1);
        chain.emptyPool();
        chain.submit(
                Transaction.of(
                                Alice.KEYS.publicKey(),
                                new Nonce(1),
                                chain.gasPrice(),
                                new Transfer(Bob.ADDRESS, Amount.of(70)))
                        .signedBy(Alice.KEYS, TestNetwork.ID));
        chain.mine();
        for (int i = 0; i < 5; i++) {
            wallet.tell(new Wallet.LookAfter());
        }

        payments.expectNoMessage(Duration.ofMillis(100));

        assertThat(chain.waiting()).isEmpty();
    }
}
