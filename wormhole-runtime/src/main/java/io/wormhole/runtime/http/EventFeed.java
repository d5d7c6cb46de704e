package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.order.ChannelNotice;
import io.wormhole.supervision.CrashReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Tells listeners what changes on this node. While somebody listens it looks often and sends the
 * parts that differ from its last look, so that a listener that missed something has it with the
 * next change; notices are passed on as they come. Each listener has a bounded queue and is let go
 * when it does not keep up.
 */
final class EventFeed extends AbstractBehavior<EventFeed.Command> {
    /** What the actor understands. */
    sealed interface Command {}

    /** Asks for a stream of events; empty when there are too many listeners. */
    record Join(ActorRef<Optional<Source<ByteString, NotUsed>>> replyTo) implements Command {}

    private record Look() implements Command {}

    private record Seen(Map<String, ObjectNode> parts) implements Command {}

    private record Unseen(Throwable failure) implements Command {}

    private record Notice(ChannelNotice notice) implements Command {}

    private record Crash(CrashReport report) implements Command {}

    static final int MOST_CLIENTS = 32;
    private static final int QUEUE = 256;
    private static final Duration INTERVAL = Duration.ofMillis(300);

    private final TimerScheduler<Command> timers;
    private final NodeReader reader;
    private final List<BoundedSourceQueue<ByteString>> informed = new ArrayList<>();
    // They get every part with the next look, whether it changed or not.
    private final List<BoundedSourceQueue<ByteString>> joining = new ArrayList<>();
    private final Map<String, JsonNode> last = new TreeMap<>();
    private boolean looking;

    private EventFeed(
            ActorContext<Command> context, TimerScheduler<Command> timers, NodeReader reader) {
        super(context);
        this.timers = timers;
        this.reader = reader;
        var stream = context.getSystem().eventStream();
        stream.tell(
                new EventStream.Subscribe<>(
                        ChannelNotice.class,
                        context.messageAdapter(ChannelNotice.class, Notice::new)));
        stream.tell(
                new EventStream.Subscribe<>(
                        CrashReport.class, context.messageAdapter(CrashReport.class, Crash::new)));
    }

    /** The feed of the node that {@code reader} reads. */
    static Behavior<Command> create(NodeReader reader) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new EventFeed(context, timers, reader)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Join.class, this::join)
                .onMessage(Look.class, look -> look())
                .onMessage(Seen.class, this::seen)
                .onMessage(Unseen.class, this::unseen)
                .onMessage(Notice.class, this::notice)
                .onMessage(Crash.class, this::crash)
                .build();
    }

    private Behavior<Command> join(Join join) {
        dropGone();
        if (informed.size() + joining.size() >= MOST_CLIENTS) {
            join.replyTo().tell(Optional.empty());
            return this;
        }
        Pair<BoundedSourceQueue<ByteString>, Source<ByteString, NotUsed>> made =
                Source.<ByteString>queue(QUEUE).preMaterialize(getContext().getSystem());
        joining.add(made.first());
        join.replyTo().tell(Optional.of(made.second()));
        return look();
    }

    private Behavior<Command> look() {
        dropGone();
        if (looking || informed.size() + joining.size() == 0) {
            return this;
        }
        looking = true;
        getContext()
                .pipeToSelf(
                        parts(),
                        (parts, failure) -> parts == null ? new Unseen(failure) : new Seen(parts));
        return this;
    }

    private CompletionStage<Map<String, ObjectNode>> parts() {
        Map<String, CompletableFuture<ObjectNode>> reads = new TreeMap<>();
        reads.put("status", reader.status().toCompletableFuture());
        reads.put("channels", reader.channels().toCompletableFuture());
        reads.put("lines", reader.linesWithTrees().toCompletableFuture());
        reads.put("orders", reader.orders().toCompletableFuture());
        return CompletableFuture.allOf(reads.values().toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> {
                            Map<String, ObjectNode> parts = new TreeMap<>();
                            reads.forEach((name, read) -> parts.put(name, read.join()));
                            return parts;
                        });
    }

    private Behavior<Command> seen(Seen seen) {
        looked();
        List<BoundedSourceQueue<ByteString>> fresh = List.copyOf(joining);
        joining.clear();
        seen.parts()
                .forEach(
                        (name, part) -> {
                            ByteString event = event(name, part);
                            send(fresh, event);
                            JsonNode lasting = lasting(part);
                            if (!lasting.equals(last.put(name, lasting))) {
                                send(informed, event);
                            }
                        });
        informed.addAll(fresh);
        return this;
    }

    private Behavior<Command> unseen(Unseen unseen) {
        getContext().getLog().warn("the node could not be read: {}", unseen.failure().toString());
        looked();
        return this;
    }

    private void looked() {
        looking = false;
        timers.startSingleTimer("look", new Look(), INTERVAL);
    }

    private Behavior<Command> notice(Notice notice) {
        ObjectNode view = Views.notice(notice.notice());
        send(informed, event("notice", view));
        return this;
    }

    private Behavior<Command> crash(Crash crash) {
        send(informed, event("crash", Views.crash(crash.report())));
        return this;
    }

    private static ByteString event(String name, JsonNode data) {
        return ByteString.fromString("event: " + name + "\ndata: " + Json.text(data) + "\n\n");
    }

    private static void send(List<BoundedSourceQueue<ByteString>> to, ByteString event) {
        for (BoundedSourceQueue<ByteString> queue : to) {
            if (queue.offer(event) == QueueOfferResult.dropped()) {
                queue.complete();
            }
        }
    }

    private void dropGone() {
        informed.removeIf(BoundedSourceQueue::isCompleted);
        joining.removeIf(BoundedSourceQueue::isCompleted);
    }

    // Times and memory change with every look, and tell nothing by themselves.
    private static JsonNode lasting(JsonNode part) {
        JsonNode copy = part.deepCopy();
        strip(copy);
        return copy;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("uptimeMillis", "mailboxSize", "heapBytes", "clockOffsetMillis"));
        }
        node.forEach(EventFeed::strip);
    }
}
