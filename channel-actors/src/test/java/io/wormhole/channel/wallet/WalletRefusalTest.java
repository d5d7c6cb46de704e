package io.wormhole.channel.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.transaction.OracleTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a wallet does when the chain refuses, or answers nothing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WalletRefusalTest extends WalletOnChain {
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
