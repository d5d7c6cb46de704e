package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.channel.proto.WatchClientEvent;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * Has the channels of a node watched by others: subscribes and pays, hands over every newest state,
 * knows by receipts what is held, and asks watchers for it when data was lost here.
 */
public final class WatchClient
        extends EventSourcedBehavior<WatchClient.Command, WatchClientEvent, Subscriptions> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** Asks a watcher for its terms. */
    public record AskTerms(PublicKey watcher, ActorRef<WatchAnswer> replyTo) implements Command {}

    /** Wants to be watched until stopped. */
    public record Subscribe(PublicKey watcher, WatchWish wish, ActorRef<WatchAnswer> replyTo)
            implements Command {}

    /** Wants to be watched no more; what is paid is paid. */
    public record Stop(PublicKey watcher, ActorRef<WatchAnswer> replyTo) implements Command {}

    /** Asks for all watchers. */
    public record Read(ActorRef<List<WatcherView>> replyTo) implements Command {}

    /** A channel has changed, and the change is stored here. */
    public record Kept(ChannelId channel, KnownChannel memory) implements Command {}

    /** A channel is over. */
    public record Forget(ChannelId channel) implements Command {}

    /** A channel came back from a copy and waits for news of a newer state. */
    public record InDoubt(ChannelId channel) implements Command {}

    /** A link is up. */
    public record Linked(PublicKey partner) implements Command {}

    /** A link is gone. */
    public record Unlinked(PublicKey partner) implements Command {}

    /** A partner says something of watching. */
    public record Heard(PublicKey partner, WatchMessage message) implements Command {}

    private record Listed(@Nullable List<ChannelId> channels, @Nullable Throwable failure)
            implements Command {}

    private record Inspected(ChannelId channel, @Nullable ChannelMemory memory, boolean listed)
            implements Command {}

    private record PaymentOver(
            PublicKey watcher, @Nullable OutgoingPayment payment, @Nullable Throwable failure)
            implements Command {}

    // What was never paid is not tried again behind the owner's back.
    private record GiveUp(PublicKey watcher) implements Command {}

    private record Noted(Subscriptions.Trouble trouble, boolean over) implements Command {}

    private record Tick() implements Command {}

    private static final int EVENTS_PER_SNAPSHOT = 100;
    private static final Duration TICK = Duration.ofSeconds(10);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final WatchedNode self;
    private final WatchedChannels channels;
    private final Askers askers = new Askers();
    private final Troubles troubles;
    private final WatchPayments payments;
    private final ChannelLook look;
    private final WatcherNews fromWatchers;

    private WatchClient(
            ActorContext<Command> context, TimerScheduler<Command> timers, WatchedNode self) {
        super(PersistenceId.of("watch-client", self.key().address().toString()), Restarts.later());
        this.context = context;
        this.timers = timers;
        this.self = self;
        this.channels = new WatchedChannels(self);
        this.troubles =
                new Troubles(
                        self.world(),
                        (trouble, over) -> context.getSelf().tell(new Noted(trouble, over)));
        this.payments = new WatchPayments(self);
        this.look = new ChannelLook(new Eyes(), channels);
        this.fromWatchers = new WatcherNews(self.world(), channels, askers, troubles);
    }

    /** The watched side of one operator. */
    public static Behavior<Command> create(WatchedNode self) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new WatchClient(context, timers, self)));
    }

    @Override
    public Subscriptions emptyState() {
        return Subscriptions.NONE;
    }

    @Override
    public CommandHandler<Command, WatchClientEvent, Subscriptions> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(AskTerms.class, this::askTerms)
                .onCommand(Subscribe.class, this::subscribe)
                .onCommand(Stop.class, this::stop)
                .onCommand(Read.class, this::read)
                .onCommand(Kept.class, this::kept)
                .onCommand(Forget.class, this::forget)
                .onCommand(InDoubt.class, this::inDoubt)
                .onCommand(Linked.class, this::linked)
                .onCommand(Unlinked.class, this::unlinked)
                .onCommand(Heard.class, this::heard)
                .onCommand(Listed.class, this::listed)
                .onCommand(Inspected.class, this::inspected)
                .onCommand(PaymentOver.class, this::paymentOver)
                .onCommand(GiveUp.class, this::giveUp)
                .onCommand(Noted.class, this::noted)
                .onCommand(Tick.class, this::tick)
                .build();
    }

    private WatchClientWorld world() {
        return self.world();
    }

    private Effect<WatchClientEvent, Subscriptions> askTerms(Subscriptions now, AskTerms ask) {
        if (hasLink(ask.watcher(), ask.replyTo())) {
            askers.asks(ask.watcher(), ask.replyTo());
            world().say(ask.watcher(), new WatchMessage.Ask(false));
        }
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> subscribe(Subscriptions now, Subscribe wish) {
        if (hasLink(wish.watcher(), wish.replyTo())) {
            askers.wishes(wish.watcher(), wish.wish(), wish.replyTo());
            payments.wished(wish.watcher());
        }
        return Effect().none();
    }

    private boolean hasLink(PublicKey watcher, ActorRef<WatchAnswer> asker) {
        if (!channels.isLinked(watcher)) {
            asker.tell(Askers.noLink(watcher));
        }
        return channels.isLinked(watcher);
    }

    private Effect<WatchClientEvent, Subscriptions> stop(Subscriptions now, Stop stop) {
        PublicKey watcher = stop.watcher();
        if (now.with(watcher).isEmpty()) {
            return Effect().reply(stop.replyTo(), Askers.notSubscribed(watcher));
        }
        return Effect()
                .persist(Subscriptions.stopped(watcher))
                .thenRun(
                        after -> {
                            channels.stop(watcher);
                            troubles.forget(watcher);
                            stop.replyTo().tell(new WatchAnswer.Stopped());
                        });
    }

    private Effect<WatchClientEvent, Subscriptions> read(Subscriptions now, Read read) {
        read.replyTo().tell(now.all().values().stream().map(channels::view).toList());
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> heard(Subscriptions now, Heard heard) {
        PublicKey watcher = heard.partner();
        if (heard.message() instanceof WatchMessage.Terms terms) {
            return terms(now, watcher, terms);
        } else if (heard.message() instanceof WatchMessage.Receipt receipt) {
            channels.receipt(watcher, receipt.receipt());
        } else if (heard.message() instanceof WatchMessage.Refused refused) {
            fromWatchers.refused(watcher, refused);
        } else if (heard.message() instanceof WatchMessage.Held held) {
            held.held().ifPresent(hold -> fromWatchers.givenBack(watcher, hold));
        }
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> terms(
            Subscriptions now, PublicKey watcher, WatchMessage.Terms terms) {
        Optional<Subscription> agreed = fromWatchers.terms(now, watcher, terms);
        if (agreed.isEmpty()) {
            return Effect().none();
        }
        Subscription next = agreed.get();
        List<WatchClientEvent> news =
                now.with(watcher).equals(agreed)
                        ? List.of()
                        : List.of(Subscriptions.subscribed(next));
        return Effect().persist(news).thenRun(after -> agreed(next, terms));
    }

    private void agreed(Subscription now, WatchMessage.Terms terms) {
        PublicKey watcher = now.watcher();
        payments.bill(now, terms).ifPresent(bill -> pay(watcher, terms, bill));
        if (now.isServed(world().now())) {
            fromWatchers.served(now);
            watching(watcher);
            if (!payments.isPaying(watcher)) {
                askers.answer(watcher, new WatchAnswer.Subscribed(channels.view(now)));
            }
        }
    }

    private void pay(PublicKey watcher, WatchMessage.Terms terms, Bill bill) {
        if (bill.payable().isEmpty()) {
            notPaid(watcher, bill);
        } else {
            context.pipeToSelf(
                    payments.pay(watcher, bill, terms.terms().price()),
                    (payment, failure) -> new PaymentOver(watcher, payment, failure));
        }
    }

    private Effect<WatchClientEvent, Subscriptions> paymentOver(
            Subscriptions now, PaymentOver over) {
        Optional<Bill> notMade = payments.over(over.watcher(), over.payment(), over.failure());
        if (notMade.isPresent()) {
            notPaid(over.watcher(), notMade.get());
            return Effect().none();
        }
        troubles.calm(over.watcher());
        Optional<Subscription> paid =
                now.with(over.watcher()).map(one -> one.paidAt(world().now()));
        List<WatchClientEvent> events = paid.map(Subscriptions::subscribed).stream().toList();
        return Effect()
                .persist(events)
                .thenRun(after -> world().say(over.watcher(), new WatchMessage.Ask(false)));
    }

    private void notPaid(PublicKey watcher, Bill bill) {
        troubles.alarm(watcher, "watch-" + bill.code(), "not paid: " + bill.reason());
        askers.answer(watcher, bill.answer());
        payments.notPaid(watcher);
        context.getSelf().tell(new GiveUp(watcher));
    }

    private Effect<WatchClientEvent, Subscriptions> giveUp(Subscriptions now, GiveUp giveUp) {
        boolean over = now.isNeverPaid(giveUp.watcher());
        return Effect()
                .persist(over ? List.of(Subscriptions.stopped(giveUp.watcher())) : List.of());
    }

    private void watching(PublicKey watcher) {
        self.subscribed().run();
        channels.watching(watcher);
        look.begin();
    }

    private final class Eyes implements ChannelLook.Eyes {
        @Override
        public void list() {
            context.pipeToSelf(world().channels(), Listed::new);
        }

        @Override
        public void inspect(ChannelId channel, boolean listed) {
            context.pipeToSelf(
                    world().inspect(channel),
                    (memory, failure) -> new Inspected(channel, memory, listed));
        }

        @Override
        public void later(ChannelId channel) {
            timers.startSingleTimer(channel, new InDoubt(channel), ChannelLook.AGAIN);
        }
    }

    private Effect<WatchClientEvent, Subscriptions> listed(Subscriptions now, Listed listed) {
        if (listed.channels() == null) {
            look.failed();
            context.getLog().warn("channels to watch not listed: {}", listed.failure());
        } else {
            look.listed(listed.channels());
        }
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> inspected(
            Subscriptions now, Inspected inspected) {
        look.inspected(inspected.channel(), inspected.memory(), inspected.listed());
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> kept(Subscriptions now, Kept kept) {
        channels.see(kept.channel(), kept.memory());
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> forget(Subscriptions now, Forget forget) {
        channels.forget(forget.channel());
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> inDoubt(Subscriptions now, InDoubt doubt) {
        new Eyes().inspect(doubt.channel(), false);
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> linked(Subscriptions now, Linked up) {
        channels.up(up.partner());
        now.with(up.partner()).ifPresent(payments::ask);
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> unlinked(Subscriptions now, Unlinked down) {
        channels.down(down.partner());
        payments.unlinked(down.partner());
        WatchAnswer gone = Askers.noLink(down.partner());
        askers.answer(down.partner(), gone);
        askers.answerCurious(down.partner(), gone);
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> tick(Subscriptions now, Tick tick) {
        Instant time = world().now();
        channels.askAboutDoubts();
        channels.later();
        for (Subscription one : now.all().values()) {
            boolean toPay = one.isDue(time) && payments.mayPay(one, time);
            boolean asks = toPay || channels.isUnpaid(one.watcher());
            if (asks && channels.isLinked(one.watcher())) {
                payments.ask(one);
            }
            fromWatchers.look(one);
        }
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> noted(Subscriptions now, Noted noted) {
        return Effect().persist(now.noted(noted.trouble(), noted.over()).stream().toList());
    }

    @Override
    public EventHandler<Subscriptions, WatchClientEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(Subscriptions::after);
    }

    @Override
    public SignalHandler<Subscriptions> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (now, signal) -> recovered(now))
                .build();
    }

    private void recovered(Subscriptions now) {
        troubles.recovered(now.told());
        timers.startTimerWithFixedDelay("tick", new Tick(), TICK);
        now.all()
                .values()
                .forEach(
                        one -> {
                            if (one.isServed(world().now())) {
                                watching(one.watcher());
                            }
                        });
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2).withDeleteEventsOnSnapshot();
    }

    @Override
    public SnapshotAdapter<Subscriptions> snapshotAdapter() {
        return Subscriptions.adapter();
    }
}
