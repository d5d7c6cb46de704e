package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The scripted worker of the scenarios, and the places where a test finds its running incarnations.
 */
final class ScenarioWorker {

    /** Exit for this reason, in the words of the scenarios. */
    record Exit(String reason) {}

    record Stop() {}

    record StopNow() {}

    /** What the n-th start does (the last entry stays), and what a stop request does. */
    record Script(List<String> starts, boolean ignoresStop, Duration stopDelay) {}

    static final class Boom extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, ActorRef<Object>> running = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> lives = new ConcurrentHashMap<>();
    private final Queue<String> doubles = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch startGate = new CountDownLatch(0);

    boolean runs(String id) {
        return running.containsKey(id);
    }

    Set<String> running() {
        return Set.copyOf(running.keySet());
    }

    /** Ids that had two live instances at some time. */
    List<String> doubles() {
        return List.copyOf(doubles);
    }

    ActorRef<Object> find(String id) {
        ActorRef<Object> ref = running.get(id);
        if (ref == null) {
            throw new IllegalStateException("no worker " + id);
        }
        return ref;
    }

    void exit(String id, String reason) {
        ActorRef<Object> ref = find(id);
        if (reason.equals("kill")) {
            Adapter.toClassic(ref)
                    .tell(Kill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
        } else {
            ref.tell(new Exit(reason));
        }
    }

    /** Makes worker starts wait until the gate opens. */
    CountDownLatch closeStartGate() {
        startGate = new CountDownLatch(1);
        return startGate;
    }

    /** Ends a worker and waits until its behaviour is gone. */
    void exitAndWait(String id, String reason) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        ends.put(id, end);
        exit(id, reason);
        if (!end.await(5, TimeUnit.SECONDS)) {
            throw new IllegalStateException(id + " did not end");
        }
        ends.remove(id);
    }

    Behavior<Object> create(ChildContext self, Script script) {
        return Behaviors.setup(
                context -> {
                    if (!startGate.await(5, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("the start gate stayed closed");
                    }
                    int attempt =
                            attempts.computeIfAbsent(self.id(), id -> new AtomicInteger())
                                    .getAndIncrement();
                    String act = script.starts().get(Math.min(attempt, script.starts().size() - 1));
                    if (act.equals("error")) {
                        return self.startFailed("boom");
                    }
                    if (act.equals("ignore")) {
                        return self.ignore();
                    }
                    running.put(self.id(), context.getSelf());
                    if (livesOf(self.id()).incrementAndGet() > 1) {
                        doubles.add(self.id());
                    }
                    return running(self, script);
                });
    }

    private Behavior<Object> running(ChildContext self, Script script) {
        return Behaviors.withTimers(
                timers ->
                        Behaviors.receive(Object.class)
                                .onMessage(Exit.class, exit -> end(self, exit.reason()))
                                .onMessage(
                                        Stop.class,
                                        stop -> {
                                            if (!script.ignoresStop()) {
                                                timers.startSingleTimer(
                                                        new StopNow(), script.stopDelay());
                                            }
                                            return Behaviors.same();
                                        })
                                .onMessage(StopNow.class, now -> Behaviors.stopped())
                                .onSignal(
                                        PostStop.class,
                                        signal -> {
                                            livesOf(self.id()).decrementAndGet();
                                            running.remove(self.id());
                                            CountDownLatch end = ends.get(self.id());
                                            if (end != null) {
                                                end.countDown();
                                            }
                                            return Behaviors.same();
                                        })
                                .build());
    }

    private AtomicInteger livesOf(String id) {
        return lives.computeIfAbsent(id, missing -> new AtomicInteger());
    }

    private static Behavior<Object> end(ChildContext self, String reason) {
        return switch (reason) {
            case "normal" -> Behaviors.stopped();
            case "shutdown" -> self.exit(ExitReason.shutdown());
            case "{shutdown,done}" -> self.exit(ExitReason.shutdown("done"));
            case "abnormal" -> throw new Boom();
            default -> self.exit(ExitReason.failure(reason));
        };
    }
}
