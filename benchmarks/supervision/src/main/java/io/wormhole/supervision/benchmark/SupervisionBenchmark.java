package io.wormhole.supervision.benchmark;

import io.wormhole.supervision.ChildReply;
import io.wormhole.supervision.ChildSpec;
import io.wormhole.supervision.StartOutcome;
import io.wormhole.supervision.SupervisionSettings;
import io.wormhole.supervision.Supervisor;
import io.wormhole.supervision.SupervisorCommand;
import io.wormhole.supervision.SupervisorSpec;
import io.wormhole.supervision.policy.ExitReason;
import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Runs one case and prints {@code name value unit} for the median of its rounds.
 *
 * <p>Arguments: the case, and the number of rounds; the first third of the rounds warms up and is
 * not counted.
 */
public final class SupervisionBenchmark {

    private static final int STARTS = 100_000;
    private static final int STARTS_ALONE = 30_000;
    private static final int RESTARTS_PER_SUPERVISOR = 200;
    private static final int SUPERVISORS = 100;
    private static final int STOPPED = 100_000;
    // So many children are restarted in a round, whatever the size of their group.
    private static final int GROUP_CHILDREN = 20_000;

    private final ActorSystem<SpawnProtocol.Command> system =
            ActorSystem.create(SystemGuardian.create(), "bench");

    private SupervisionBenchmark() {}

    /** Runs the case named first, for the number of rounds named second. */
    public static void main(String[] arguments) throws InterruptedException {
        int rounds = Integer.parseInt(arguments[1]);
        SupervisionBenchmark benchmark = new SupervisionBenchmark();
        switch (arguments[0]) {
            case "start-alone" ->
                    benchmark.report(arguments[0], "starts/s", rounds, () -> benchmark.starts(1));
            case "start-many" ->
                    benchmark.report(arguments[0], "starts/s", rounds, () -> benchmark.starts(16));
            case "restart-one" ->
                    benchmark.report(
                            arguments[0], "restarts/s", rounds, () -> benchmark.restarts(0));
            case "restart-siblings" ->
                    benchmark.report(
                            arguments[0], "restarts/s", rounds, () -> benchmark.restarts(10_000));
            case "restart-all-10", "restart-all-100", "restart-all-1000" ->
                    benchmark.report(
                            arguments[0],
                            "us/child",
                            rounds,
                            () -> benchmark.group(Strategy.ONE_FOR_ALL, size(arguments[0])));
            case "restart-rest-10", "restart-rest-100", "restart-rest-1000" ->
                    benchmark.report(
                            arguments[0],
                            "us/child",
                            rounds,
                            () -> benchmark.group(Strategy.REST_FOR_ONE, size(arguments[0])));
            case "stop-instances" ->
                    benchmark.report(arguments[0], "ms", rounds, benchmark::stopInstances);
            case "stop-tree" -> benchmark.report(arguments[0], "ms", rounds, benchmark::stopTree);
            case "idle" -> benchmark.idle(rounds);
            default -> throw new IllegalArgumentException("unknown case " + arguments[0]);
        }
        benchmark.system.terminate();
    }

    private static int size(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    @FunctionalInterface
    private interface Round {
        double run() throws InterruptedException;
    }

    private void report(String name, String unit, int rounds, Round round)
            throws InterruptedException {
        int warmUp = rounds / 3;
        double[] values = new double[rounds - warmUp];
        for (int i = 0; i < rounds; i++) {
            double value = round.run();
            if (i >= warmUp) {
                values[i - warmUp] = value;
            }
        }
        Arrays.sort(values);
        System.out.printf(
                "pekko %s %.1f %s (from %.1f to %.1f)%n",
                name, values[values.length / 2], unit, values[0], values[values.length - 1]);
    }

    private static Behavior<Object> idleWorker() {
        return Behaviors.receive(Object.class).build();
    }

    private static SupervisorSpec instances(String name, ChildSpec template) {
        return SupervisorSpec.named(name)
                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                .child(template)
                .build();
    }

    private ActorRef<SupervisorCommand> start(SupervisorSpec spec) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        ActorRef<StartOutcome> outcome =
                SystemGuardian.spawn(
                        system,
                        Behaviors.receive(StartOutcome.class)
                                .onMessage(
                                        StartOutcome.class,
                                        told -> {
                                            started.countDown();
                                            return Behaviors.stopped();
                                        })
                                .build());
        ActorRef<SupervisorCommand> root =
                SystemGuardian.spawn(
                        system,
                        Supervisor.create(
                                spec, SupervisionSettings.defaults().withAcknowledgeTo(outcome)));
        started.await();
        return root;
    }

    private void stop(ActorRef<SupervisorCommand> root) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        SystemGuardian.spawn(
                system,
                Behaviors.setup(
                        context -> {
                            context.watch(root);
                            root.tell(new SupervisorCommand.Shutdown());
                            return Behaviors.receive(Object.class)
                                    .onSignal(
                                            Terminated.class,
                                            signal -> {
                                                stopped.countDown();
                                                return Behaviors.stopped();
                                            })
                                    .build();
                        }));
        stopped.await();
    }

    private double starts(int callers) throws InterruptedException {
        ActorRef<SupervisorCommand> root =
                start(
                        instances(
                                "s",
                                ChildSpec.worker("w", SupervisionBenchmark::idleWorker)
                                        .temporary()));
        int number = callers == 1 ? STARTS_ALONE : STARTS;
        long from = System.nanoTime();
        fill(root, number, callers);
        double seconds = (System.nanoTime() - from) / 1e9;
        stop(root);
        return number / seconds;
    }

    /** Starts instances, so many requests at a time. */
    private void fill(ActorRef<SupervisorCommand> root, int number, int atATime)
            throws InterruptedException {
        CountDownLatch left = new CountDownLatch(number);
        Semaphore permits = new Semaphore(number - Math.min(atATime, number));
        ActorRef<ChildReply> caller =
                SystemGuardian.spawn(
                        system,
                        Behaviors.setup(
                                context -> {
                                    SupervisorCommand request =
                                            new SupervisorCommand.StartInstance(
                                                    null, null, context.getSelf());
                                    for (int i = 0; i < Math.min(atATime, number); i++) {
                                        root.tell(request);
                                    }
                                    return Behaviors.receive(ChildReply.class)
                                            .onMessage(
                                                    ChildReply.class,
                                                    reply -> {
                                                        if (permits.tryAcquire()) {
                                                            root.tell(request);
                                                        }
                                                        left.countDown();
                                                        return left.getCount() == 0
                                                                ? Behaviors.stopped()
                                                                : Behaviors.same();
                                                    })
                                            .build();
                                }));
        left.await();
        assert caller != null;
    }

    /** A worker that asks itself to crash as soon as it runs, until it was started often enough. */
    private double restarts(int siblings) throws InterruptedException {
        int supervisors = siblings == 0 ? SUPERVISORS : 10;
        long nanos = 0;
        for (int i = 0; i < supervisors; i++) {
            nanos += restartsOfOne(Strategy.ONE_FOR_ONE, siblings, RESTARTS_PER_SUPERVISOR);
        }
        return supervisors * (double) RESTARTS_PER_SUPERVISOR / (nanos / 1e9);
    }

    /** Microseconds per restarted child, when a crash restarts so many children. */
    private double group(Strategy strategy, int size) throws InterruptedException {
        int restarts = GROUP_CHILDREN / size;
        return restartsOfOne(strategy, size - 1, restarts) / 1e3 / ((double) restarts * size);
    }

    private long restartsOfOne(Strategy strategy, int siblings, int restarts)
            throws InterruptedException {
        CountDownLatch left = new CountDownLatch(restarts);
        SupervisorSpec.Builder spec =
                SupervisorSpec.named("s")
                        .strategy(strategy)
                        .intensity(1_000_000, Duration.ofHours(1));
        ActorRef<Object>[] first = newRefs();
        if (strategy == Strategy.REST_FOR_ONE) {
            spec.child(crashing(first, left));
        }
        for (int i = 0; i < siblings; i++) {
            spec.child(ChildSpec.worker("w" + i, SupervisionBenchmark::idleWorker));
        }
        if (strategy != Strategy.REST_FOR_ONE) {
            spec.child(crashing(first, left));
        }
        ActorRef<SupervisorCommand> root = start(spec.build());
        long from = System.nanoTime();
        first[0].tell("crash");
        left.await();
        long nanos = System.nanoTime() - from;
        stop(root);
        return nanos;
    }

    private static ChildSpec crashing(ActorRef<Object>[] first, CountDownLatch left) {
        return ChildSpec.worker(
                        "crashing",
                        self ->
                                Behaviors.setup(
                                        context -> {
                                            if (first[0] == null) {
                                                first[0] = context.getSelf();
                                            } else {
                                                left.countDown();
                                                if (left.getCount() > 0) {
                                                    context.getSelf().tell("crash");
                                                }
                                            }
                                            return Behaviors.receive(Object.class)
                                                    .onMessage(
                                                            String.class,
                                                            crash ->
                                                                    self.exit(
                                                                            ExitReason.failure(
                                                                                    "crash")))
                                                    .build();
                                        }));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ActorRef<Object>[] newRefs() {
        return new ActorRef[1];
    }

    private double stopInstances() throws InterruptedException {
        ActorRef<SupervisorCommand> root =
                start(
                        instances(
                                "s",
                                ChildSpec.worker("w", SupervisionBenchmark::idleWorker)
                                        .temporary()));
        fill(root, STOPPED, 64);
        return timedStop(root);
    }

    private double stopTree() throws InterruptedException {
        SupervisorSpec.Builder spec = SupervisorSpec.named("s");
        for (int i = 0; i < 100; i++) {
            SupervisorSpec.Builder branch = SupervisorSpec.named("b" + i);
            for (int j = 0; j < STOPPED / 100; j++) {
                branch.child(ChildSpec.worker("w" + j, SupervisionBenchmark::idleWorker));
            }
            spec.child(branch.build());
        }
        return timedStop(start(spec.build()));
    }

    private double timedStop(ActorRef<SupervisorCommand> root) throws InterruptedException {
        long from = System.nanoTime();
        stop(root);
        return (System.nanoTime() - from) / 1e6;
    }

    /** Heap per idle child, of so many thousands under one simple_one_for_one supervisor. */
    private void idle(int thousands) throws InterruptedException {
        ActorRef<SupervisorCommand> warm =
                start(instances("warm", ChildSpec.worker("w", SupervisionBenchmark::idleWorker)));
        fill(warm, 1000, 64);
        long before = usedAfterCollection();
        ActorRef<SupervisorCommand> root =
                start(instances("s", ChildSpec.worker("w", SupervisionBenchmark::idleWorker)));
        int number = thousands * 1000;
        fill(root, number, 64);
        long after = usedAfterCollection();
        System.out.printf(
                "pekko idle %.1f bytes/child (%d children, heap used %d MB of %d MB)%n",
                (after - before) / (double) number,
                number,
                after >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
        stop(warm);
        root.tell(new SupervisorCommand.Shutdown());
    }

    private static long usedAfterCollection() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
