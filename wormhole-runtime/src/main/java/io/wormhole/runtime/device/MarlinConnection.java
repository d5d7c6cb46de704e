package io.wormhole.runtime.device;

import io.wormhole.runtime.device.DeviceProtocol.Command;
import io.wormhole.runtime.device.DeviceProtocol.Describe;
import io.wormhole.runtime.device.DeviceProtocol.Print;
import io.wormhole.runtime.device.DeviceProtocol.PrintEvent;
import io.wormhole.runtime.device.DeviceProtocol.PrintRefused;
import io.wormhole.runtime.device.DeviceProtocol.Stop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/**
 * The driver of one Marlin printer: owns the TCP connection, the clock and the file reader, and
 * lets {@link HostSession} decide everything. It never gives the printer up; it gives parts up.
 */
public final class MarlinConnection {
    private static final int WRITES_WAITING = 1_024;
    private static final Duration TICK = Duration.ofMillis(50);

    private record Connected(long generation) implements MarlinInternal {}

    private record Closed(long generation, String why) implements MarlinInternal {}

    private record Received(long generation, ByteString bytes, CompletableFuture<Void> taken)
            implements MarlinInternal {}

    private record Fed(PartRun run, LineFeed feed, List<String> commands)
            implements MarlinInternal {}

    private record FeedBroke(PartRun run, String why) implements MarlinInternal {}

    private record Connect() implements MarlinInternal {}

    private record Tick() implements MarlinInternal {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final MarlinSettings settings;
    private final Executor blocking;
    private final HostSession session;
    private final LineSplitter splitter = new LineSplitter();
    private Optional<ActorRef<PrintEvent>> replyTo = Optional.empty();
    private Optional<BoundedSourceQueue<ByteString>> line = Optional.empty();
    private Optional<LineFeed> feed = Optional.empty();
    private Optional<String> cutWith = Optional.empty();
    private Duration backoff;
    private long generation;
    private long reconnects;
    private boolean wasConnected;

    private MarlinConnection(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            MarlinSettings settings) {
        this.context = context;
        this.timers = timers;
        this.settings = settings;
        this.backoff = settings.backoffLeast();
        this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        this.session = new HostSession(settings, effects());
    }

    /** A driver that connects at once and keeps trying. */
    public static Behavior<Command> create(MarlinSettings settings) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers ->
                                        new MarlinConnection(context, timers, settings).running()));
    }

    private Behavior<Command> running() {
        timers.startTimerWithFixedDelay("tick", new Tick(), TICK);
        connect();
        return Behaviors.receive(Command.class)
                .onMessage(Print.class, this::onPrint)
                .onMessage(Stop.class, this::onStop)
                .onMessage(Describe.class, this::onDescribe)
                .onMessage(Connect.class, m -> onConnect())
                .onMessage(Connected.class, this::onConnected)
                .onMessage(Received.class, this::onReceived)
                .onMessage(Closed.class, this::onClosed)
                .onMessage(Fed.class, this::onFed)
                .onMessage(FeedBroke.class, this::onFeedBroke)
                .onMessage(Tick.class, m -> onTick())
                .onSignal(PostStop.class, signal -> onEnd())
                .onSignal(PreRestart.class, signal -> onEnd())
                .build();
    }

    private Behavior<Command> onPrint(Print print) {
        Optional<PartId> busyWith = session.current().map(PartRun::part);
        if (busyWith.isPresent() && !busyWith.get().equals(print.part())) {
            print.replyTo()
                    .tell(
                            new PrintRefused(
                                    print.part(),
                                    "the printer is busy with " + busyWith.get().label()));
            return Behaviors.same();
        }
        replyTo = Optional.of(print.replyTo());
        session.print(print.part(), print.source(), print.begun(), System.nanoTime());
        return done();
    }

    private Behavior<Command> onStop(Stop stop) {
        session.stop(stop.why(), System.nanoTime());
        stop.replyTo().tell(session.status(reconnects));
        return done();
    }

    private Behavior<Command> onDescribe(Describe describe) {
        describe.replyTo().tell(session.status(reconnects));
        return Behaviors.same();
    }

    private Behavior<Command> onTick() {
        session.tick(System.nanoTime());
        return done();
    }

    // The connection.

    private Behavior<Command> onConnect() {
        connect();
        return Behaviors.same();
    }

    private void connect() {
        long mine = ++generation;
        var stages =
                Source.<ByteString>queue(WRITES_WAITING)
                        .viaMat(
                                Tcp.get(context.getSystem())
                                        .outgoingConnection(
                                                InetSocketAddress.createUnresolved(
                                                        settings.host(), settings.port()),
                                                Optional.empty(),
                                                List.of(TcpSO.tcpNoDelay(true)),
                                                false,
                                                Optional.of(settings.connectTimeout()),
                                                Optional.empty()),
                                Keep.both())
                        .toMat(Sink.foreachAsync(1, bytes -> taken(mine, bytes)), Keep.both())
                        .run(context.getSystem());
        line = Optional.of(stages.first().first());
        context.pipeToSelf(
                stages.first().second(),
                (ok, failure) ->
                        failure == null ? new Connected(mine) : new Closed(mine, reason(failure)));
        context.pipeToSelf(
                stages.second(),
                (ok, failure) ->
                        new Closed(mine, failure == null ? "the line was cut" : reason(failure)));
    }

    private CompletionStage<Void> taken(long mine, ByteString bytes) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        context.getSelf().tell(new Received(mine, bytes, taken));
        return taken;
    }

    private Behavior<Command> onConnected(Connected connected) {
        if (connected.generation() != generation) {
            return Behaviors.same();
        }
        if (wasConnected) {
            reconnects++;
        }
        wasConnected = true;
        splitter.clear();
        session.connected(System.nanoTime());
        return done();
    }

    private Behavior<Command> onReceived(Received received) {
        received.taken().complete(null);
        if (received.generation() != generation) {
            return Behaviors.same();
        }
        backoff = settings.backoffLeast();
        long now = System.nanoTime();
        splitter.split(received.bytes(), text -> session.receive(text, now));
        return done();
    }

    private Behavior<Command> onClosed(Closed closed) {
        if (closed.generation() != generation) {
            return Behaviors.same();
        }
        generation++;
        line = Optional.empty();
        session.disconnected(cutWith.orElse(closed.why()));
        cutWith = Optional.empty();
        timers.startSingleTimer("connect", new Connect(), backoff);
        Duration longer = backoff.multipliedBy(2);
        backoff = longer.compareTo(settings.backoffMost()) > 0 ? settings.backoffMost() : longer;
        return done();
    }

    /** Writes what the session wants written, and cuts the line if it wants that. */
    private Behavior<Command> done() {
        String text = session.drain();
        if (!text.isEmpty() && line.isPresent()) {
            boolean queued =
                    line.get().offer(ByteString.fromString(text, "ISO-8859-1")).isEnqueued();
            if (!queued && cutWith.isEmpty()) {
                cutWith = Optional.of("the printer takes no bytes");
            }
        }
        if (cutWith.isPresent() && line.isPresent()) {
            line.get().fail(new IOException(cutWith.get()));
            line = Optional.empty();
        }
        return Behaviors.same();
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    // The file.

    private SessionEffects effects() {
        return new SessionEffects() {
            @Override
            public void openFeed(PartRun run, long index) {
                closeFeed();
                read(run, () -> LineFeed.open(run, index));
            }

            @Override
            public void more(PartRun run) {
                feed.ifPresent(open -> read(run, () -> open));
            }

            @Override
            public void tell(PrintEvent event) {
                replyTo.ifPresent(asker -> asker.tell(event));
            }

            @Override
            public void hangUp(String why) {
                cutWith = Optional.of(why);
            }
        };
    }

    /** How to get at the feed, which may mean opening it. */
    private interface Opening {
        LineFeed feed() throws IOException;
    }

    private void read(PartRun run, Opening opening) {
        feed = Optional.empty();
        CompletableFuture<Command> reading =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                LineFeed open = opening.feed();
                                return new Fed(run, open, open.read(HostSession.READY_LINES));
                            } catch (IOException e) {
                                return new FeedBroke(run, String.valueOf(e.getMessage()));
                            }
                        },
                        blocking);
        context.pipeToSelf(
                reading,
                (message, failure) ->
                        failure == null ? message : new FeedBroke(run, reason(failure)));
    }

    private Behavior<Command> onFed(Fed fed) throws IOException {
        if (session.current().filter(run -> run == fed.run()).isEmpty()) {
            fed.feed().close();
            return Behaviors.same();
        }
        feed = Optional.of(fed.feed());
        session.fed(fed.run(), fed.commands(), System.nanoTime());
        return done();
    }

    private Behavior<Command> onFeedBroke(FeedBroke broke) {
        session.feedFailed(broke.run(), broke.why(), System.nanoTime());
        return done();
    }

    private void closeFeed() {
        try {
            if (feed.isPresent()) {
                feed.get().close();
            }
        } catch (IOException e) {
            context.getLog().debug("closing a G-code file: {}", e.getMessage());
        }
        feed = Optional.empty();
    }

    /** A restarted driver makes a connection of its own; the old one must not linger. */
    private Behavior<Command> onEnd() {
        closeFeed();
        line.ifPresent(open -> open.fail(new IOException("the driver stopped")));
        line = Optional.empty();
        return Behaviors.same();
    }
}
