package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchClientTest {
    private static final PublicKey TOWER = Watching.TOWER.publicKey();
    private static final ChannelTerms CHANNEL = Watching.terms(CloseRule.CLOSE_AT_ONCE);
    private static final ChannelId ID = CHANNEL.id(TestNetwork.ID);
    private static final WatchWish WISH = WatchWish.monthly(Watching.TERMS.price());
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ActorTestKit kit =
            ActorTestKit.create(
                    PersistenceTestKitPlugin.getInstance()
                            .config()
                            .withFallback(PersistenceTestKitSnapshotPlugin.config())
                            .withFallback(ConfigFactory.load()));
    private final World world = new World();
    private final TestProbe<WatchAnswer> answers = kit.createTestProbe();
    private ActorRef<WatchClient.Command> client = kit.spawn(client());

    private Behavior<WatchClient.Command> client() {
        return WatchClient.create(
                new WatchClient.Self(Alice.KEYS, TestNetwork.ID, world, () -> {}));
    }

    private static final class World implements WatchClientWorld {
        final BlockingQueue<WatchMessage> said = new LinkedBlockingQueue<>();
        final List<Invoice> paid = new CopyOnWriteArrayList<>();
        final List<String> alarms = new CopyOnWriteArrayList<>();
        final List<CoSignedState> proven = new CopyOnWriteArrayList<>();
        final AtomicInteger deaf = new AtomicInteger();
        volatile Instant now = START;
        volatile ChannelMemory memory = open(3, 120);

        @Override
        public void say(PublicKey watcher, WatchMessage message) {
            said.add(message);
        }

        @Override
        public CompletionStage<List<ChannelId>> channels() {
            return CompletableFuture.completedFuture(List.of(ID));
        }

        @Override
        public CompletionStage<ChannelMemory> inspect(ChannelId channel) {
            return deaf.getAndDecrement() > 0
                    ? CompletableFuture.failedFuture(new IllegalStateException("asleep"))
                    : CompletableFuture.completedFuture(memory);
        }

        @Override
        public CompletionStage<OutgoingPayment> pay(Invoice invoice, Amount maximumFee) {
            paid.add(invoice);
            return CompletableFuture.completedFuture(
                    new OutgoingPayment(
                            invoice,
                            maximumFee,
                            1,
                            OutgoingPayment.State.PAID,
                            Optional.empty(),
                            Amount.ZERO,
                            ""));
        }

        @Override
        public void prove(ChannelId channel, CoSignedState state) {
            proven.add(state);
        }

        @Override
        public void alarm(PublicKey watcher, String code, String words) {
            alarms.add(code);
        }

        @Override
        public Instant now() {
            return now;
        }
    }

    private static KnownChannel open(long nonce, long alices) {
        CoSignedState state = Watching.state(CHANNEL, nonce, alices);
        Standing standing =
                new Standing(
                        new ChannelPosition(state.state(), List.of()),
                        Optional.of(state),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        return new Open(Watching.alice(CHANNEL), standing, Optional.empty());
    }

    @BeforeEach
    void link() {
        client.tell(new WatchClient.Linked(TOWER));
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private <T extends WatchMessage> T says(Class<T> kind) {
        try {
            WatchMessage next = world.said.poll(10, TimeUnit.SECONDS);
            assertThat(next).isInstanceOf(kind);
            return kind.cast(next);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private void hears(WatchMessage message) {
        client.tell(new WatchClient.Heard(TOWER, message));
    }

    private void hearsTerms(WatchTerms terms, Optional<Instant> paidUntil, int invoice) {
        hears(
                new WatchMessage.Terms(
                        terms, paidUntil, 0, Optional.of(Watching.invoice(invoice).toText())));
    }

    private void subscribes() {
        client.tell(new WatchClient.Subscribe(TOWER, WISH, answers.ref()));
        assertThat(says(WatchMessage.Ask.class).renew()).isTrue();
        hearsTerms(Watching.TERMS, Optional.empty(), 1);
        assertThat(says(WatchMessage.Ask.class).renew()).isFalse();
        hearsTerms(Watching.TERMS, Optional.of(START.plus(Watching.TERMS.period())), 1);
        assertThat(answers.receiveMessage()).isInstanceOf(WatchAnswer.Subscribed.class);
    }

    private WatchMessage.Hold handsOver(long number) {
        WatchMessage.Hold hold = says(WatchMessage.Hold.class);
        assertThat(hold.number()).isEqualTo(number);
        return hold;
    }

    private void confirms(WatchMessage.Hold hold) {
        hears(
                new WatchMessage.Receipt(
                        WatchReceipt.sign(
                                hold,
                                START.plus(Watching.TERMS.period()),
                                Watching.TOWER,
                                TestNetwork.ID)));
    }

    private WatcherView view() {
        TestProbe<List<WatcherView>> views = kit.createTestProbe();
        client.tell(new WatchClient.Read(views.ref()));
        return views.receiveMessage().get(0);
    }

    @Test
    void whatIsPaidIsHandedOverAndKnownByReceipts() {
        subscribes();
        WatchMessage.Hold hold = handsOver(3);
        assertThat(view().behind()).isEqualTo(1);

        client.tell(new WatchClient.Kept(ID, open(4, 130)));
        client.tell(new WatchClient.Kept(ID, open(5, 140)));
        confirms(hold);

        confirms(handsOver(5));
        assertThat(view().behind()).isZero();
        assertThat(Watching.open(hold, CHANNEL).isSigned(CHANNEL, TestNetwork.ID, TOWER.address()))
                .isTrue();
        assertThat(world.paid).hasSize(1);
    }

    @Test
    void aReceiptForSomethingElseIsNoReceipt() {
        subscribes();
        WatchMessage.Hold hold = handsOver(3);

        confirms(Watching.hold(CHANNEL, 3, 120));
        assertThat(view().behind()).isEqualTo(1);
        confirms(hold);
        assertThat(view().behind()).isZero();
    }

    @Test
    void noWatcherIsPaidTwiceForOnePeriod() {
        subscribes();
        handsOver(3);

        for (int i = 2; i < 6; i++) {
            hearsTerms(Watching.TERMS, Optional.empty(), i);
        }
        assertThat(view().served()).isFalse();
        assertThat(world.paid).hasSize(1);
        client.tell(new WatchClient.Stop(TOWER, answers.ref()));
        assertThat(answers.receiveMessage()).isInstanceOf(WatchAnswer.Stopped.class);
    }

    @Test
    void noWatcherGivesLessForTheMoneyThanWasAgreed() {
        subscribes();
        confirms(handsOver(3));
        world.now = START.plus(Watching.TERMS.period());
        client.tell(new WatchClient.Linked(TOWER));
        says(WatchMessage.Ask.class);
        WatchTerms shorter =
                new WatchTerms(
                        Watching.TERMS.price(), Duration.ofSeconds(5), Duration.ZERO, 2, 4_096);
        WatchTerms dearer =
                new WatchTerms(
                        Watching.TERMS.price().plus(Amount.of(1)),
                        Watching.TERMS.period(),
                        Duration.ZERO,
                        2,
                        4_096);

        hearsTerms(shorter, Optional.of(world.now), 2);
        hearsTerms(dearer, Optional.of(START.plusSeconds(1)), 3);

        view();
        assertThat(world.paid).hasSize(1);
        assertThat(world.alarms).containsExactly("watch-too-dear");
        world.now = world.now.plusSeconds(61);
        hearsTerms(Watching.TERMS, Optional.of(world.now), 4);
        handsOver(3);
        view();
        assertThat(world.paid).hasSize(1);
        client.tell(new WatchClient.Linked(TOWER));
        handsOver(3);
        assertThat(says(WatchMessage.Ask.class).renew()).isTrue();
        hearsTerms(Watching.TERMS, Optional.of(world.now), 5);
        assertThat(says(WatchMessage.Ask.class).renew()).isFalse();
        assertThat(world.paid).hasSize(2);
    }

    @Test
    void whoWishesForAMonthIsNotSoldSeconds() {
        WatchTerms seconds =
                new WatchTerms(
                        Watching.TERMS.price(), Duration.ofSeconds(1), Duration.ZERO, 2, 4_096);
        client.tell(new WatchClient.Subscribe(TOWER, WISH, answers.ref()));
        says(WatchMessage.Ask.class);
        hearsTerms(seconds, Optional.empty(), 1);

        WatchAnswer answer = answers.receiveMessage();

        assertThat(answer).isInstanceOf(WatchAnswer.Refused.class);
        assertThat(((WatchAnswer.Refused) answer).code()).isEqualTo("too-dear");
        assertThat(world.paid).isEmpty();
    }

    @Test
    void whatAnOwnerWishesIsStored() {
        Subscription before =
                Subscription.wanted(
                        TOWER,
                        new WatchWish(Amount.of(7), Duration.ofDays(8)),
                        new WatchMessage.Terms(
                                Watching.TERMS, Optional.empty(), 0, Optional.empty()));

        assertThat(Subscription.ofField(before.toField())).isEqualTo(before);
    }

    @Test
    void withinTheGraceATroubleIsToldOnce() {
        subscribes();
        confirms(handsOver(3));
        Instant until = START.plus(Watching.TERMS.period());
        world.now = until.plusSeconds(1);

        for (int i = 0; i < 3; i++) {
            hears(new WatchMessage.Refused(Optional.empty(), "unpaid", "pay", 0));
            hearsTerms(Watching.TERMS, Optional.of(until), 1);
            handsOver(3);
        }

        assertThat(world.alarms).containsExactly("watch-unpaid");
    }

    @Test
    void aChannelThatDoesNotAnswerIsAskedAgain() {
        Open known = (Open) open(3, 120);
        world.memory =
                new Open(known.party(), known.standing(), Optional.empty(), Optional.empty(), true);
        world.deaf.set(1);

        client.tell(new WatchClient.InDoubt(ID));

        assertThat(says(WatchMessage.Fetch.class).hint()).isEqualTo(WatchSeal.hint(ID, 0));
    }

    @Test
    void aSubscriptionSurvivesARestart() {
        subscribes();
        confirms(handsOver(3));
        kit.stop(client);

        client = kit.spawn(client());
        client.tell(new WatchClient.Linked(TOWER));

        // What the watcher holds is not stored here, so all is handed over again.
        assertThat(says(WatchMessage.Ask.class).renew()).isFalse();
        confirms(handsOver(3));
        assertThat(view().behind()).isZero();
    }

    @Test
    void onANewLinkWhatHasNoReceiptIsHandedOverAgain() {
        subscribes();
        handsOver(3);
        client.tell(new WatchClient.Unlinked(TOWER));

        client.tell(new WatchClient.Linked(TOWER));

        WatchMessage.Hold again = handsOver(3);
        says(WatchMessage.Ask.class);
        confirms(again);
        assertThat(view().behind()).isZero();
    }

    @Test
    void aChannelInDoubtAsksWatchersAndBelievesOnlyWhatItSigned() {
        Open known = (Open) open(3, 120);
        world.memory =
                new Open(known.party(), known.standing(), Optional.empty(), Optional.empty(), true);
        client.tell(new WatchClient.InDoubt(ID));
        assertThat(says(WatchMessage.Fetch.class).hint()).isEqualTo(WatchSeal.hint(ID, 0));
        WatchMessage.Hold forged =
                WatchPacking.pack(
                        Watching.alice(CHANNEL),
                        new CoSignedState(
                                Watching.state(CHANNEL, 9, 1).state(),
                                Watching.state(CHANNEL, 8, 1).signatures()),
                        Alice.KEYS,
                        TOWER,
                        Watching.RANDOM);

        hears(new WatchMessage.Held(forged.hint(), Optional.of(forged)));
        for (long nonce : List.of(2L, 3L, 7L)) {
            WatchMessage.Hold held = Watching.hold(CHANNEL, nonce, 150);
            hears(new WatchMessage.Held(held.hint(), Optional.of(held)));
        }
        hears(
                new WatchMessage.Held(
                        forged.hint(),
                        Optional.of(
                                new WatchMessage.Hold(forged.hint(), 9, forged.hint().bytes()))));

        TestProbe<List<WatcherView>> views = kit.createTestProbe();
        client.tell(new WatchClient.Read(views.ref()));
        views.receiveMessage();
        assertThat(world.proven).containsExactly(Watching.state(CHANNEL, 7, 150));
        assertThat(world.alarms).containsExactly("watch-worthless");
    }

    private void renews() {
        client.tell(new WatchClient.Linked(TOWER));
        assertThat(says(WatchMessage.Ask.class).renew()).isTrue();
        hearsTerms(Watching.TERMS, Optional.of(START.plus(Watching.TERMS.period())), 2);
        assertThat(says(WatchMessage.Ask.class).renew()).isFalse();
        hearsTerms(Watching.TERMS, Optional.of(world.now.plus(Watching.TERMS.period())), 2);
    }

    @Test
    void afterALapseAllIsHandedOverAgain() {
        subscribes();
        confirms(handsOver(3));
        world.now = START.plus(Watching.TERMS.period().multipliedBy(2));

        renews();

        confirms(handsOver(3));
        assertThat(view().behind()).isZero();
        assertThat(world.paid).hasSize(2);
    }

    @Test
    void whatAWatcherSaysItDroppedShowsAsNotHeld() {
        subscribes();
        confirms(handsOver(3));
        hears(new WatchMessage.Refused(Optional.empty(), "unpaid", "dropped", 0));
        assertThat(view().behind()).isEqualTo(1);

        hearsTerms(Watching.TERMS, Optional.of(START.plus(Watching.TERMS.period())), 1);

        confirms(handsOver(3));
        assertThat(view().behind()).isZero();
        hearsTerms(Watching.TERMS, Optional.of(START.plus(Watching.TERMS.period())), 1);
        handsOver(3);
    }
}
