package io.wormhole.channel.watcher;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Following;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.SettlementHead;
import io.wormhole.protocol.state.ChannelEntry;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Tells channels what the chain says of them: at once when a block names them, at every block while
 * they wait for something or the head and the last final block disagree about them. A channel's
 * actor may sleep meanwhile; being told wakes it.
 */
public final class ChannelWatcher extends AbstractBehavior<ChannelWatcher.Command> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** This operator takes part in the channel. */
    public record Watch(ChannelId channel) implements Command {}

    /**
     * This operator takes part in the channel since an earlier run: it need not be woken when the
     * chain says nothing but that it is open.
     */
    public record Resume(ChannelId channel) implements Command {}

    /** The channel waits for the chain: look at it at every block until it is closed. */
    public record Attend(ChannelId channel) implements Command {}

    /** The channel waits for nothing: look at it when a block names it. */
    public record Rest(ChannelId channel) implements Command {}

    /** The channel is over. */
    public record Unwatch(ChannelId channel) implements Command {}

    private record Happened(LedgerEvent event, CompletableFuture<Done> handled)
            implements Command {}

    private record Looked(ChannelId channel, ChannelAction.ChainSeen seen) implements Command {}

    private record Started(@Nullable SettlementHead head, @Nullable Throwable failure)
            implements Command {}

    private record Start() implements Command {}

    private record LookNow(ChannelId channel) implements Command {}

    private record LookFailed(ChannelId channel, Throwable cause) implements Command {}

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int LOOKS_AT_ONCE = 256;

    private final TimerScheduler<Command> timers;
    private final Settlement settlement;
    private final BiConsumer<ChannelId, ChannelAction.ChainSeen> channels;
    private final Consumer<LedgerEvent> chainMoved;
    private final Set<ChannelId> watched = new HashSet<>();
    private final Set<ChannelId> attended = new HashSet<>();
    private final Set<ChannelId> unsettled = new HashSet<>();
    private final Set<ChannelId> looking = new HashSet<>();
    // Something happened while the chain was being asked: the answer may be older than that.
    private final Set<ChannelId> lookAgain = new HashSet<>();
    // To be looked at when the chain has answered about others.
    private final Set<ChannelId> waiting = new LinkedHashSet<>();
    private final Set<ChannelId> resumed = new HashSet<>();
    private Optional<Following> following = Optional.empty();

    private ChannelWatcher(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Settlement settlement,
            BiConsumer<ChannelId, ChannelAction.ChainSeen> channels,
            Consumer<LedgerEvent> chainMoved) {
        super(context);
        this.timers = timers;
        this.settlement = settlement;
        this.channels = channels;
        this.chainMoved = chainMoved;
        context.getSelf().tell(new Start());
    }

    /**
     * A watcher.
     *
     * @param channels is told what the chain says of a channel
     * @param chainMoved is told every change of the head or the last final block
     */
    public static Behavior<Command> create(
            Settlement settlement,
            BiConsumer<ChannelId, ChannelAction.ChainSeen> channels,
            Consumer<LedgerEvent> chainMoved) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers ->
                                        new ChannelWatcher(
                                                context,
                                                timers,
                                                settlement,
                                                channels,
                                                chainMoved)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Start.class, start -> start())
                .onMessage(Started.class, this::started)
                .onMessage(Watch.class, this::watch)
                .onMessage(Resume.class, this::resume)
                .onMessage(Attend.class, this::attend)
                .onMessage(Rest.class, this::rest)
                .onMessage(Unwatch.class, this::unwatch)
                .onMessage(Happened.class, this::happened)
                .onMessage(Looked.class, this::looked)
                .onMessage(LookNow.class, this::lookNow)
                .onMessage(LookFailed.class, this::lookFailed)
                .onSignal(PostStop.class, stop -> stopped())
                .build();
    }

    private Behavior<Command> start() {
        getContext().pipeToSelf(settlement.head(), Started::new);
        return this;
    }

    private Behavior<Command> started(Started started) {
        if (started.head() == null) {
            timers.startSingleTimer("start", new Start(), RETRY);
            return this;
        }
        ActorRef<Command> self = getContext().getSelf();
        following =
                Optional.of(
                        settlement.follow(
                                started.head().finalHeight(),
                                event -> {
                                    CompletableFuture<Done> handled = new CompletableFuture<>();
                                    self.tell(new Happened(event, handled));
                                    return handled;
                                }));
        return this;
    }

    private Behavior<Command> watch(Watch watch) {
        if (watched.add(watch.channel())) {
            unsettled.add(watch.channel());
            look(watch.channel());
        }
        return this;
    }

    private Behavior<Command> resume(Resume resume) {
        if (!watched.contains(resume.channel())) {
            resumed.add(resume.channel());
        }
        return watch(new Watch(resume.channel()));
    }

    private Behavior<Command> attend(Attend attend) {
        watched.add(attend.channel());
        if (attended.add(attend.channel())) {
            look(attend.channel());
        }
        return this;
    }

    private Behavior<Command> rest(Rest rest) {
        attended.remove(rest.channel());
        return this;
    }

    private Behavior<Command> unwatch(Unwatch unwatch) {
        watched.remove(unwatch.channel());
        attended.remove(unwatch.channel());
        unsettled.remove(unwatch.channel());
        waiting.remove(unwatch.channel());
        resumed.remove(unwatch.channel());
        return this;
    }

    private Behavior<Command> happened(Happened happened) {
        Set<ChannelId> named = named(happened.event());
        unsettled.addAll(named);
        // Before all others, of which there are very many after a start: a countdown may run.
        named.forEach(this::lookFirst);
        Set<ChannelId> due = new HashSet<>(attended);
        due.addAll(unsettled);
        due.removeAll(named);
        due.forEach(this::look);
        chainMoved.accept(happened.event());
        happened.handled().complete(Done.done());
        return this;
    }

    private Set<ChannelId> named(LedgerEvent event) {
        Set<ChannelId> named = new LinkedHashSet<>();
        if (event instanceof LedgerEvent.BlockApplied block) {
            for (LedgerFact fact : block.facts()) {
                channelOf(fact).filter(watched::contains).ifPresent(named::add);
            }
        }
        return named;
    }

    private void lookFirst(ChannelId channel) {
        if (looking.contains(channel)) {
            lookAgain.add(channel);
        } else {
            lookAtOnce(channel);
        }
    }

    private static Optional<ChannelId> channelOf(LedgerFact fact) {
        if (fact instanceof LedgerFact.ChannelOpened opened) {
            return Optional.of(opened.channel());
        } else if (fact instanceof LedgerFact.ChannelClosing closing) {
            return Optional.of(closing.channel());
        } else if (fact instanceof LedgerFact.ChannelChanged changed) {
            return Optional.of(changed.channel());
        } else if (fact instanceof LedgerFact.ChannelProgressed progressed) {
            return Optional.of(progressed.channel());
        } else if (fact instanceof LedgerFact.ChannelClosed closed) {
            return Optional.of(closed.channel());
        }
        return Optional.empty();
    }

    private void look(ChannelId channel) {
        if (looking.contains(channel)) {
            lookAgain.add(channel);
        } else if (looking.size() >= LOOKS_AT_ONCE) {
            waiting.add(channel);
        } else {
            lookAtOnce(channel);
        }
    }

    private void lookAtOnce(ChannelId channel) {
        waiting.remove(channel);
        looking.add(channel);
        lookUp(channel);
    }

    private void lookAtNext() {
        if (!waiting.isEmpty() && looking.size() < LOOKS_AT_ONCE) {
            look(waiting.iterator().next());
        }
    }

    private void lookUp(ChannelId channel) {
        CompletionStage<ChannelAction.ChainSeen> seen =
                settlement
                        .channel(channel, Certainty.TENTATIVE)
                        .thenCombine(settlement.channel(channel, Certainty.FINAL), Entries::new)
                        .thenCombine(settlement.head(), Entries::at);
        getContext()
                .pipeToSelf(
                        seen,
                        (what, failure) ->
                                what != null
                                        ? new Looked(channel, what)
                                        : new LookFailed(channel, failure));
    }

    private record Entries(Optional<ChannelEntry> tentative, Optional<ChannelEntry> settled) {
        ChannelAction.ChainSeen at(SettlementHead head) {
            return new ChannelAction.ChainSeen(
                    tentative, settled, head.height(), head.finalHeight());
        }
    }

    private Behavior<Command> looked(Looked looked) {
        ChannelId channel = looked.channel();
        looking.remove(channel);
        boolean nothingNew =
                resumed.remove(channel)
                        && !attended.contains(channel)
                        && isSettled(looked.seen())
                        && looked.seen()
                                .settled()
                                .filter(entry -> entry.phase() == ChannelEntry.Phase.OPEN)
                                .isPresent();
        if (!nothingNew) {
            channels.accept(channel, looked.seen());
        }
        if (lookAgain.remove(channel)) {
            look(channel);
        } else if (isSettled(looked.seen())) {
            unsettled.remove(channel);
        }
        lookAtNext();
        return this;
    }

    // Head and last final block agree, and no countdown runs.
    private static boolean isSettled(ChannelAction.ChainSeen seen) {
        boolean countdown =
                seen.tentative()
                        .filter(entry -> entry.phase() == ChannelEntry.Phase.CLOSING)
                        .isPresent();
        return seen.tentative().equals(seen.settled()) && !countdown;
    }

    private Behavior<Command> lookFailed(LookFailed failed) {
        looking.remove(failed.channel());
        lookAgain.remove(failed.channel());
        // At the next block again, or soon when no block comes.
        unsettled.add(failed.channel());
        timers.startSingleTimer(failed.channel(), new LookNow(failed.channel()), RETRY);
        getContext().getLog().warn("{} not looked up: {}", failed.channel(), failed.cause());
        lookAtNext();
        return this;
    }

    private Behavior<Command> lookNow(LookNow now) {
        if (watched.contains(now.channel())) {
            look(now.channel());
        }
        return this;
    }

    private Behavior<Command> stopped() {
        following.ifPresent(Following::close);
        return this;
    }
}
