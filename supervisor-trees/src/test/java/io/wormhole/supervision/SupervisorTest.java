package io.wormhole.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wormhole.supervision.policy.ExitReason;
import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SupervisorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ActorTestKit KIT = ActorTestKit.create("supervisor");

    private final TestProbe<SupervisionEvent> events = KIT.createTestProbe();
    private final TestProbe<StartOutcome> outcome = KIT.createTestProbe();
    private final TestProbe<ChildReply> replies = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private ActorRef<SupervisorCommand> start(SupervisorSpec spec) {
        return KIT.spawn(
                Supervisor.create(
                        spec,
                        SupervisionSettings.defaults()
                                .withListener(events.ref()::tell)
                                .withAcknowledgeTo(outcome.ref())));
    }

    private static SupervisorSpec.Builder supervisor() {
        return SupervisorSpec.named("s").intensity(3, Duration.ofHours(1));
    }

    private static ChildSpec idle(String id) {
        return ChildSpec.worker(id, () -> Behaviors.receive(String.class).build());
    }

    private <E extends SupervisionEvent> E next(Class<E> type) {
        SupervisionEvent event = events.receiveMessage(PATIENCE);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    private TreeSnapshot snapshot(ActorRef<SupervisorCommand> root) {
        TestProbe<TreeSnapshot> probe = KIT.createTestProbe();
        root.tell(new SupervisorCommand.GetSnapshot(probe.ref()));
        return probe.receiveMessage(PATIENCE);
    }

    @Test
    void nextChildStartsOnlyWhenTheOneBeforeHasAcknowledged() {
        AtomicReference<ChildContext> slow = new AtomicReference<>();
        ActorRef<SupervisorCommand> root =
                start(
                        supervisor()
                                .child(
                                        ChildSpec.worker(
                                                        "slow",
                                                        self -> {
                                                            slow.set(self);
                                                            return Behaviors.empty();
                                                        })
                                                .acknowledgesStart())
                                .child(idle("second"))
                                .build());

        assertThat(snapshot(root).children())
                .extracting(TreeSnapshot::status)
                .containsExactly(ChildStatus.STARTING, ChildStatus.DOWN);
        Optional.ofNullable(slow.get()).orElseThrow().started();

        assertThat(next(SupervisionEvent.ChildStarted.class).path()).isEqualTo("/s/slow");
        assertThat(next(SupervisionEvent.ChildStarted.class).path()).isEqualTo("/s/second");
        outcome.expectMessage(PATIENCE, new StartOutcome.TreeStarted("/s"));
    }

    @Test
    void shutdownIsHeardWhileAChildStarts() {
        ActorRef<SupervisorCommand> root =
                start(
                        supervisor()
                                .child(idle("first"))
                                .child(
                                        ChildSpec.worker("never", () -> Behaviors.empty())
                                                .acknowledgesStart())
                                .build());
        next(SupervisionEvent.ChildStarted.class);

        root.tell(new SupervisorCommand.Shutdown());

        assertThat(next(SupervisionEvent.ChildExited.class).path()).isEqualTo("/s/first");
        events.expectTerminated(root, PATIENCE);
    }

    @Test
    void exceptionInSetupAndInTheFactoryAreFailedStarts() {
        ChildSpec broken =
                ChildSpec.worker(
                        "broken",
                        () ->
                                Behaviors.setup(
                                        context -> {
                                            throw new IllegalStateException("no such port");
                                        }));
        ActorRef<SupervisorCommand> root = start(supervisor().build());

        root.tell(new SupervisorCommand.StartChild(broken, replies.ref()));
        ChildReply setup = replies.receiveMessage(PATIENCE);
        root.tell(
                new SupervisorCommand.StartChild(
                        ChildSpec.worker(
                                "broken",
                                (ChildFactory)
                                        self -> {
                                            throw new IllegalStateException("no such file");
                                        }),
                        replies.ref()));
        ChildReply factory = replies.receiveMessage(PATIENCE);

        assertThat(setup.toString()).contains("StartFailed").contains("no such port");
        assertThat(factory.toString()).contains("StartFailed").contains("no such file");
    }

    @Test
    void crashReportTellsCauseHistoryAndLastMessage() {
        ActorRef<SupervisorCommand> root =
                start(supervisor().child(ChildSpec.worker("w", SupervisorTest::fragile)).build());
        next(SupervisionEvent.ChildStarted.class);
        ActorRef<Object> worker = StableReferences.get(KIT.system()).to("/s/w");
        worker.tell("crash");
        next(SupervisionEvent.ChildExited.class);
        CrashReport first = next(CrashReport.class);
        next(SupervisionEvent.ChildStarted.class);
        worker.tell(42);
        next(SupervisionEvent.ChildExited.class);
        CrashReport second = next(CrashReport.class);

        assertThat(first.kind()).isEqualTo(CrashReport.Kind.CHILD_TERMINATED);
        assertThat(first.lastMessageType()).isEqualTo("java.lang.String");
        assertThat(first.history()).isEmpty();
        assertThat(second.lastMessageType()).isEqualTo("java.lang.Integer");
        assertThat(second.restarts()).isEqualTo(1);
        assertThat(second.history()).hasSize(1);
        assertThat(((ExitReason.Failure) second.reason()).cause())
                .containsInstanceOf(ArithmeticException.class);
        root.tell(new SupervisorCommand.Shutdown());
        StableReferences.get(KIT.system()).release("/s/w");
    }

    private static Behavior<Object> fragile() {
        return Behaviors.receive(Object.class)
                .onAnyMessage(
                        message -> {
                            throw new ArithmeticException("overflow on " + message);
                        })
                .build();
    }

    @Test
    void slowStartOfOneInstanceDelaysNoOther() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        ActorRef<SupervisorCommand> root =
                start(
                        SupervisorSpec.named("s")
                                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                                .child(
                                        ChildSpec.worker(
                                                "w",
                                                self ->
                                                        Behaviors.setup(
                                                                context -> {
                                                                    if (self.id().equals("slow")) {
                                                                        gate.await(
                                                                                20,
                                                                                TimeUnit.SECONDS);
                                                                    }
                                                                    return Behaviors.empty();
                                                                })))
                                .build());

        root.tell(new SupervisorCommand.StartInstance("slow", null, replies.ref()));
        root.tell(new SupervisorCommand.StartInstance("quick", null, replies.ref()));

        assertThat(((ChildReply.Started) replies.receiveMessage(PATIENCE)).id()).isEqualTo("quick");
        gate.countDown();
        assertThat(((ChildReply.Started) replies.receiveMessage(PATIENCE)).id()).isEqualTo("slow");
    }

    @Test
    void requestsToAStoppingSupervisorAreAnswered() {
        ActorRef<SupervisorCommand> root =
                start(
                        supervisor()
                                .child(
                                        ChildSpec.worker(
                                                        "deaf",
                                                        () ->
                                                                Behaviors.receive(String.class)
                                                                        .onMessageEquals(
                                                                                "end",
                                                                                Behaviors::stopped)
                                                                        .build())
                                                .stopMessage("not listening"))
                                .build());
        next(SupervisionEvent.ChildStarted.class);
        ActorRef<String> deaf = StableReferences.get(KIT.system()).to("/s/deaf");
        root.tell(new SupervisorCommand.Shutdown());
        root.tell(new SupervisorCommand.DeleteChild("deaf", replies.ref()));
        snapshot(root);
        deaf.tell("end");

        replies.expectMessage(PATIENCE, new ChildReply.Refused("deaf", new Refusal.ShuttingDown()));
        StableReferences.get(KIT.system()).release("/s");
    }

    @Test
    void specOfAChildCanBeRead() {
        ChildSpec worker = idle("w");
        ActorRef<SupervisorCommand> root = start(supervisor().child(worker).build());
        TestProbe<Optional<ChildSpec>> specs = KIT.createTestProbe();

        root.tell(new SupervisorCommand.GetChildSpec("w", specs.ref()));
        root.tell(new SupervisorCommand.GetChildSpec("x", specs.ref()));

        specs.expectMessage(PATIENCE, Optional.of(worker));
        specs.expectMessage(PATIENCE, Optional.empty());
    }

    @Test
    void snapshotShowsTheWholeTreeAsJson() {
        SupervisorSpec sub =
                SupervisorSpec.named("a \"b\"")
                        .strategy(Strategy.ONE_FOR_ALL)
                        .child(idle("x"))
                        .build();
        ActorRef<SupervisorCommand> root = start(supervisor().child(sub).child(idle("y")).build());
        outcome.receiveMessage(PATIENCE);

        TreeSnapshot tree = snapshot(root);
        var json = ConfigFactory.parseString(tree.toJson());

        assertThat(tree.children()).extracting(TreeSnapshot::id).containsExactly("a \"b\"", "y");
        assertThat(tree.children().get(0).children())
                .extracting(TreeSnapshot::path)
                .containsExactly("/s/a \"b\"/x");
        assertThat(json.getString("status")).isEqualTo("running");
        assertThat(json.getConfigList("children").get(0).getString("strategy"))
                .isEqualTo("one_for_all");
        assertThat(json.getConfigList("children").get(0).getConfigList("children")).hasSize(1);
        assertThat(tree.children().get(1).mailboxSize()).isNotNegative();
    }

    @Test
    void snapshotOfManyInstancesIsBounded() {
        ActorRef<SupervisorCommand> root =
                start(
                        SupervisorSpec.named("s")
                                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                                .child(idle("w"))
                                .build());
        for (int i = 0; i < 1500; i++) {
            root.tell(new SupervisorCommand.StartInstance(null, null, replies.ref()));
        }

        TreeSnapshot tree = snapshot(root);

        assertThat(tree.children()).hasSize(TreeSnapshot.MAX_CHILDREN);
        assertThat(tree.omitted()).isEqualTo(500);
    }

    @Test
    void everyRequestIsAnsweredBySomeHandler() {
        ActorRef<SupervisorCommand> ordered = start(supervisor().child(idle("w")).build());
        ActorRef<SupervisorCommand> dynamic =
                start(
                        SupervisorSpec.named("d")
                                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                                .child(idle("w"))
                                .build());
        TestProbe<Object> any = KIT.createTestProbe();

        for (ActorRef<SupervisorCommand> root : List.of(ordered, dynamic)) {
            List<SupervisorCommand> all = oneOfEach(any.ref());
            assertThat(all)
                    .hasSize(SupervisorCommand.Request.class.getPermittedSubclasses().length);
            for (SupervisorCommand request : all) {
                root.tell(request);
                boolean silent =
                        request instanceof SupervisorCommand.Shutdown
                                || request instanceof SupervisorCommand.UnsubscribeSnapshots;
                if (!silent) {
                    assertThat(any.receiveMessage(PATIENCE)).as("%s", request).isNotNull();
                }
            }
            any.expectTerminated(root, PATIENCE);
        }
    }

    private static List<SupervisorCommand> oneOfEach(ActorRef<Object> any) {
        return List.of(
                new SupervisorCommand.StartChild(idle("new"), any.narrow()),
                new SupervisorCommand.StartInstance("i", null, any.narrow()),
                new SupervisorCommand.TerminateChild("w", any.narrow()),
                new SupervisorCommand.TerminateInstance("i", any.narrow()),
                new SupervisorCommand.RestartChild("w", any.narrow()),
                new SupervisorCommand.DeleteChild("none", any.narrow()),
                new SupervisorCommand.WhichChildren(any.narrow()),
                new SupervisorCommand.CountChildren(any.narrow()),
                new SupervisorCommand.GetChildSpec("w", any.narrow()),
                new SupervisorCommand.GetSnapshot(any.narrow()),
                new SupervisorCommand.SubscribeSnapshots(any.narrow()),
                new SupervisorCommand.UnsubscribeSnapshots(any.narrow()),
                new SupervisorCommand.Upgrade(supervisor().build(), any.narrow()),
                new SupervisorCommand.Shutdown());
    }
}
