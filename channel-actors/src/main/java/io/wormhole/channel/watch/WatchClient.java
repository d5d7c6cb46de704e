package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ChannelParty;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Lost;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.channel.proto.WatchClientEvent;
import io.wormhole.channel.proto.WatchClientSnapshot;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    /** Wants to be watched, for at most that much a period, until stopped. */
    public record Subscribe(PublicKey watcher, Amount maximumPrice, ActorRef<WatchAnswer> replyTo)
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

    private record Tick() implements Command {}

    /**
     * Who is watched.
     *
     * @param subscribed is told when there is anybody who watches, so that changes are worth telling
     */
    public record Self(KeyPair key, NetworkId network, WatchClientWorld world, Runnable subscribed) {}

    private record Wish(Amount maximumPrice, List<ActorRef<WatchAnswer>> askers) {}

    private record Newest(ChannelParty party, CoSignedState state) {}

    private static final int EVENTS_PER_SNAPSHOT = 100;
    private static final int INSPECTED_AT_ONCE = 16;
    private static final long FEE_SHARE = 100;
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration BEHIND = Duration.ofSeconds(60);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Self self;
    private final SecureRandom random = new SecureRandom();
    private final Set<PublicKey> linked = new HashSet<>();
    private final Map<PublicKey, Wish> wishes = new HashMap<>();
    private final Map<PublicKey, List<ActorRef<WatchAnswer>>> curious = new HashMap<>();
    private final Set<PublicKey> paying = new HashSet<>();
    private final Map<PublicKey, Handover> handovers = new LinkedHashMap<>();
    private final Map<ChannelId, Newest> newest = new LinkedHashMap<>();
    private final Queue<ChannelId> toInspect = new ArrayDeque<>();
    private final DoubtBook doubts = new DoubtBook();
    private final Set<String> raised = new HashSet<>();
    private boolean loaded;

    private WatchClient(
            ActorContext<Command> context, TimerScheduler<Command> timers, Self self) {
        super(
                PersistenceId.of("watch-client", self.key().address().toString()),
                SupervisorStrategy.restartWithBackoff(FIRST_RETRY, LAST_RETRY, 0.1));
        this.context = context;
        this.timers = timers;
        this.self = self;
    }

    /** The watched side of one operator. */
    public static Behavior<Command> create(Self self) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(timers -> new WatchClient(context, timers, self)));
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
                .onCommand(Tick.class, this::tick)
                .build();
    }

    private WatchClientWorld world() {
        return self.world();
    }

    // ---- what the owner wants -------------------------------------------------------------------

    private Effect<WatchClientEvent, Subscriptions> askTerms(Subscriptions now, AskTerms ask) {
        if (!linked.contains(ask.watcher())) {
            ask.replyTo().tell(noLink(ask.watcher()));
            return Effect().none();
        }
        curious.computeIfAbsent(ask.watcher(), unknown -> new ArrayList<>()).add(ask.replyTo());
        world().say(ask.watcher(), new WatchMessage.Ask(false));
        return Effect().none();
    }

    private static WatchAnswer noLink(PublicKey watcher) {
        return new WatchAnswer.Refused("no-link", "there is no link to " + watcher + " now");
    }

    private Effect<WatchClientEvent, Subscriptions> subscribe(Subscriptions now, Subscribe wish) {
        if (!linked.contains(wish.watcher())) {
            wish.replyTo().tell(noLink(wish.watcher()));
            return Effect().none();
        }
        List<ActorRef<WatchAnswer>> askers = new ArrayList<>();
        Optional.ofNullable(wishes.get(wish.watcher()))
                .ifPresent(before -> askers.addAll(before.askers()));
        askers.add(wish.replyTo());
        wishes.put(wish.watcher(), new Wish(wish.maximumPrice(), askers));
        world().say(wish.watcher(), new WatchMessage.Ask(true));
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
                            newest.values()
                                    .forEach(
                                            one ->
                                                    world().say(
                                                                    watcher,
                                                                    new WatchMessage.Drop(
                                                                            hint(one.party()))));
                            handovers.remove(watcher);
                            stop.replyTo().tell(new WatchAnswer.Stopped());
                        });
    }

    private static Hash hint(ChannelParty party) {
        return WatchSeal.hint(party.id(), party.me());
    }

    private Effect<WatchClientEvent, Subscriptions> read(Subscriptions now, Read read) {
        read.replyTo().tell(now.all().values().stream().map(this::view).toList());
        return Effect().none();
    }

    private WatcherView view(Subscription subscription) {
        List<WatcherView.Watched> channels = new ArrayList<>();
        Handover handover = handovers.get(subscription.watcher());
        if (handover != null) {
            handover.lines()
                    .forEach(
                            (channel, line) ->
                                    channels.add(
                                            new WatcherView.Watched(
                                                    channel,
                                                    line.newest(),
                                                    line.held(),
                                                    line.refused().orElse(""))));
        }
        return new WatcherView(
                subscription,
                linked.contains(subscription.watcher()),
                subscription.isServed(world().now()),
                channels);
    }

    // ---- what the watcher says ------------------------------------------------------------------

    private Effect<WatchClientEvent, Subscriptions> heard(Subscriptions now, Heard heard) {
        PublicKey watcher = heard.partner();
        if (heard.message() instanceof WatchMessage.Terms terms) {
            return terms(now, watcher, terms);
        } else if (heard.message() instanceof WatchMessage.Receipt receipt) {
            receipt(watcher, receipt.receipt());
        } else if (heard.message() instanceof WatchMessage.Refused refused) {
            refused(watcher, refused);
        } else if (heard.message() instanceof WatchMessage.Held held) {
            held.held().ifPresent(hold -> givenBack(watcher, hold));
        }
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> terms(
            Subscriptions now, PublicKey watcher, WatchMessage.Terms terms) {
        List<ActorRef<WatchAnswer>> askers = curious.remove(watcher);
        if (askers != null) {
            askers.forEach(asker -> asker.tell(new WatchAnswer.Offered(terms)));
        }
        Wish wish = wishes.get(watcher);
        Optional<Subscription> known = now.with(watcher);
        Optional<Amount> most =
                wish != null
                        ? Optional.of(wish.maximumPrice())
                        : known.map(Subscription::maximumPrice);
        if (most.isEmpty()) {
            return Effect().none();
        }
        Subscription next =
                new Subscription(
                                watcher,
                                most.get(),
                                Optional.empty(),
                                terms.terms().period(),
                                terms.terms().grace())
                        .with(terms);
        if (known.isEmpty() && !most.get().covers(terms.terms().price())) {
            answer(watcher, tooDear(terms, most.get()));
            return Effect().none();
        }
        return known.equals(Optional.of(next))
                ? Effect().none().thenRun((Subscriptions same) -> agreed(next, terms))
                : Effect()
                        .persist(Subscriptions.subscribed(next))
                        .thenRun(after -> agreed(next, terms));
    }

    private static WatchAnswer.Refused tooDear(WatchMessage.Terms terms, Amount most) {
        return new WatchAnswer.Refused(
                "too-dear",
                "it costs %s DSD a period, at most %s is allowed"
                        .formatted(terms.terms().price(), most));
    }

    private void agreed(Subscription now, WatchMessage.Terms terms) {
        PublicKey watcher = now.watcher();
        if (now.isDue(world().now())) {
            terms.invoice().ifPresent(text -> pay(now, terms, text));
        }
        if (now.isServed(world().now())) {
            calm(watcher, "watch-unpaid");
            handover(watcher);
            if (!paying.contains(watcher)) {
                answer(watcher, new WatchAnswer.Subscribed(view(now)));
            }
        }
    }

    private void answer(PublicKey watcher, WatchAnswer answer) {
        Wish wish = wishes.remove(watcher);
        if (wish != null) {
            wish.askers().forEach(asker -> asker.tell(answer));
        }
    }

    private void pay(Subscription now, WatchMessage.Terms terms, String text) {
        PublicKey watcher = now.watcher();
        Amount price = terms.terms().price();
        if (!now.maximumPrice().covers(price)) {
            WatchAnswer.Refused dear = tooDear(terms, now.maximumPrice());
            alarm(watcher, "watch-" + dear.code(), dear.reason());
            answer(watcher, dear);
            return;
        }
        Invoice invoice;
        try {
            invoice = Invoice.parse(text, self.network());
        } catch (IllegalArgumentException malformed) {
            notPaid(watcher, "its invoice cannot be read: " + malformed.getMessage());
            return;
        }
        if (!invoice.payee().equals(watcher) || !invoice.amount().equals(price)) {
            notPaid(watcher, "its invoice is not what it offered");
            return;
        }
        if (paying.add(watcher)) {
            Amount fee = Amount.of(price.baseUnits() / FEE_SHARE);
            context.pipeToSelf(
                    world().pay(invoice, fee),
                    (payment, failure) -> new PaymentOver(watcher, payment, failure));
        }
    }

    private Effect<WatchClientEvent, Subscriptions> paymentOver(
            Subscriptions now, PaymentOver over) {
        paying.remove(over.watcher());
        OutgoingPayment payment = over.payment();
        if (payment != null && payment.state() == OutgoingPayment.State.PAID) {
            world().say(over.watcher(), new WatchMessage.Ask(false));
        } else {
            notPaid(
                    over.watcher(),
                    payment != null ? payment.reason() : String.valueOf(over.failure()));
        }
        return Effect().none();
    }

    private void notPaid(PublicKey watcher, String reason) {
        alarm(watcher, "watch-unpaid", "the next period is not paid: " + reason);
        answer(watcher, new WatchAnswer.Refused("not-paid", reason));
    }

    private void receipt(PublicKey watcher, WatchReceipt receipt) {
        Handover handover = handovers.get(watcher);
        if (handover == null) {
            return;
        }
        boolean valid =
                handover.onTheWay(receipt.hint())
                        .filter(hold -> receipt.isFor(hold, watcher, self.network()))
                        .isPresent();
        if (valid) {
            handover.confirmed(receipt.hint(), world().now());
            handOver(watcher, handover);
        }
    }

    private void refused(PublicKey watcher, WatchMessage.Refused refused) {
        List<ActorRef<WatchAnswer>> askers = curious.remove(watcher);
        WatchAnswer answer = new WatchAnswer.Refused(refused.code(), refused.reason());
        if (askers != null) {
            askers.forEach(asker -> asker.tell(answer));
        }
        if (refused.hint().isEmpty()) {
            answer(watcher, answer);
            if (handovers.containsKey(watcher)) {
                alarm(watcher, "watch-" + refused.code(), refused.reason());
            }
            return;
        }
        Handover handover = handovers.get(watcher);
        Optional<ChannelId> channel =
                handover == null
                        ? Optional.empty()
                        : handover.refused(refused.hint().get(), refused.reason());
        if (channel.isPresent()) {
            alarm(
                    watcher,
                    "watch-" + refused.code(),
                    "channel " + channel.get() + ": " + refused.reason());
        }
    }

    private void givenBack(PublicKey watcher, WatchMessage.Hold hold) {
        try {
            doubts.newer(hold)
                    .ifPresent(state -> world().prove(state.state().channel(), state));
        } catch (IllegalArgumentException worthless) {
            alarm(watcher, "watch-worthless", String.valueOf(worthless.getMessage()));
        }
    }

    // ---- handing over ---------------------------------------------------------------------------

    private void handover(PublicKey watcher) {
        boolean isNew = !handovers.containsKey(watcher);
        Handover handover = handovers.computeIfAbsent(watcher, unknown -> new Handover());
        self.subscribed().run();
        if (isNew) {
            newest.forEach(
                    (channel, one) ->
                            offer(watcher, handover, channel, one));
        }
        if (!loaded) {
            loaded = true;
            context.pipeToSelf(world().channels(), Listed::new);
        }
        handOver(watcher, handover);
    }

    // A watcher does not watch its own partner.
    private void offer(PublicKey watcher, Handover handover, ChannelId channel, Newest one) {
        if (!one.party().partnerKey().equals(watcher)) {
            handover.newest(channel, one.state().nonce().value(), world().now());
        }
    }

    private void handOver(PublicKey watcher, Handover handover) {
        if (!linked.contains(watcher)) {
            return;
        }
        for (Optional<ChannelId> next = handover.next();
                next.isPresent();
                next = handover.next()) {
            Newest one = newest.get(next.get());
            if (one == null) {
                handover.forget(next.get());
                continue;
            }
            WatchMessage.Hold hold =
                    WatchPacking.pack(one.party(), one.state(), self.key(), watcher, random);
            handover.sent(next.get(), hold);
            world().say(watcher, hold);
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
            see(inspected.channel(), known);
        }
        if (inspected.listed()) {
            inspectNext();
        }
        askAboutDoubts();
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> kept(Subscriptions now, Kept kept) {
        see(kept.channel(), kept.memory());
        return Effect().none();
    }

    private void see(ChannelId channel, KnownChannel memory) {
        doubts.see(channel, memory);
        // What is lost or in doubt may be old.
        boolean sure =
                !(memory instanceof Lost)
                        && !(memory instanceof Ended)
                        && !(memory instanceof Open open && open.doubtful());
        Optional<CoSignedState> state =
                sure ? WatchPacking.stateOf(memory) : Optional.empty();
        if (state.isPresent()) {
            Newest one = new Newest(memory.party(), state.get());
            newest.put(channel, one);
            handovers.forEach(
                    (watcher, handover) -> {
                        offer(watcher, handover, channel, one);
                        handOver(watcher, handover);
                    });
        }
    }

    private Effect<WatchClientEvent, Subscriptions> forget(Subscriptions now, Forget forget) {
        newest.remove(forget.channel());
        handovers.values().forEach(handover -> handover.forget(forget.channel()));
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> inDoubt(Subscriptions now, InDoubt doubt) {
        inspect(doubt.channel(), false);
        return Effect().none();
    }

    private void askAboutDoubts() {
        for (Hash hint : doubts.hints()) {
            linked.forEach(partner -> world().say(partner, new WatchMessage.Fetch(hint)));
        }
    }

    // ---- links and time -------------------------------------------------------------------------

    private Effect<WatchClientEvent, Subscriptions> linked(Subscriptions now, Linked up) {
        linked.add(up.partner());
        for (Hash hint : doubts.hints()) {
            world().say(up.partner(), new WatchMessage.Fetch(hint));
        }
        now.with(up.partner()).ifPresent(this::ask);
        Handover handover = handovers.get(up.partner());
        if (handover != null) {
            handover.again();
            handOver(up.partner(), handover);
        }
        return Effect().none();
    }

    private void ask(Subscription subscription) {
        boolean renew = subscription.isDue(world().now());
        world().say(subscription.watcher(), new WatchMessage.Ask(renew));
    }

    private Effect<WatchClientEvent, Subscriptions> unlinked(Subscriptions now, Unlinked down) {
        linked.remove(down.partner());
        answer(down.partner(), noLink(down.partner()));
        List<ActorRef<WatchAnswer>> askers = curious.remove(down.partner());
        if (askers != null) {
            askers.forEach(asker -> asker.tell(noLink(down.partner())));
        }
        return Effect().none();
    }

    private Effect<WatchClientEvent, Subscriptions> tick(Subscriptions now, Tick tick) {
        Instant time = world().now();
        askAboutDoubts();
        for (Subscription one : now.all().values()) {
            PublicKey watcher = one.watcher();
            if (one.isDue(time) && linked.contains(watcher) && !paying.contains(watcher)) {
                ask(one);
            }
            if (one.paidUntil().filter(until -> until.isBefore(time)).isPresent()) {
                alarm(watcher, "watch-unpaid", "paid until " + one.paidUntil().get());
            }
            Handover handover = handovers.get(watcher);
            int behind = handover == null ? 0 : handover.behind(BEHIND, time).size();
            if (behind > 0) {
                alarm(
                        watcher,
                        "watch-behind",
                        "it holds older states of %d channels than this node".formatted(behind));
            } else {
                calm(watcher, "watch-behind");
            }
        }
        return Effect().none();
    }

    // Once for each trouble, until it is over.
    private void alarm(PublicKey watcher, String code, String words) {
        if (raised.add(watcher + code)) {
            world().alarm(watcher, code, words);
        }
    }

    private void calm(PublicKey watcher, String code) {
        raised.remove(watcher + code);
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
                                handover(one.watcher());
                            }
                        });
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2)
                .withDeleteEventsOnSnapshot();
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
