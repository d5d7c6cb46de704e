package io.wormhole.channel.backup;

import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.protocol.channel.ChannelId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Writes a copy of every channel that changed, a few at a time, the newest memory of each. What
 * fails is tried again, so the place may be away for a while: the copies are older then, and safe
 * all the same.
 */
public final class BackupWriter extends AbstractBehavior<BackupWriter.Command> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** All channels of the operator, after a start. */
    public record All(List<ChannelId> channels) implements Command {
        /** Copies the list. */
        public All {
            channels = List.copyOf(channels);
        }
    }

    /** A channel has changed. */
    public record Keep(ChannelId channel, KnownChannel memory) implements Command {}

    /** A channel is over. */
    public record Forget(ChannelId channel) implements Command {}

    /** Asks how far the copies are. */
    public record Inspect(ActorRef<BackupStatus> replyTo) implements Command {}

    private record Listed(@Nullable List<ChannelId> index, @Nullable Throwable failure)
            implements Command {}

    private record IndexWritten(@Nullable Throwable failure) implements Command {}

    private record Written(
            ChannelId channel, Optional<KnownChannel> memory, @Nullable Throwable failure)
            implements Command {}

    private record Again() implements Command {}

    private static final int AT_ONCE = 4;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final TimerScheduler<Command> timers;
    private final Backup backup;
    private final Executor blocking;
    // What is listed at the place stays so until it is over, also when it is known here no more.
    private final Set<ChannelId> listed = new LinkedHashSet<>();
    // Empty: the channel is over.
    private final Map<ChannelId, Optional<KnownChannel>> waiting = new LinkedHashMap<>();
    private final Set<ChannelId> writing = new HashSet<>();
    private boolean loaded;
    private boolean indexStale;
    private boolean indexBusy;
    private long written;
    private Duration retry = FIRST_RETRY;
    private Optional<String> failure = Optional.empty();

    private BackupWriter(
            ActorContext<Command> context, TimerScheduler<Command> timers, Backup backup) {
        super(context);
        this.timers = timers;
        this.backup = backup;
        this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    }

    /** A writer to this place. */
    public static Behavior<Command> create(Backup backup) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(timers -> new BackupWriter(context, timers, backup)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(All.class, this::all)
                .onMessage(Keep.class, keep -> changed(keep.channel(), Optional.of(keep.memory())))
                .onMessage(Forget.class, forget -> changed(forget.channel(), Optional.empty()))
                .onMessage(Inspect.class, this::inspect)
                .onMessage(Listed.class, this::listed)
                .onMessage(IndexWritten.class, this::indexWritten)
                .onMessage(Written.class, this::written)
                .onMessage(Again.class, again -> write())
                .build();
    }

    private Behavior<Command> all(All all) {
        indexStale |= listed.addAll(all.channels());
        return write();
    }

    private Behavior<Command> changed(ChannelId channel, Optional<KnownChannel> memory) {
        waiting.remove(channel);
        waiting.put(channel, memory);
        indexStale |= memory.isPresent() && listed.add(channel);
        return write();
    }

    private Behavior<Command> write() {
        if (timers.isTimerActive("again") || indexBusy) {
            return this;
        }
        if (!loaded) {
            indexBusy = true;
            getContext()
                    .pipeToSelf(CompletableFuture.supplyAsync(this::index, blocking), Listed::new);
        } else if (indexStale) {
            // A channel is listed before its copy is there.
            indexStale = false;
            indexBusy = true;
            Set<ChannelId> now = new LinkedHashSet<>(listed);
            getContext()
                    .pipeToSelf(
                            run(() -> backup.writeIndex(now)),
                            (done, problem) -> new IndexWritten(problem));
        } else {
            writeSome();
        }
        return this;
    }

    private void writeSome() {
        List<ChannelId> due =
                waiting.keySet().stream()
                        .filter(channel -> !writing.contains(channel))
                        .limit(Math.max(0, AT_ONCE - writing.size()))
                        .toList();
        for (ChannelId channel : due) {
            Optional<KnownChannel> memory = Objects.requireNonNull(waiting.remove(channel));
            writing.add(channel);
            getContext()
                    .pipeToSelf(
                            run(() -> write(channel, memory)),
                            (done, problem) -> new Written(channel, memory, problem));
        }
    }

    private void write(ChannelId channel, Optional<KnownChannel> memory) throws IOException {
        if (memory.isPresent()) {
            backup.write(channel, memory.get());
        } else {
            backup.remove(channel);
        }
    }

    private List<ChannelId> index() {
        try {
            return backup.index();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private CompletableFuture<Void> run(Writing writing) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        writing.run();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                blocking);
    }

    private Behavior<Command> listed(Listed answer) {
        indexBusy = false;
        if (answer.index() == null) {
            return failed("the list of copies was not read", answer.failure());
        }
        loaded = true;
        Set<ChannelId> there = new HashSet<>(answer.index());
        indexStale |= !there.containsAll(listed);
        listed.addAll(there);
        return succeeded();
    }

    private Behavior<Command> indexWritten(IndexWritten answer) {
        indexBusy = false;
        if (answer.failure() != null) {
            indexStale = true;
            return failed("the list of copies was not written", answer.failure());
        }
        return succeeded();
    }

    private Behavior<Command> written(Written answer) {
        writing.remove(answer.channel());
        if (answer.failure() != null) {
            waiting.putIfAbsent(answer.channel(), answer.memory());
            return failed("no copy of " + answer.channel(), answer.failure());
        }
        written++;
        if (answer.memory().isEmpty() && !waiting.containsKey(answer.channel())) {
            indexStale |= listed.remove(answer.channel());
        }
        return succeeded();
    }

    private Behavior<Command> succeeded() {
        failure = Optional.empty();
        retry = FIRST_RETRY;
        return write();
    }

    private Behavior<Command> failed(String what, @Nullable Throwable cause) {
        String reason = what + " at " + backup.place() + ": " + cause;
        if (failure.isEmpty()) {
            getContext().getLog().warn("backup of channels: {}", reason);
        }
        failure = Optional.of(reason);
        if (!timers.isTimerActive("again")) {
            timers.startSingleTimer("again", new Again(), retry);
            Duration doubled = retry.multipliedBy(2);
            retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
        }
        return this;
    }

    private Behavior<Command> inspect(Inspect inspect) {
        inspect.replyTo()
                .tell(
                        new BackupStatus(
                                backup.place().toString(),
                                listed.size(),
                                waiting.size() + writing.size(),
                                written,
                                failure));
        return this;
    }
}
