package io.wormhole.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.supervision.policy.Backoff;
import io.wormhole.supervision.policy.ExitReason;
import io.wormhole.supervision.policy.Shutdown;
import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Timeouts, windows and back-off on Pekko's manual time. */
@Timeout(30)
class TimedSupervisionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final AtomicLong nanos = new AtomicLong();
    private final TestProbe<SupervisionEvent> events = kit.createTestProbe();
    private final TestProbe<ActorRef<String>> workers = kit.createTestProbe();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private ActorRef<SupervisorCommand> start(SupervisorSpec spec) {
        return kit.spawn(
                Supervisor.create(
                        spec,
                        SupervisionSettings.defaults()
                                .withNanoClock(nanos::get)
                                .withChance(() -> 0.5)
                                .withListener(events.ref()::tell)));
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        time.timePasses(duration);
    }

    private <E extends SupervisionEvent> E next(Class<E> type) {
        SupervisionEvent event = events.receiveMessage(PATIENCE);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    private void expectNothing(Duration forThisLong) {
        nanos.addAndGet(forThisLong.toNanos());
        time.expectNoMessageFor(forThisLong, events);
    }

    /** Says where it is, fails on "crash", ends on "end", and does not listen to anything else. */
    private Behavior<String> worker() {
        return Behaviors.setup(
                context -> {
                    workers.ref().tell(context.getSelf());
                    return Behaviors.receive(String.class)
                            .onMessageEquals(
                                    "crash",
                                    () -> {
                                        throw new IllegalStateException("out of cups");
                                    })
                            .onMessageEquals("end", Behaviors::stopped)
                            .onAnyMessage(other -> Behaviors.same())
                            .build();
                });
    }

    private ActorRef<String> running() {
        return workers.receiveMessage(PATIENCE);
    }

    @Test
    void deafChildIsKilledAtItsTimeoutAndReported() {
        ActorRef<SupervisorCommand> root =
                start(
                        SupervisorSpec.named("s")
                                .child(
                                        ChildSpec.worker("w", this::worker)
                                                .stopMessage("please")
                                                .shutdown(Shutdown.timeout(Duration.ofSeconds(3))))
                                .build());
        next(SupervisionEvent.ChildStarted.class);

        root.tell(new SupervisorCommand.Shutdown());
        barrier(root);
        expectNothing(Duration.ofMillis(2999));
        pass(Duration.ofMillis(1));

        assertThat(next(CrashReport.class).kind()).isEqualTo(CrashReport.Kind.SHUTDOWN_ERROR);
        assertThat(next(SupervisionEvent.ChildExited.class).reason())
                .isEqualTo(ExitReason.killed());
        next(SupervisionEvent.SupervisorExited.class);
    }

    @Test
    void infinityWaitsAsLongAsTheChildNeeds() {
        ActorRef<SupervisorCommand> root =
                start(
                        SupervisorSpec.named("s")
                                .child(
                                        ChildSpec.worker("w", this::worker)
                                                .stopMessage("please")
                                                .shutdown(Shutdown.infinity()))
                                .build());
        next(SupervisionEvent.ChildStarted.class);
        ActorRef<String> worker = running();

        root.tell(new SupervisorCommand.Shutdown());
        barrier(root);
        expectNothing(Duration.ofDays(1));
        worker.tell("end");

        assertThat(next(SupervisionEvent.ChildExited.class).reason())
                .isEqualTo(ExitReason.shutdown());
    }

    @Test
    void instancesAreKilledTogetherAfterOneTimeout() {
        ActorRef<SupervisorCommand> root =
                start(
                        SupervisorSpec.named("s")
                                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                                .child(
                                        ChildSpec.worker("w", this::worker)
                                                .stopMessage("please")
                                                .shutdown(Shutdown.timeout(Duration.ofSeconds(1))))
                                .build());
        TestProbe<ChildReply> replies = kit.createTestProbe();
        for (int i = 0; i < 3; i++) {
            root.tell(new SupervisorCommand.StartInstance(null, null, replies.ref()));
            next(SupervisionEvent.ChildStarted.class);
        }

        root.tell(new SupervisorCommand.Shutdown());
        barrier(root);
        pass(Duration.ofSeconds(1));

        for (int i = 0; i < 3; i++) {
            next(CrashReport.class);
        }
        for (int i = 0; i < 3; i++) {
            next(SupervisionEvent.ChildExited.class);
        }
        next(SupervisionEvent.SupervisorExited.class);
    }

    @Test
    void startThatTakesTooLongHasFailed() {
        start(
                SupervisorSpec.named("s")
                        .child(
                                ChildSpec.worker("w", this::worker)
                                        .acknowledgesStart(Duration.ofSeconds(2)))
                        .build());
        running();

        expectNothing(Duration.ofMillis(1999));
        pass(Duration.ofMillis(1));

        assertThat(next(SupervisionEvent.ChildStartFailed.class).reason().describe())
                .isEqualTo("not started in time");
    }

    @Test
    void backoffGrowsAndIsForgottenAfterALongRun() {
        Backoff backoff =
                Backoff.between(Duration.ofSeconds(1), Duration.ofSeconds(60))
                        .withResetAfter(Duration.ofSeconds(30));
        start(
                SupervisorSpec.named("s")
                        .intensity(0, Duration.ofSeconds(5))
                        .child(ChildSpec.worker("w", this::worker).backoff(backoff))
                        .build());
        next(SupervisionEvent.ChildStarted.class);

        crashAndExpectPause(Duration.ofMillis(1100));
        crashAndExpectPause(Duration.ofMillis(2200));
        crashAndExpectPause(Duration.ofMillis(4400));
        pass(Duration.ofSeconds(30));
        crashAndExpectPause(Duration.ofMillis(1100));
    }

    /** With chance 0.5 and 20 percent jitter a pause is a tenth longer. */
    private void crashAndExpectPause(Duration pause) {
        running().tell("crash");
        next(SupervisionEvent.ChildExited.class);
        next(CrashReport.class);
        expectNothing(pause.minusMillis(1));
        pass(Duration.ofMillis(1));
        next(SupervisionEvent.ChildStarted.class);
    }

    @Test
    void delayedRestartCountsWhenAsked() {
        Backoff counted =
                Backoff.between(Duration.ofSeconds(1), Duration.ofSeconds(1))
                        .withJitterPercent(0)
                        .countedInIntensity();
        start(
                SupervisorSpec.named("s")
                        .intensity(0, Duration.ofSeconds(5))
                        .child(ChildSpec.worker("w", this::worker).backoff(counted))
                        .build());
        next(SupervisionEvent.ChildStarted.class);

        running().tell("crash");
        next(SupervisionEvent.ChildExited.class);
        next(CrashReport.class);
        expectNothing(Duration.ofMillis(999));
        pass(Duration.ofMillis(1));

        assertThat(next(CrashReport.class).kind())
                .isEqualTo(CrashReport.Kind.REACHED_MAX_RESTART_INTENSITY);
        next(SupervisionEvent.SupervisorExited.class);
    }

    @Test
    void supervisorAnswersWhileAChildWaitsForItsRestart() {
        ActorRef<SupervisorCommand> root =
                start(
                        SupervisorSpec.named("s")
                                .strategy(Strategy.ONE_FOR_ALL)
                                .child(
                                        ChildSpec.worker("w", this::worker)
                                                .backoff(
                                                        Backoff.between(
                                                                Duration.ofHours(1),
                                                                Duration.ofHours(1))))
                                .child(ChildSpec.worker("v", this::worker))
                                .build());
        next(SupervisionEvent.ChildStarted.class);
        next(SupervisionEvent.ChildStarted.class);
        ActorRef<String> worker = running();
        worker.tell("crash");
        next(SupervisionEvent.ChildExited.class);
        next(CrashReport.class);
        assertThat(next(SupervisionEvent.ChildExited.class).path()).isEqualTo("/s/v");

        TestProbe<ChildReply> replies = kit.createTestProbe();
        root.tell(new SupervisorCommand.RestartChild("w", replies.ref()));
        assertThat(replies.receiveMessage())
                .isEqualTo(new ChildReply.Refused("w", new Refusal.Restarting()));
        root.tell(new SupervisorCommand.DeleteChild("w", replies.ref()));
        assertThat(replies.receiveMessage())
                .isEqualTo(new ChildReply.Refused("w", new Refusal.Restarting()));
        root.tell(new SupervisorCommand.Shutdown());
        next(SupervisionEvent.SupervisorExited.class);
    }

    @Test
    void intensityWindowIsExactAtItsEdges() {
        start(
                SupervisorSpec.named("s")
                        .intensity(1, Duration.ofSeconds(5))
                        .child(ChildSpec.worker("w", this::worker))
                        .build());
        next(SupervisionEvent.ChildStarted.class);
        crashAndExpectRestart();
        nanos.addAndGet(Duration.ofSeconds(5).toNanos() + 1);
        crashAndExpectRestart();
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        running().tell("crash");
        next(SupervisionEvent.ChildExited.class);
        next(CrashReport.class);

        assertThat(next(CrashReport.class).kind())
                .isEqualTo(CrashReport.Kind.REACHED_MAX_RESTART_INTENSITY);
    }

    private void crashAndExpectRestart() {
        running().tell("crash");
        next(SupervisionEvent.ChildExited.class);
        next(CrashReport.class);
        next(SupervisionEvent.ChildStarted.class);
    }

    @Test
    void subscriberGetsASnapshotNowAndOneAfterManyChanges() {
        ActorRef<SupervisorCommand> root =
                start(
                        SupervisorSpec.named("s")
                                .intensity(10, Duration.ofSeconds(5))
                                .child(
                                        SupervisorSpec.named("sub")
                                                .intensity(10, Duration.ofSeconds(5))
                                                .child(ChildSpec.worker("w", this::worker))
                                                .build())
                                .build());
        next(SupervisionEvent.ChildStarted.class);
        next(SupervisionEvent.ChildStarted.class);
        TestProbe<TreeSnapshot> snapshots = kit.createTestProbe();
        root.tell(new SupervisorCommand.SubscribeSnapshots(snapshots.ref()));
        assertThat(restarts(snapshots.receiveMessage(PATIENCE))).isZero();

        crashAndExpectRestart();
        crashAndExpectRestart();
        barrier(root);
        time.expectNoMessageFor(SnapshotFeed.INTERVAL.minusMillis(1), snapshots);
        time.timePasses(Duration.ofMillis(1));

        assertThat(restarts(snapshots.receiveMessage(PATIENCE))).isEqualTo(2);
        root.tell(new SupervisorCommand.UnsubscribeSnapshots(snapshots.ref()));
        barrier(root);
        crashAndExpectRestart();
        time.expectNoMessageFor(Duration.ofSeconds(1), snapshots);
    }

    private static int restarts(TreeSnapshot snapshot) {
        return snapshot.children().get(0).children().get(0).restarts();
    }

    /** Everything that was sent to the supervisor before has been read. */
    private void barrier(ActorRef<SupervisorCommand> root) {
        TestProbe<TreeSnapshot> probe = kit.createTestProbe();
        root.tell(new SupervisorCommand.GetSnapshot(probe.ref()));
        probe.receiveMessage(PATIENCE);
    }
}
