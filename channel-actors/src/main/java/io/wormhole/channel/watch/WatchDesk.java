package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.proto.WatchDeskEvent;
import io.wormhole.channel.watcher.ChannelWatcher;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Following;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.SettlementHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
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
 * Watches channels of others. It reads every block of the chain, also those of the time when it was
 * off, and has each channel that is being closed and that a client gave it looked at until its end
 * is final. It knows of no channel before the chain names it.
 */
public final class WatchDesk
        extends EventSourcedBehavior<WatchDesk.Command, WatchDeskEvent, Register> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** A partner says something of watching. */
    public record Heard(PublicKey client, WatchMessage message) implements Command {}

    /** Asks how much there is to do. */
    public record Inspect(ActorRef<WatchDeskStatus> replyTo) implements Command {}

    /** A client's account has taken a message. */
    record Taken(PublicKey client) implements Command {}

    /** What is held for a client, by hint; also said once after a start. */
    record Indexed(PublicKey client, Set<Hash> hints) implements Command {
        Indexed {
            hints = Set.copyOf(hints);
        }
    }

    /** A client that has paid nothing for now, and for whom nothing is held. */
    record Idle(PublicKey client) implements Command {}

    private record Admitted(PublicKey client, WatchMessage message, boolean isPartner)
            implements Command {}

    private record Happened(LedgerEvent event, CompletableFuture<Done> handled)
            implements Command {}

    private record Looked(ChannelId channel, ChannelAction.ChainSeen seen) implements Command {}

    private record Start() implements Command {}

    private record Started(@Nullable SettlementHead head) implements Command {}

    private record Tick() implements Command {}

    private static final int EVENTS_PER_SNAPSHOT = 200;
    private static final long READ_AGAIN_BLOCKS = 500;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofSeconds(30);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final WatchOffice office;
    private final Settlement settlement;
    private final ActorRef<ChannelWatcher.Command> watcher;
    private final Map<PublicKey, ActorRef<WatchAccount.Command>> accounts = new HashMap<>();
    private final WatchIndex index = new WatchIndex();
    private final Closings closings = new Closings();
    private final Set<PublicKey> waking = new HashSet<>();
    private final Backlog backlog = new Backlog();
    private Optional<Following> following = Optional.empty();

    private WatchDesk(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            WatchOffice office,
            Settlement settlement) {
        super(PersistenceId.of("watch-desk", office.key().address().toString()), Restarts.later());
        this.context = context;
        this.timers = timers;
        this.office = office;
        this.settlement = settlement;
        ActorRef<Command> self = context.getSelf();
        this.watcher =
                context.spawn(
                        ChannelWatcher.create(
                                settlement,
                                (channel, seen) -> self.tell(new Looked(channel, seen)),
                                event -> {}),
                        "watcher");
    }

    /** The desk of a watcher on this chain. */
    public static Behavior<Command> create(WatchOffice office, Settlement settlement) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> new WatchDesk(context, timers, office, settlement)));
    }

    @Override
    public Register emptyState() {
        return Register.EMPTY;
    }

    @Override
    public CommandHandler<Command, WatchDeskEvent, Register> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Heard.class, this::heard)
                .onCommand(Inspect.class, this::inspect)
                .onCommand(Taken.class, this::taken)
                .onCommand(Indexed.class, this::indexed)
                .onCommand(Idle.class, this::idle)
                .onCommand(Admitted.class, this::admitted)
                .onCommand(Happened.class, this::happened)
                .onCommand(Looked.class, this::looked)
                .onCommand(Start.class, (register, start) -> start())
                .onCommand(Started.class, this::started)
                .onCommand(Tick.class, (register, tick) -> tick())
                .build();
    }

    private Effect<WatchDeskEvent, Register> heard(Register register, Heard heard) {
        PublicKey client = heard.client();
        if (accounts.containsKey(client)) {
            pass(client, heard.message());
        } else if (!(heard.message() instanceof WatchMessage.Ask ask)) {
            refuse(client, "not-subscribed", "nothing is watched for you: subscribe first");
        } else if (ask.renew()) {
            context.pipeToSelf(
                    office.world().isPartner(client),
                    (is, failure) -> new Admitted(client, ask, Boolean.TRUE.equals(is)));
        } else {
            office.world().say(client, office.offer());
        }
        return Effect().none();
    }

    private void refuse(PublicKey client, String code, String reason) {
        office.world().say(client, new WatchMessage.Refused(Optional.empty(), code, reason, 0));
    }

    private void pass(PublicKey client, WatchMessage message) {
        ActorRef<WatchAccount.Command> account = accounts.get(client);
        if (account == null || !backlog.add(client)) {
            office.world().say(client, Backlog.full(message));
            return;
        }
        account.tell(new WatchAccount.Heard(message));
    }

    private Effect<WatchDeskEvent, Register> taken(Register register, Taken taken) {
        backlog.taken(taken.client());
        return Effect().none();
    }

    private Effect<WatchDeskEvent, Register> admitted(Register register, Admitted admitted) {
        PublicKey client = admitted.client();
        if (accounts.containsKey(client)) {
            pass(client, admitted.message());
            return Effect().none();
        }
        if (!admitted.isPartner()) {
            refuse(
                    client,
                    "no-channel",
                    "open a channel with this node first: watching is paid through it");
            return Effect().none();
        }
        if (register.clients().size() >= office.mostClients()) {
            refuse(client, "full", "this node watches for as many as it can");
            return Effect().none();
        }
        return Effect()
                .persist(Register.listed(client))
                .thenRun(
                        after -> {
                            wake(client);
                            pass(client, admitted.message());
                        });
    }

    private void wake(PublicKey client) {
        accounts.put(
                client,
                context.spawnAnonymous(
                        Behaviors.supervise(WatchAccount.create(client, office, context.getSelf()))
                                .onFailure(Restarts.later())));
    }

    private Effect<WatchDeskEvent, Register> idle(Register register, Idle idle) {
        if (!backlog.isEmpty(idle.client())) {
            // It has said something meanwhile.
            return Effect().none();
        }
        ActorRef<WatchAccount.Command> account = accounts.remove(idle.client());
        if (account != null) {
            context.stop(account);
        }
        return register.clients().contains(idle.client())
                ? Effect().persist(Register.struck(idle.client()))
                : Effect().none();
    }

    private Effect<WatchDeskEvent, Register> indexed(Register register, Indexed indexed) {
        PublicKey client = indexed.client();
        List<WatchDeskEvent> late =
                index.update(client, indexed.hints()).stream()
                        .filter(channel -> !register.cases().contains(channel))
                        .map(Register::opened)
                        .toList();
        if (waking.remove(client) && waking.isEmpty()) {
            context.getSelf().tell(new Start());
        }
        return late.isEmpty() ? Effect().none() : Effect().persist(late).thenRun(this::attend);
    }

    private Effect<WatchDeskEvent, Register> tick() {
        accounts.values().forEach(account -> account.tell(new WatchAccount.Tick()));
        return Effect().none();
    }

    private Effect<WatchDeskEvent, Register> inspect(Register register, Inspect inspect) {
        inspect.replyTo()
                .tell(
                        new WatchDeskStatus(
                                office.terms(),
                                register.clients().size(),
                                index.size(),
                                register.cases().size(),
                                register.read()));
        return Effect().none();
    }

    private Effect<WatchDeskEvent, Register> start() {
        if (following.isEmpty()) {
            context.pipeToSelf(settlement.head(), (head, failure) -> new Started(head));
        }
        return Effect().none();
    }

    private Effect<WatchDeskEvent, Register> started(Register register, Started started) {
        if (started.head() == null) {
            timers.startSingleTimer("start", new Start(), RETRY);
            return Effect().none();
        }
        if (following.isPresent()) {
            return Effect().none();
        }
        BlockHeight read = register.read().orElse(started.head().finalHeight());
        // What is closed in these blocks may have a state that comes only now.
        BlockHeight from = new BlockHeight(Math.max(0, read.value() - READ_AGAIN_BLOCKS));
        ActorRef<Command> self = context.getSelf();
        following =
                Optional.of(
                        settlement.follow(
                                from,
                                event -> {
                                    CompletableFuture<Done> handled = new CompletableFuture<>();
                                    self.tell(new Happened(event, handled));
                                    return handled;
                                }));
        return Effect().persist(Register.read(read));
    }

    private Effect<WatchDeskEvent, Register> happened(Register register, Happened happened) {
        List<WatchDeskEvent> events = new ArrayList<>();
        if (happened.event() instanceof LedgerEvent.BlockApplied block) {
            for (LedgerFact fact : block.facts()) {
                Optional<ChannelId> ending =
                        index.ending(fact).filter(channel -> concerns(register, channel));
                ending.ifPresent(channel -> closings.closing(channel, block.height()));
                ending.filter(channel -> !register.cases().contains(channel))
                        .ifPresent(channel -> events.add(Register.opened(channel)));
            }
        } else if (happened.event() instanceof LedgerEvent.Finalised last) {
            events.add(Register.read(last.height()));
        }
        if (events.isEmpty()) {
            happened.handled().complete(Done.done());
            return Effect().none();
        }
        return Effect()
                .persist(events)
                .thenRun(
                        after -> {
                            attend(after);
                            happened.handled().complete(Done.done());
                        });
    }

    private boolean concerns(Register register, ChannelId channel) {
        return register.cases().contains(channel) || !index.holders(channel).isEmpty();
    }

    private void attend(Register register) {
        register.cases().forEach(channel -> watcher.tell(new ChannelWatcher.Attend(channel)));
    }

    private Effect<WatchDeskEvent, Register> looked(Register register, Looked looked) {
        ChannelId channel = looked.channel();
        for (PublicKey client : index.holders(channel)) {
            Optional.ofNullable(accounts.get(client))
                    .ifPresent(
                            account -> account.tell(new WatchAccount.Seen(channel, looked.seen())));
        }
        if (!register.cases().contains(channel) || !closings.isOver(channel, looked.seen())) {
            return Effect().none();
        }
        index.over(channel);
        closings.forget(channel);
        return Effect()
                .persist(Register.closed(channel))
                .thenRun(after -> watcher.tell(new ChannelWatcher.Unwatch(channel)));
    }

    @Override
    public EventHandler<Register, WatchDeskEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(Register::after);
    }

    @Override
    public SignalHandler<Register> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (register, signal) -> recovered(register))
                .onSignal(PreRestart.class, (register, signal) -> stopFollowing())
                .onSignal(PostStop.class, (register, signal) -> stopFollowing())
                .build();
    }

    private void stopFollowing() {
        following.ifPresent(Following::close);
        following = Optional.empty();
    }

    // Also after the journal failed: what was being stored then is read from the chain again.
    private void recovered(Register register) {
        stopFollowing();
        timers.startTimerWithFixedDelay("tick", new Tick(), TICK);
        attend(register);
        for (PublicKey client : register.clients()) {
            if (!accounts.containsKey(client)) {
                waking.add(client);
                wake(client);
            }
        }
        if (waking.isEmpty()) {
            context.getSelf().tell(new Start());
        }
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2).withDeleteEventsOnSnapshot();
    }

    @Override
    public SnapshotAdapter<Register> snapshotAdapter() {
        return Register.adapter();
    }
}
