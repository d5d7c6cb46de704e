package io.wormhole.channel.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.entity.JournalKit;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.transaction.Transfer;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;

/** Alice's wallet, with its journal, on a chain that does what a test wants. */
abstract class WalletOnChain {
    final ActorTestKit kit = JournalKit.create();
    final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    final FakeSettlement chain =
            new FakeSettlement(
                    TestNetwork.ID,
                    Map.of(Alice.ADDRESS, Amount.of(1_000_000)),
                    FakeSettlement.Rules.NONE);
    final TestProbe<Payment> payments = kit.createTestProbe();
    ActorRef<Wallet.Command> wallet = kit.spawn(Wallet.create(Alice.KEYS, chain));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    void bring(String purpose, long amount) {
        wallet.tell(
                new Wallet.Bring(
                        purpose,
                        new Transfer(Bob.ADDRESS, Amount.of(amount)),
                        0,
                        0,
                        payments.ref()));
    }

    void eventually(Runnable assertion) {
        payments.awaitAssert(
                Duration.ofSeconds(10),
                Duration.ofMillis(10),
                () -> {
                    assertion.run();
                    return true;
                });
    }

    void awaitWaiting(int count) {
        eventually(() -> assertThat(chain.waiting()).hasSize(count));
    }

    /** A final block, and the wallet looks. */
    void block() {
        chain.mine();
        chain.finalise();
        wallet.tell(new Wallet.LookAfter());
    }

    Payment.Settled settled() {
        return (Payment.Settled) payments.receiveMessage(Duration.ofSeconds(10));
    }

    long bobs() {
        return chain.state(Certainty.FINAL).balance(Bob.ADDRESS).baseUnits();
    }

    void restart() {
        kit.stop(wallet);
        wallet = kit.spawn(Wallet.create(Alice.KEYS, chain));
    }

    /** Blocks come until something waits at this price or more. */
    void blocksUntilPrice(long least) {
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
}
