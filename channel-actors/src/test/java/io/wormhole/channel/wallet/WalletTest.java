package io.wormhole.channel.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WalletTest {
    private final ActorTestKit kit =
            ActorTestKit.create(
                    PersistenceTestKitPlugin.getInstance()
                            .config()
                            .withFallback(PersistenceTestKitSnapshotPlugin.config())
                            .withFallback(ConfigFactory.load()));
    private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    private final FakeSettlement chain =
            new FakeSettlement(
                    TestNetwork.ID,
                    Map.of(Alice.ADDRESS, Amount.of(1_000_000)),
                    FakeSettlement.Rules.NONE);
    private final TestProbe<Payment> payments = kit.createTestProbe();
    private ActorRef<Wallet.Command> wallet = kit.spawn(Wallet.create(Alice.KEYS, chain));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private void bring(String purpose, long amount) {
        wallet.tell(
                new Wallet.Bring(
                        purpose,
                        new Transfer(Bob.ADDRESS, Amount.of(amount)),
                        0,
                        0,
                        payments.ref()));
    }

    private void eventually(Runnable assertion) {
        payments.awaitAssert(
                Duration.ofSeconds(10),
                Duration.ofMillis(10),
                () -> {
                    assertion.run();
                    return true;
                });
    }

    private void awaitWaiting(int count) {
        eventually(() -> assertThat(chain.waiting()).hasSize(count));
    }

    /** A final block, and the wallet looks. */
    private void block() {
        chain.mine();
        chain.finalise();
        wallet.tell(new Wallet.LookAfter());
    }

    private Payment.Settled settled() {
        return (Payment.Settled) payments.receiveMessage(Duration.ofSeconds(10));
    }

    private long bobs() {
        return chain.state(Certainty.FINAL).balance(Bob.ADDRESS).baseUnits();
    }

    private void restart() {
        kit.stop(wallet);
        wallet = kit.spawn(Wallet.create(Alice.KEYS, chain));
    }

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

    /** Blocks come until something waits at this price or more. */
    private void blocksUntilPrice(long least) {
        eventually(
                () -> {
                    block();
                    assertThat(chain.waiting())
                            .singleElement()
                            .satisfies(
                                    it ->
                                            assertThat(it.transaction().gasPrice().baseUnits())
                                                    .isGreaterThanOrEqualTo(least));
                });
    }

    @Test
    void whatWaitsTooLongPaysMoreUntilABlockTakesIt() {
        chain.setLeastPrice(Amount.of(7));
        bring("challenge", 5);
        awaitWaiting(1);

        blocksUntilPrice(2);
        eventually(
                () -> {
                    block();
                    assertThat(chain.waiting()).isEmpty();
                });

        assertThat(settled().purpose()).isEqualTo("challenge");
        assertThat(bobs()).isEqualTo(5);
        assertThat(chain.included()).hasSize(1);
    }

    @Test
    void whatIsWantedNextBeginsNearThePriceThatWasNeeded() {
        chain.setLeastPrice(Amount.of(7));
        bring("close", 5);
        awaitWaiting(1);
        eventually(
                () -> {
                    block();
                    assertThat(chain.waiting()).isEmpty();
                });
        settled();
        long paid = chain.included().get(0).transaction().gasPrice().baseUnits();

        bring("force", 5);
        awaitWaiting(1);

        assertThat(chain.waiting().get(0).transaction().gasPrice().baseUnits())
                .isEqualTo(paid * 2 / 3);
    }

    @Test
    void theCheaperOneCountsWhenABlockTakesIt() {
        chain.setLeastPrice(Amount.of(1_000));
        bring("challenge", 5);
        awaitWaiting(1);
        var first = chain.waiting().get(0);
        blocksUntilPrice(2);
        restart();

        // A miner had kept the first one.
        chain.emptyPool();
        chain.setLeastPrice(Amount.ZERO);
        chain.submit(first);
        eventually(
                () -> {
                    block();
                    assertThat(bobs()).isEqualTo(5);
                });
        bring("challenge", 5);

        assertThat(settled().transaction()).isEqualTo(first.id());
        block();
        assertThat(bobs()).isEqualTo(5);
        assertThat(chain.included()).hasSize(1);
    }

    @Test
    void aPriceOutOfAllProportionIsNotPaid() {
        chain.setLeastPrice(Amount.of(1_000_000));
        bring("challenge", 5);
        awaitWaiting(1);

        for (int i = 0; i < 300; i++) {
            block();
        }
        blocksUntilPrice(2);

        assertThat(chain.waiting().get(0).transaction().gasPrice().baseUnits())
                .isLessThanOrEqualTo(FeeBump.MOST_TIMES);
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

    @Test
    void whatTheRulesRefuseIsReportedAndItsNonceUsedAgain() {
        bring("too much", 2_000_000);
        assertThat(payments.receiveMessage(Duration.ofSeconds(10)))
                .isEqualTo(
                        new Payment.Abandoned(
                                "too much", "insufficient-funds", "refused by the rules"));

        bring("rent", 5);
        awaitWaiting(1);
        block();

        settled();
        assertThat(bobs()).isEqualTo(5);
    }

    @Test
    void laterTransactionsDoNotWaitBehindOneThatWasGivenUp() {
        bring("first", 1);
        awaitWaiting(1);
        bring("second", 2);
        awaitWaiting(2);
        // A miner drops the first, and from now on the chain refuses it.
        chain.setRefuseAll(Optional.of("state-not-newer"));
        chain.drop(chain.waiting().get(0).id());
        wallet.tell(new Wallet.LookAfter());
        assertThat(payments.receiveMessage(Duration.ofSeconds(10)))
                .isInstanceOf(Payment.Abandoned.class);
        chain.setRefuseAll(Optional.empty());

        wallet.tell(new Wallet.LookAfter());
        awaitWaiting(2);
        block();

        assertThat(settled().purpose()).isEqualTo("second");
        assertThat(bobs()).isEqualTo(2);
    }

    @Test
    void alsoWhatWasRaisedIsGivenUpOnceNoVersionOfItIsAnywhere() {
        chain.setLeastPrice(Amount.of(1_000));
        bring("close", 5);
        awaitWaiting(1);
        blocksUntilPrice(2);
        chain.setRefuseAll(Optional.of("channel-not-in"));
        chain.emptyPool();

        // As with every block: it may still be about the version before.
        Payment end =
                payments.awaitAssert(
                        Duration.ofSeconds(10),
                        () -> {
                            wallet.tell(new Wallet.LookAfter());
                            return payments.receiveMessage(Duration.ofMillis(300));
                        });

        assertThat(end).isInstanceOf(Payment.Abandoned.class);
    }

    @Test
    void aChainThatIsNotReadyDelaysAndLosesNothing() {
        chain.setStopped(true);
        bring("rent", 5);
        payments.expectNoMessage(Duration.ofMillis(50));
        chain.setStopped(false);

        wallet.tell(new Wallet.LookAfter());
        awaitWaiting(1);
        block();

        settled();
        assertThat(bobs()).isEqualTo(5);
    }

    @Test
    void aFullPoolIsNoRefusal() {
        chain.setRefuseAll(Optional.of("pool-full"));
        bring("rent", 5);
        payments.expectNoMessage(Duration.ofMillis(50));
        chain.setRefuseAll(Optional.empty());

        wallet.tell(new Wallet.LookAfter());
        awaitWaiting(1);
        block();

        settled();
    }

    @Test
    void whatNobodyCouldReadIsRefusedAndStopsNothing() {
        for (String text : List.of("x".repeat(1025), "half a pair \ud800")) {
            wallet.tell(
                    new Wallet.Bring(
                            "ask " + text.length(),
                            new OracleTransaction.Ask(text, new BlockHeight(10), 20),
                            0,
                            0,
                            payments.getRef()));

            Payment.Abandoned refused =
                    (Payment.Abandoned) payments.receiveMessage(Duration.ofSeconds(10));

            assertThat(refused.code()).isEqualTo("malformed");
        }
        restart();

        bring("rent", 5);
        awaitWaiting(1);
        block();
        assertThat(settled().purpose()).isEqualTo("rent");
    }
}
