package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wormhole.channel.decider.ChannelLedger;
import io.wormhole.channel.decider.Side;
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
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchDeskTest {
    private static final PublicKey ALICE = Alice.KEYS.publicKey();
    private static final ChannelTerms CHANNEL = Side.terms(CloseRule.CLOSE_AT_ONCE);
    private static final ChannelId ID = CHANNEL.id(TestNetwork.ID);
    private static final long DEPOSIT = Side.DEPOSIT.baseUnits();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

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
                    Map.of(
                            Alice.ADDRESS,
                            Amount.of(1_000_000),
                            Bob.ADDRESS,
                            Amount.of(1_000_000),
                            Watching.TOWER.address(),
                            Amount.of(1_000_000)),
                    new ChannelLedger(TestNetwork.ID, new VmContracts()));
    private final World world = new World();
    private ActorRef<Wallet.Command> wallet = kit.spawn(Wallet.create(Watching.TOWER, chain));
    private ActorRef<WatchDesk.Command> desk = kit.spawn(desk());

    private Behavior<WatchDesk.Command> desk() {
        return WatchDesk.create(
                new WatchOffice(Watching.TOWER, TestNetwork.ID, Watching.TERMS, 2, world), chain);
    }

    /** Clients and payments, as the desk sees them. */
    private final class World implements WatchDeskWorld {
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

    private <T extends WatchMessage> T hears(Class<T> kind) {
        try {
            WatchMessage next = world.said.poll(10, TimeUnit.SECONDS);
            assertThat(next).isInstanceOf(kind);
            return kind.cast(next);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private void says(PublicKey client, WatchMessage message) {
        desk.tell(new WatchDesk.Heard(client, message));
    }

    private void subscribes() {
        says(ALICE, new WatchMessage.Ask(true));
        assertThat(hears(WatchMessage.Terms.class).invoice()).isPresent();
        world.invoices = IssuedInvoice.State.PAID;
        says(ALICE, new WatchMessage.Ask(false));
        assertThat(hears(WatchMessage.Terms.class).paidUntil())
                .contains(START.plus(Watching.TERMS.period()));
    }

    private void handsOver(long nonce, long alices) {
        WatchMessage.Hold hold = Watching.hold(CHANNEL, nonce, alices);
        says(ALICE, hold);
        WatchReceipt receipt = hears(WatchMessage.Receipt.class).receipt();
        assertThat(receipt.isFor(hold, Watching.TOWER.publicKey(), TestNetwork.ID)).isTrue();
    }

    private void submit(KeyPair who, TransactionBody body) {
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

    private void opens() {
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

    private void bobCloses(CoSignedState state) {
        submit(Bob.KEYS, new ChannelTransaction.CloseSolo(ID, Optional.of(state)));
    }

    private void block() {
        chain.mineFinal(1);
        wallet.tell(new Wallet.LookAfter());
    }

    private Optional<ChannelEntry> entry() {
        return chain.channel(ID, Certainty.FINAL).toCompletableFuture().join();
    }

    private void eventually(Runnable step, BooleanSupplier condition) {
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

    private long answers() {
        return chain.included().stream()
                .filter(one -> one.transaction().body() instanceof ChannelTransaction.ChallengeFor)
                .count();
    }

    private void awaitClosedWith(long alices) {
        eventually(
                this::block,
                () -> entry().filter(it -> it.phase() == ChannelEntry.Phase.CLOSED).isPresent());
        assertThat(entry().orElseThrow().recorded().balances().get(0)).isEqualTo(Amount.of(alices));
    }

    private void restart() {
        kit.stop(desk);
        kit.stop(wallet);
        wallet = kit.spawn(Wallet.create(Watching.TOWER, chain));
        desk = kit.spawn(desk());
    }

    @Test
    void aStaleCloseIsAnsweredOnceAndWhatWasHeldIsDropped() {
        opens();
        subscribes();
        handsOver(5, DEPOSIT + 30);
        handsOver(6, DEPOSIT + 40);

        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));

        awaitClosedWith(DEPOSIT + 40);
        assertThat(answers()).isEqualTo(1);
        assertThat(world.alarms).containsExactly("watch-answer");
        eventually(
                this::block,
                () -> {
                    says(ALICE, new WatchMessage.Fetch(WatchSeal.hint(ID, 0)));
                    return hears(WatchMessage.Held.class).held().isEmpty();
                });
    }

    @Test
    void aCloseThatHappenedWhileItWasOffIsFoundInTheBlocks() {
        opens();
        subscribes();
        handsOver(6, DEPOSIT + 40);
        kit.stop(desk);
        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));
        block();

        restart();

        awaitClosedWith(DEPOSIT + 40);
        assertThat(answers()).isEqualTo(1);
    }

    @Test
    void anAnswerThatAReorganisationTookIsGivenAgain() {
        opens();
        subscribes();
        handsOver(6, DEPOSIT + 40);
        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));
        chain.mine();
        eventually(
                () -> {
                    chain.mine();
                    wallet.tell(new Wallet.LookAfter());
                },
                () -> answers() == 1);
        chain.reorganise(1, true);

        awaitClosedWith(DEPOSIT + 40);
        assertThat(answers()).isEqualTo(1);
    }

    @Test
    void aStateThatComesAfterTheCloseIsUsedAllTheSame() {
        opens();
        subscribes();
        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));
        block();

        handsOver(6, DEPOSIT + 40);

        awaitClosedWith(DEPOSIT + 40);
    }

    @Test
    void aStateThatComesAfterTheCloseAndARestartIsUsedAllTheSame() {
        opens();
        subscribes();
        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));
        block();
        block();
        restart();

        handsOver(6, DEPOSIT + 40);

        awaitClosedWith(DEPOSIT + 40);
    }

    @Test
    void aReceiptIsWorthARestart() {
        subscribes();
        handsOver(6, DEPOSIT + 40);

        restart();

        says(ALICE, new WatchMessage.Fetch(WatchSeal.hint(ID, 0)));
        WatchMessage.Hold held = hears(WatchMessage.Held.class).held().orElseThrow();
        assertThat(held.number()).isEqualTo(6);
        says(ALICE, Watching.hold(CHANNEL, 5, DEPOSIT));
        assertThat(hears(WatchMessage.Refused.class).code()).isEqualTo("newer-held");
    }

    @Test
    void noReceiptIsGivenForWhatIsNotStored() {
        subscribes();
        journal.failNextPersisted();

        says(ALICE, Watching.hold(CHANNEL, 6, DEPOSIT + 40));
        // The account comes back; the client hands over again when no receipt comes.
        eventually(
                () -> says(ALICE, Watching.hold(CHANNEL, 6, DEPOSIT + 40)),
                () -> !world.said.isEmpty());

        hears(WatchMessage.Receipt.class);
    }

    @Test
    void whoDoesNotPayIsToldAndNotWatched() {
        opens();
        subscribes();
        handsOver(6, DEPOSIT + 40);
        world.now = START.plus(Watching.TERMS.period()).plus(Watching.TERMS.grace());

        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));
        eventually(this::block, () -> world.alarms.contains("watch-unpaid"));
        says(ALICE, Watching.hold(CHANNEL, 7, DEPOSIT));

        assertThat(hears(WatchMessage.Refused.class).reason()).contains("paid until");
        assertThat(answers()).isZero();
    }

    @Test
    void strangersGetNothingStored() {
        says(Mallory.KEYS.publicKey(), new WatchMessage.Ask(false));
        assertThat(hears(WatchMessage.Terms.class).invoice()).isEmpty();
        says(Mallory.KEYS.publicKey(), new WatchMessage.Ask(true));
        assertThat(hears(WatchMessage.Refused.class).code()).isEqualTo("no-channel");
        says(Mallory.KEYS.publicKey(), Watching.hold(CHANNEL, 6, DEPOSIT));
        assertThat(hears(WatchMessage.Refused.class).code()).isEqualTo("not-subscribed");
        says(ALICE, Watching.hold(CHANNEL, 6, DEPOSIT));
        assertThat(hears(WatchMessage.Refused.class).code()).isEqualTo("not-subscribed");
    }

    @Test
    void noMoreClientsThanThereIsRoomFor() {
        for (PublicKey client :
                List.of(ALICE, Bob.KEYS.publicKey(), Watching.key((byte) 9).publicKey())) {
            says(client, new WatchMessage.Ask(true));
        }

        List<WatchMessage> said =
                List.of(
                        hears(WatchMessage.class),
                        hears(WatchMessage.class),
                        hears(WatchMessage.class));
        assertThat(said).filteredOn(WatchMessage.Terms.class::isInstance).hasSize(2);
        assertThat(said)
                .filteredOn(WatchMessage.Refused.class::isInstance)
                .extracting(one -> ((WatchMessage.Refused) one).code())
                .containsExactly("full");
    }

    @Test
    void whatAnotherClientSealedForTheSameChannelChangesNothing() {
        opens();
        subscribes();
        handsOver(6, DEPOSIT + 40);
        PublicKey bob = Bob.KEYS.publicKey();
        says(bob, new WatchMessage.Ask(true));
        hears(WatchMessage.Terms.class);
        says(bob, new WatchMessage.Ask(false));
        hears(WatchMessage.Terms.class);
        WatchMessage.Hold old = Watching.hold(CHANNEL, 4, DEPOSIT - 60);
        says(bob, new WatchMessage.Hold(old.hint(), 900, old.sealed()));
        hears(WatchMessage.Receipt.class);

        bobCloses(Watching.state(CHANNEL, 2, DEPOSIT - 50));

        awaitClosedWith(DEPOSIT + 40);
        assertThat(world.alarms).contains("watch-worthless");
    }
}
