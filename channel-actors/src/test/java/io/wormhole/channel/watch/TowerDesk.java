package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelLedger;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.entity.JournalKit;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.payment.IssuedInvoice;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.channel.wallet.Payment;
import io.wormhole.channel.wallet.Wallet;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;

/** The desk of a tower on a chain of its own, with what its clients hear of it. */
abstract class TowerDesk {
    static final PublicKey ALICE = Alice.KEYS.publicKey();
    static final ChannelTerms CHANNEL = Side.terms(CloseRule.CLOSE_AT_ONCE);
    static final ChannelId ID = CHANNEL.id(TestNetwork.ID);
    static final long DEPOSIT = Side.DEPOSIT.baseUnits();
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final ActorTestKit kit = JournalKit.create();
    final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    final FakeSettlement chain =
            new FakeSettlement(
                    TestNetwork.ID,
                    Map.of(
                            Alice.ADDRESS,
                            Amount.of(1_000_000),
                            Bob.ADDRESS,
                            Amount.of(1_000_000),
                            Watching.TOWER.address(),
                            Amount.of(1_000_000)),
                    new ChannelLedger(TestNetwork.ID, new VmContracts()));
    final World world = new World();
    ActorRef<Wallet.Command> wallet = kit.spawn(Wallet.create(Watching.TOWER, chain));
    ActorRef<WatchDesk.Command> desk = kit.spawn(desk());

    Behavior<WatchDesk.Command> desk() {
        return WatchDesk.create(
                new WatchOffice(Watching.TOWER, TestNetwork.ID, Watching.TERMS, 2, world), chain);
    }

    /** Clients and payments, as the desk sees them. */
    final class World implements WatchDeskWorld {
        final BlockingQueue<WatchMessage> said = new LinkedBlockingQueue<>();
        final List<String> alarms = new CopyOnWriteArrayList<>();
        volatile IssuedInvoice.State invoices = IssuedInvoice.State.OPEN;
        volatile Instant now = START;
        private int issued;

        @Override
        public void say(PublicKey client, WatchMessage message) {
            said.add(message);
        }

        @Override
        public CompletionStage<Boolean> isPartner(PublicKey client) {
            return CompletableFuture.completedFuture(!client.equals(Mallory.KEYS.publicKey()));
        }

        @Override
        public synchronized CompletionStage<Invoice> invoice(Amount price, String description) {
            return CompletableFuture.completedFuture(Watching.invoice(issued++));
        }

        @Override
        public CompletionStage<Optional<IssuedInvoice.State>> invoiceState(Hash hash) {
            return CompletableFuture.completedFuture(Optional.of(invoices));
        }

        @Override
        public void bring(String purpose, TransactionBody body) {
            wallet.tell(
                    new Wallet.Bring(purpose, body, 0, 0, kit.<Payment>createTestProbe().ref()));
        }

        @Override
        public void alarm(String code, String words) {
            alarms.add(code);
        }

        @Override
        public Instant now() {
            return now;
        }
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    <T extends WatchMessage> T hears(Class<T> kind) {
        try {
            WatchMessage next = world.said.poll(10, TimeUnit.SECONDS);
            assertThat(next).isInstanceOf(kind);
            return kind.cast(next);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    void says(PublicKey client, WatchMessage message) {
        desk.tell(new WatchDesk.Heard(client, message));
    }

    void subscribes() {
        says(ALICE, new WatchMessage.Ask(true));
        assertThat(hears(WatchMessage.Terms.class).invoice()).isPresent();
        world.invoices = IssuedInvoice.State.PAID;
        says(ALICE, new WatchMessage.Ask(false));
        assertThat(hears(WatchMessage.Terms.class).paidUntil())
                .contains(START.plus(Watching.TERMS.period()));
    }

    void handsOver(long nonce, long alices) {
        WatchMessage.Hold hold = Watching.hold(CHANNEL, nonce, alices);
        says(ALICE, hold);
        WatchReceipt receipt = hears(WatchMessage.Receipt.class).receipt();
        assertThat(receipt.isFor(hold, Watching.TOWER.publicKey(), TestNetwork.ID)).isTrue();
    }

    void submit(KeyPair who, TransactionBody body) {
        Transaction transaction =
                new Transaction(
                        who.publicKey(),
                        chain.nextNonce(who.address()).toCompletableFuture().join(),
                        FakeSettlement.GAS_PRICE,
                        0,
                        0,
                        Optional.empty(),
                        body);
        chain.submit(transaction.signedBy(who, TestNetwork.ID));
    }

    void opens() {
        submit(
                Alice.KEYS,
                new ChannelTransaction.Open(
                        CHANNEL,
                        List.of(
                                Alice.KEYS.sign(
                                        DomainTag.CHANNEL_TERMS, TestNetwork.ID, CHANNEL.encoded()),
                                Bob.KEYS.sign(
                                        DomainTag.CHANNEL_TERMS,
                                        TestNetwork.ID,
                                        CHANNEL.encoded()))));
        chain.mineFinal(1);
    }

    void bobCloses(CoSignedState state) {
        submit(Bob.KEYS, new ChannelTransaction.CloseSolo(ID, Optional.of(state)));
    }

    void block() {
        chain.mineFinal(1);
        wallet.tell(new Wallet.LookAfter());
    }

    Optional<ChannelEntry> entry() {
        return chain.channel(ID, Certainty.FINAL).toCompletableFuture().join();
    }

    void eventually(Runnable step, BooleanSupplier condition) {
        TestProbe<Object> probe = kit.createTestProbe();
        probe.awaitAssert(
                Duration.ofSeconds(10),
                Duration.ofMillis(20),
                () -> {
                    step.run();
                    assertThat(condition.getAsBoolean()).isTrue();
                    return true;
                });
    }

    long answers() {
        return chain.included().stream()
                .filter(one -> one.transaction().body() instanceof ChannelTransaction.ChallengeFor)
                .count();
    }

    void awaitClosedWith(long alices) {
        eventually(
                this::block,
                () -> entry().filter(it -> it.phase() == ChannelEntry.Phase.CLOSED).isPresent());
        assertThat(entry().orElseThrow().recorded().balances().get(0)).isEqualTo(Amount.of(alices));
    }

    void restart() {
        kit.stop(desk);
        kit.stop(wallet);
        wallet = kit.spawn(Wallet.create(Watching.TOWER, chain));
        desk = kit.spawn(desk());
    }
}
