package io.wormhole.supervision;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * Applies the events of one scenario to a real tree and notes the trace in the words of the
 * scenario file.
 */
final class ScenarioRun {
    private static final Duration PATIENCE = ScenarioTree.PATIENCE;

    /**
     * Short, because a supervisor that is about to end may take a question with it; it is then
     * asked again.
     */
    private static final Duration SETTLE_PATIENCE = Duration.ofMillis(200);

    private final ActorTestKit kit;
    private final ScenarioWorker workers = new ScenarioWorker();
    private final AtomicLong clockNanos = new AtomicLong();
    private final List<List<String>> trace = new ArrayList<>();
    private final TestProbe<StartOutcome> outcome;
    private volatile Consumer<List<String>> hook = entry -> {};
    private final Set<String> ending = ConcurrentHashMap.newKeySet();
    private final Queue<SupervisionEvent> events = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private @Nullable ScenarioTree started;

    ScenarioRun(ActorTestKit kit) {
        this.kit = kit;
        this.outcome = kit.createTestProbe();
    }

    private ScenarioTree tree() {
        return Objects.requireNonNull(started, "not started");
    }

    List<SupervisionEvent> events() {
        return List.copyOf(events);
    }

    ScenarioWorker workers() {
        return workers;
    }

    String start(SupervisorSpec spec) {
        SupervisionSettings settings =
                SupervisionSettings.defaults()
                        .withNanoClock(clockNanos::get)
                        .withListener(this::note)
                        .withAcknowledgeTo(outcome.ref());
        started = new ScenarioTree(kit, kit.spawn(Supervisor.create(spec, settings)));
        StartOutcome told = outcome.receiveMessage(PATIENCE);
        if (told instanceof StartOutcome.TreeNotStarted failed) {
            ended = true;
            return "error:" + failed.reason().describe().replaceFirst(": .*", "");
        }
        return "ok";
    }

    /** The reply of an event, or null for an event without one. */
    @Nullable Object apply(Config event) throws InterruptedException {
        ActorRef<SupervisorCommand> target =
                event.hasPath("sup") ? tree().supervisor(event.getString("sup")) : tree().root();
        switch (event.getString("op")) {
            case "exit" -> exit(event.getString("child"), event.getString("reason"));
            case "exit_many" ->
                    exitMany(event.getStringList("children"), event.getString("reason"));
            case "wait" -> clockNanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(event.getLong("ms")));
            case "stop" -> tree().root().tell(new SupervisorCommand.Shutdown());
            case "which_children" -> {
                return tree().children(target);
            }
            case "count_children" -> {
                return tree().counts(target);
            }
            default -> {
                return ScenarioWords.word(tree().ask(target, request(event)));
            }
        }
        return null;
    }

    private Function<ActorRef<ChildReply>, SupervisorCommand> request(Config event) {
        String child = event.hasPath("child") ? event.getString("child") : "";
        return switch (event.getString("op")) {
            case "start_child" -> {
                ChildSpec spec = Scenario.child(event.getConfig("spec"), workers);
                yield replyTo -> new SupervisorCommand.StartChild(spec, replyTo);
            }
            case "start_instance" -> {
                Object script = event.hasPath("starts") ? Scenario.script(event) : null;
                yield replyTo ->
                        new SupervisorCommand.StartInstance(
                                event.getString("label"), script, replyTo);
            }
            case "terminate_child" ->
                    replyTo -> new SupervisorCommand.TerminateChild(child, replyTo);
            case "terminate_instance" ->
                    replyTo -> new SupervisorCommand.TerminateInstance(child, replyTo);
            case "restart_child" -> replyTo -> new SupervisorCommand.RestartChild(child, replyTo);
            case "delete_child" -> replyTo -> new SupervisorCommand.DeleteChild(child, replyTo);
            default -> throw new IllegalArgumentException("unknown op: " + event);
        };
    }

    private void exit(String child, String reason) {
        ActorRef<?> supervisor = tree().find(child);
        if (supervisor != null && reason.equals("kill")) {
            Adapter.toClassic(supervisor)
                    .tell(Kill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
        } else {
            workers.exit(child, reason);
        }
    }

    /**
     * All end before the supervisor goes on after the first, and nothing starts before all ends
     * were seen.
     */
    private void exitMany(List<String> children, String reason) {
        CountDownLatch gate = workers.closeStartGate();
        CountDownLatch unseen = new CountDownLatch(children.size());
        hook =
                entry -> {
                    if (!entry.get(0).equals("exit") || !children.contains(entry.get(1))) {
                        return;
                    }
                    unseen.countDown();
                    if (entry.get(1).equals(children.get(0))) {
                        children.stream().skip(1).forEach(other -> exitAndWait(other, reason));
                    }
                    if (unseen.getCount() == 0) {
                        gate.countDown();
                    }
                };
        workers.exit(children.get(0), reason);
    }

    private void exitAndWait(String child, String reason) {
        try {
            workers.exitAndWait(child, reason);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Waits until the trace has so many entries and the tree is quiet, and takes it. */
    List<List<String>> takeTrace(int expected, boolean ends) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (trace) {
            while (trace.size() < expected && System.nanoTime() < deadline) {
                trace.wait(50);
            }
        }
        if (ends) {
            kit.createTestProbe().expectTerminated(tree().root(), PATIENCE);
        } else {
            tree().settle();
        }
        synchronized (trace) {
            List<List<String>> taken = List.copyOf(trace);
            trace.clear();
            return taken;
        }
    }

    /** The reply of a random event; what is addressed to something that does not run is absent. */
    String applyIfPossible(Config event) throws InterruptedException {
        String op = event.getString("op");
        if (ended()) {
            return "absent";
        }
        if (op.equals("stop")) {
            tree().root().tell(new SupervisorCommand.Shutdown());
            await(() -> noted("sup_exit", "shutdown"));
            return "null";
        }
        String child = event.hasPath("child") ? event.getString("child") : "";
        boolean toProcess = op.equals("exit") || op.equals("terminate_instance");
        boolean lost =
                event.hasPath("sup")
                        && tree().find(event.getString("sup")) == null
                        && !op.equals("exit");
        if (lost || (toProcess && !workers.runs(child))) {
            return "absent";
        }
        Object reply = apply(event);
        if (op.equals("exit")) {
            await(() -> noted("exit", child));
        }
        return String.valueOf(reply).replaceFirst(": .*", "");
    }

    boolean ended() {
        return ended;
    }

    private boolean noted(String kind, String id) {
        synchronized (trace) {
            return trace.stream().anyMatch(e -> e.get(0).equals(kind) && e.get(1).equals(id));
        }
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (trace) {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("nothing happened; trace so far " + trace);
                }
                trace.wait(50);
            }
        }
    }

    /** Waits until nothing moves any more, and takes the trace. */
    List<String> takeQuietTrace() throws InterruptedException {
        int before = -1;
        for (int quietRounds = 0; quietRounds < 3 && !ended; quietRounds++) {
            await(() -> ending.isEmpty());
            if (ended) {
                break;
            }
            try {
                if (!tree().isQuiet(SETTLE_PATIENCE)) {
                    quietRounds = -1;
                }
            } catch (CompletionException gone) {
                quietRounds = -1;
            }
            synchronized (trace) {
                if (trace.size() != before) {
                    quietRounds = -1;
                    before = trace.size();
                }
            }
        }
        synchronized (trace) {
            List<String> taken = trace.stream().map(entry -> String.join(" ", entry)).toList();
            trace.clear();
            return taken;
        }
    }

    /** All children of all supervisors, depth first. */
    List<String> walk() {
        return ended ? List.of() : tree().walk();
    }

    List<List<String>> children() {
        return tree().children(tree().root());
    }

    ChildCounts counts() {
        return tree().counts(tree().root());
    }

    void stop() {
        ScenarioTree running = started;
        if (running != null) {
            running.root().tell(new SupervisorCommand.Shutdown());
        }
    }

    private void note(SupervisionEvent event) {
        String id = event.path().substring(event.path().lastIndexOf('/') + 1);
        events.add(event);
        if (event instanceof SupervisionEvent.SupervisorExited) {
            ending.add(id);
        } else if (event instanceof SupervisionEvent.ChildExited) {
            ending.remove(id);
        }
        if (event instanceof SupervisionEvent.ChildStarted) {
            add(List.of("start", id));
        } else if (event instanceof SupervisionEvent.ChildIgnored) {
            add(List.of("start_ignored", id));
        } else if (event instanceof SupervisionEvent.ChildStartFailed) {
            add(List.of("start_failed", id));
        } else if (event instanceof SupervisionEvent.ChildExited exited) {
            add(List.of("exit", id, ScenarioWords.word(exited.reason())));
        } else if (event instanceof SupervisionEvent.SupervisorExited exited && id.equals("root")) {
            add(List.of("sup_exit", ScenarioWords.word(exited.reason())));
        }
    }

    private void add(List<String> entry) {
        synchronized (trace) {
            trace.add(entry);
            trace.notifyAll();
        }
        hook.accept(entry);
        if (entry.get(0).equals("sup_exit")) {
            ending.clear();
            ended = true;
        }
    }
}
