package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.entity.JournalKit;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A node that is watched by a tower; the tower is the test. */
abstract class WatchedByTower {
    static final PublicKey TOWER = Watching.TOWER.publicKey();
    static final ChannelTerms CHANNEL = Watching.terms(CloseRule.CLOSE_AT_ONCE);
    static final ChannelId ID = CHANNEL.id(TestNetwork.ID);
    static final WatchWish WISH = WatchWish.monthly(Watching.TERMS.price());
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final ActorTestKit kit = JournalKit.create();
    final World world = new World();
    final TestProbe<WatchAnswer> answers = kit.createTestProbe();
    ActorRef<WatchClient.Command> client = kit.spawn(client());

    Behavior<WatchClient.Command> client() {
        return WatchClient.create(new WatchedNode(Alice.KEYS, TestNetwork.ID, world, () -> {}));
    }

    static final class World implements WatchClientWorld {
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

    static KnownChannel open(long nonce, long alices) {
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

    <T extends WatchMessage> T says(Class<T> kind) {
        try {
            WatchMessage next = world.said.poll(10, TimeUnit.SECONDS);
            assertThat(next).isInstanceOf(kind);
            return kind.cast(next);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    void hears(WatchMessage message) {
        client.tell(new WatchClient.Heard(TOWER, message));
    }

    void hearsTerms(WatchTerms terms, Optional<Instant> paidUntil, int invoice) {
        hears(
                new WatchMessage.Terms(
                        terms, paidUntil, 0, Optional.of(Watching.invoice(invoice).toText())));
    }

    void subscribes() {
        client.tell(new WatchClient.Subscribe(TOWER, WISH, answers.ref()));
        assertThat(says(WatchMessage.Ask.class).renew()).isTrue();
        hearsTerms(Watching.TERMS, Optional.empty(), 1);
        assertThat(says(WatchMessage.Ask.class).renew()).isFalse();
        hearsTerms(Watching.TERMS, Optional.of(START.plus(Watching.TERMS.period())), 1);
        assertThat(answers.receiveMessage()).isInstanceOf(WatchAnswer.Subscribed.class);
    }

    WatchMessage.Hold handsOver(long number) {
        WatchMessage.Hold hold = says(WatchMessage.Hold.class);
        assertThat(hold.number()).isEqualTo(number);
        return hold;
    }

    void confirms(WatchMessage.Hold hold) {
        hears(
                new WatchMessage.Receipt(
                        WatchReceipt.sign(
                                hold,
                                START.plus(Watching.TERMS.period()),
                                Watching.TOWER,
                                TestNetwork.ID)));
    }

    WatcherView view() {
        TestProbe<List<WatcherView>> views = kit.createTestProbe();
        client.tell(new WatchClient.Read(views.ref()));
        return views.receiveMessage().get(0);
    }
}
