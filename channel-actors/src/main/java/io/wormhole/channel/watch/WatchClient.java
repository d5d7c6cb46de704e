package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.channel.proto.WatchClientEvent;
import io.wormhole.channel.proto.WatchClientSnapshot;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
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

    private record Tick() implements Command {}

    /**
     * Who is watched.
     *
     * @param subscribed is told when there is anybody who watches, so that changes are worth
     *     telling
     */
    public record Self(
            KeyPair key, NetworkId network, WatchClientWorld world, Runnable subscribed) {}

    private static final int EVENTS_PER_SNAPSHOT = 100;
    private static final int INSPECTED_AT_ONCE = 16;
    private static final long FEE_SHARE = 100;
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration INSPECT_AGAIN = Duration.ofSeconds(1);
    private static final Duration BEHIND = Duration.ofSeconds(60);
    private static final Duration PAY_AGAIN = Duration.ofMinutes(1);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Self self;
    private final WatchedChannels channels;
    private final Askers askers;
    private final Set<PublicKey> paying = new HashSet<>();
    private final Set<PublicKey> askedToPay = new HashSet<>();
    private final Map<PublicKey, Instant> notBefore = new HashMap<>();
    private final Queue<ChannelId> toInspect = new ArrayDeque<>();
    private boolean loaded;

    private WatchClient(ActorContext<Command> context, TimerScheduler<Command> timers, Self self) {
        super(
                PersistenceId.of("watch-client", self.key().address().toString()),
                SupervisorStrategy.restartWithBackoff(FIRST_RETRY, LAST_RETRY, 0.1));
        this.context = context;
        this.timers = timers;
        this.self = self;
        this.channels = new WatchedChannels(self);
        this.askers = new Askers(self.world());
    }

    /** The watched side of one operator. */
    public static Behavior<Command> create(Self self) {
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
                .onCommand(Tick.class, this::tick)
                .build();
    }

    private WatchClientWorld world() {
        return self.world();
    }

    // ---- what the owner wants -------------------------------------------------------------------

    private Effect<WatchClientEvent, Subscriptions> askTerms(Subscriptions now, AskTerms ask) {
        if (channels.isLinked(ask.watcher())) {
            askers.asks(ask.watcher(), ask.replyTo());
            world().say(ask.watcher(), new WatchMessage.Ask(false));
        } else {
            ask.replyTo().tell(Askers.noLink(ask.watcher()));
        }
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> subscribe(Subscriptions now, Subscribe wish) {
        if (channels.isLinked(wish.watcher())) {
            notBefore.remove(wish.watcher());
            askers.wishes(wish.watcher(), wish.wish(), wish.replyTo());
            askToPay(wish.watcher());
        } else {
            wish.replyTo().tell(Askers.noLink(wish.watcher()));
        }
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> stop(Subscriptions now, Stop stop) {
        PublicKey watcher = stop.watcher();
        if (now.with(watcher).isEmpty()) {
            stop.replyTo()
                    .tell(new WatchAnswer.Refused("not-subscribed", watcher + " does not watch"));
            return Effect().none();
        }
        return Effect()
                .persist(Subscriptions.stopped(watcher))
                .thenRun(
                        after -> {
                            channels.stop(watcher);
                            stop.replyTo().tell(new WatchAnswer.Stopped());
                        });
    }

    private Effect<WatchClientEvent, Subscriptions> read(Subscriptions now, Read read) {
        read.replyTo().tell(now.all().values().stream().map(channels::view).toList());
        return Effect().none();
    }

    // ---- what the watcher says ------------------------------------------------------------------

    private Effect<WatchClientEvent, Subscriptions> heard(Subscriptions now, Heard heard) {
        PublicKey watcher = heard.partner();
        if (heard.message() instanceof WatchMessage.Terms terms) {
            return terms(now, watcher, terms);
        } else if (heard.message() instanceof WatchMessage.Receipt receipt) {
            channels.receipt(watcher, receipt.receipt());
        } else if (heard.message() instanceof WatchMessage.Refused refused) {
            refused(watcher, refused);
        } else if (heard.message() instanceof WatchMessage.Held held) {
            held.held().ifPresent(hold -> givenBack(watcher, hold));
        }
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> terms(
            Subscriptions now, PublicKey watcher, WatchMessage.Terms terms) {
        askers.answerCurious(watcher, new WatchAnswer.Offered(terms));
        Optional<Subscription> known = now.with(watcher);
        Optional<WatchWish> wished = askers.wished(watcher);
        Optional<WatchWish> wish = wished.or(() -> known.map(Subscription::wish));
        if (wish.isEmpty()) {
            return Effect().none();
        }
        Optional<Bill> shorter =
                Bill.shorter(
                        terms, wished.map(WatchWish::leastPeriod).orElseGet(() -> agreed(known)));
        if (wished.isEmpty() && shorter.isPresent()) {
            askers.alarm(watcher, "watch-" + shorter.get().code(), shorter.get().reason());
            return Effect().none();
        }
        Optional<Bill> tooDear = shorter.or(() -> Bill.tooDear(terms, wish.get()));
        if (tooDear.isPresent() && (shorter.isPresent() || known.isEmpty())) {
            askers.answer(watcher, tooDear.get().answer());
            return Effect().none();
        }
        Subscription wanted = Subscription.wanted(watcher, wish.get(), terms);
        Subscription next =
                known.flatMap(Subscription::lastPaid).map(wanted::paidAt).orElse(wanted);
        // At the end of the grace the watcher has dropped everything.
        boolean afresh =
                known.filter(before -> !before.isServed(world().now())).isPresent()
                        && next.isServed(world().now());
        channels.holds(watcher, terms.held(), afresh);
        return known.equals(Optional.of(next))
                ? Effect().none().thenRun((Subscriptions same) -> agreed(next, terms))
                : Effect()
                        .persist(Subscriptions.subscribed(next))
                        .thenRun(after -> agreed(next, terms));
    }

    // Of what was agreed nobody gets less without being asked.
    private static Duration agreed(Optional<Subscription> known) {
        return known.map(Subscription::period).orElse(WatchWish.USUAL_PERIOD);
    }

    // Nobody is paid for an invoice that it was not asked for.
    private void agreed(Subscription now, WatchMessage.Terms terms) {
        PublicKey watcher = now.watcher();
        boolean asked = terms.invoice().isPresent() && askedToPay.remove(watcher);
        if (asked && now.isDue(world().now()) && mayPay(now, world().now())) {
            terms.invoice().ifPresent(text -> pay(now, terms, text));
        }
        if (now.isServed(world().now())) {
            if (!now.isPast(world().now())) {
                // Within the grace it is still not paid.
                askers.calm(watcher, "watch-unpaid");
            }
            watching(watcher);
            if (!paying.contains(watcher)) {
                askers.answer(watcher, new WatchAnswer.Subscribed(channels.view(now)));
            }
        }
    }

    private void pay(Subscription now, WatchMessage.Terms terms, String text) {
        Bill bill = Bill.of(now, terms, text, self.network());
        if (bill.payable().isEmpty()) {
            notPaid(now.watcher(), bill);
        } else if (paying.add(now.watcher())) {
            Amount fee = Amount.of(terms.terms().price().baseUnits() / FEE_SHARE);
            context.pipeToSelf(
                    world().pay(bill.payable().get(), fee),
                    (payment, failure) -> new PaymentOver(now.watcher(), payment, failure));
        }
    }

    private Effect<WatchClientEvent, Subscriptions> paymentOver(
            Subscriptions now, PaymentOver over) {
        paying.remove(over.watcher());
        OutgoingPayment payment = over.payment();
        if (payment == null || payment.state() != OutgoingPayment.State.PAID) {
            String why = payment != null ? payment.reason() : String.valueOf(over.failure());
            notPaid(over.watcher(), new Bill(Optional.empty(), "not-paid", why));
            return Effect().none();
        }
        askers.calm(over.watcher());
        WatchMessage ask = new WatchMessage.Ask(false);
        Optional<Subscription> paid =
                now.with(over.watcher()).map(one -> one.paidAt(world().now()));
        return paid.isEmpty()
                ? Effect().none().thenRun((Subscriptions same) -> world().say(over.watcher(), ask))
                : Effect()
                        .persist(Subscriptions.subscribed(paid.get()))
                        .thenRun(after -> world().say(over.watcher(), ask));
    }

    private void notPaid(PublicKey watcher, Bill bill) {
        askers.alarm(watcher, "watch-" + bill.code(), "not paid: " + bill.reason());
        askers.answer(watcher, bill.answer());
        notBefore.put(watcher, world().now().plus(PAY_AGAIN));
        context.getSelf().tell(new GiveUp(watcher));
    }

    private Effect<WatchClientEvent, Subscriptions> giveUp(Subscriptions now, GiveUp giveUp) {
        boolean neverPaid =
                now.with(giveUp.watcher()).filter(one -> one.paidUntil().isEmpty()).isPresent();
        return neverPaid
                ? Effect().persist(Subscriptions.stopped(giveUp.watcher()))
                : Effect().none();
    }

    private void refused(PublicKey watcher, WatchMessage.Refused refused) {
        WatchAnswer answer = new WatchAnswer.Refused(refused.code(), refused.reason());
        askers.answerCurious(watcher, answer);
        String code = "watch-" + refused.code();
        if (refused.hint().isEmpty()) {
            askers.answer(watcher, answer);
            if (refused.code().equals("unpaid") || refused.code().equals("not-subscribed")) {
                channels.unpaid(watcher);
            }
            if (channels.isWatching(watcher)) {
                askers.alarm(watcher, code, refused.reason());
            }
            return;
        }
        channels.refused(watcher, refused.hint().get(), refused.code(), refused.reason())
                .ifPresent(
                        channel ->
                                askers.alarm(
                                        watcher,
                                        code,
                                        "channel " + channel + ": " + refused.reason()));
    }

    private void givenBack(PublicKey watcher, WatchMessage.Hold hold) {
        try {
            channels.givenBack(hold);
        } catch (IllegalArgumentException worthless) {
            askers.alarm(watcher, "watch-worthless", String.valueOf(worthless.getMessage()));
        }
    }

    // ---- handing over ---------------------------------------------------------------------------

    private void watching(PublicKey watcher) {
        self.subscribed().run();
        channels.watching(watcher);
        if (!loaded) {
            loaded = true;
            context.pipeToSelf(world().channels(), Listed::new);
        }
    }

    private Effect<WatchClientEvent, Subscriptions> listed(Subscriptions now, Listed listed) {
        if (listed.channels() == null) {
            loaded = false;
            context.getLog().warn("channels to watch not listed: {}", listed.failure());
            return Effect().none();
        }
        toInspect.addAll(listed.channels());
        for (int i = 0; i < INSPECTED_AT_ONCE; i++) {
            inspectNext();
        }
        return Effect().none();
    }

    private void inspectNext() {
        ChannelId channel = toInspect.poll();
        if (channel != null) {
            inspect(channel, true);
        }
    }

    private void inspect(ChannelId channel, boolean listed) {
        context.pipeToSelf(
                world().inspect(channel),
                (memory, failure) -> new Inspected(channel, memory, listed));
    }

    private Effect<WatchClientEvent, Subscriptions> inspected(
            Subscriptions now, Inspected inspected) {
        if (inspected.memory() instanceof KnownChannel known) {
            channels.see(inspected.channel(), known);
        } else if (inspected.memory() == null) {
            // A channel that does not answer now is asked again until it does.
            timers.startSingleTimer(
                    inspected.channel(), new InDoubt(inspected.channel()), INSPECT_AGAIN);
        }
        if (inspected.listed()) {
            inspectNext();
        }
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
        inspect(doubt.channel(), false);
        return Effect().none();
    }

    // ---- links and time -------------------------------------------------------------------------

    private Effect<WatchClientEvent, Subscriptions> linked(Subscriptions now, Linked up) {
        channels.up(up.partner());
        now.with(up.partner()).ifPresent(this::ask);
        return Effect().none();
    }

    private void ask(Subscription subscription) {
        if (subscription.isDue(world().now())) {
            askToPay(subscription.watcher());
        } else {
            world().say(subscription.watcher(), new WatchMessage.Ask(false));
        }
    }

    private void askToPay(PublicKey watcher) {
        askedToPay.add(watcher);
        world().say(watcher, new WatchMessage.Ask(true));
    }

    private Effect<WatchClientEvent, Subscriptions> unlinked(Subscriptions now, Unlinked down) {
        channels.down(down.partner());
        askedToPay.remove(down.partner());
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
            PublicKey watcher = one.watcher();
            boolean toPay = one.isDue(time) && mayPay(one, time);
            if (channels.isLinked(watcher) && (toPay || channels.isUnpaid(watcher))) {
                ask(one);
            }
            if (one.isPast(time)) {
                askers.alarm(watcher, "watch-unpaid", "paid until " + one.paidUntil().get());
            }
            int behind = channels.behind(watcher, BEHIND, time);
            if (behind > 0) {
                askers.alarm(
                        watcher,
                        Askers.BEHIND,
                        "it holds older states of %d channels than this node".formatted(behind));
            } else {
                askers.calm(watcher, Askers.BEHIND);
            }
        }
        return Effect().none();
    }

    private boolean mayPay(Subscription one, Instant time) {
        Instant earliest = notBefore.getOrDefault(one.watcher(), Instant.MIN);
        return !paying.contains(one.watcher()) && !time.isBefore(earliest) && one.mayPay(time);
    }

    // ---- storage --------------------------------------------------------------------------------

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
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(Subscriptions now) {
                return now.toSnapshot();
            }

            @Override
            public Subscriptions fromJournal(Object stored) {
                return Subscriptions.ofSnapshot((WatchClientSnapshot) stored);
            }
        };
    }
}
