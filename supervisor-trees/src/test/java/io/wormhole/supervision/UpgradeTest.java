package io.wormhole.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.supervision.policy.ExitReason;
import io.wormhole.supervision.policy.Shutdown;
import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UpgradeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ActorTestKit KIT = ActorTestKit.create("upgrade");

    private final TestProbe<SupervisionEvent> events = KIT.createTestProbe();
    private final TestProbe<UpgradeReply> replies = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static ChildSpec worker(String id, String version) {
        return ChildSpec.worker(id, () -> Behaviors.empty()).version(version);
    }

    private static SupervisorSpec spec(String name, ChildSpec... children) {
        return SupervisorSpec.named(name).children(List.of(children)).build();
    }

    private ActorRef<SupervisorCommand> start(SupervisorSpec spec) {
        return KIT.spawn(
                Supervisor.create(
                        spec, SupervisionSettings.defaults().withListener(events.ref()::tell)));
    }

    private UpgradeReply upgrade(ActorRef<SupervisorCommand> root, SupervisorSpec to) {
        root.tell(new SupervisorCommand.Upgrade(to, replies.ref()));
        return replies.receiveMessage(PATIENCE);
    }

    private void expectStarted(String... paths) {
        for (String path : paths) {
            events.expectMessage(PATIENCE, new SupervisionEvent.ChildStarted(path, 0));
        }
    }

    private void expectStopped(String... paths) {
        for (String path : paths) {
            events.expectMessage(
                    PATIENCE, new SupervisionEvent.ChildExited(path, ExitReason.shutdown()));
        }
    }

    @Test
    void planNamesWhatIsKeptRestartedAddedAndRemoved() {
        SupervisorSpec from =
                spec("s", worker("a", "1"), worker("b", "1"), worker("c", "1"), worker("d", "1"));
        SupervisorSpec to = spec("s", worker("e", "1"), worker("c", "2"), worker("a", "1"));

        UpgradePlan plan = UpgradePlan.between(from, to);

        assertThat(plan)
                .isEqualTo(
                        new UpgradePlan(
                                "s",
                                List.of("a"),
                                List.of("c"),
                                List.of("e"),
                                List.of("b", "d"),
                                List.of()));
        assertThat(UpgradePlan.between(to, to).changesNothing()).isTrue();
    }

    @Test
    void unchangedChildrenKeepRunningAndTheOthersFollowTheNewOrder() {
        ActorRef<SupervisorCommand> root =
                start(spec("s", worker("a", "1"), worker("b", "1"), worker("c", "1")));
        expectStarted("/s/a", "/s/b", "/s/c");

        UpgradeReply reply =
                upgrade(root, spec("s", worker("n", "1"), worker("c", "2"), worker("a", "1")));

        expectStopped("/s/c", "/s/b");
        expectStarted("/s/n", "/s/c");
        assertThat(reply).isInstanceOf(UpgradeReply.Upgraded.class);
        TestProbe<List<ChildInfo>> which = KIT.createTestProbe();
        root.tell(new SupervisorCommand.WhichChildren(which.ref()));
        assertThat(which.receiveMessage(PATIENCE))
                .extracting(ChildInfo::id)
                .containsExactly("n", "c", "a");
        events.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void subtreeIsUpgradedInsideWithoutBeingStopped() {
        ActorRef<SupervisorCommand> root =
                start(
                        spec(
                                "s",
                                ChildSpec.supervisor(
                                        spec("sub", worker("x", "1"), worker("y", "1")))));
        expectStarted("/s/sub/x", "/s/sub/y", "/s/sub");

        UpgradeReply reply =
                upgrade(
                        root,
                        spec(
                                "s",
                                ChildSpec.supervisor(
                                        spec("sub", worker("x", "1"), worker("y", "2")))));

        expectStopped("/s/sub/y");
        expectStarted("/s/sub/y");
        assertThat(((UpgradeReply.Upgraded) reply).plan().nested())
                .extracting(UpgradePlan::restarted)
                .containsExactly(List.of("y"));
        events.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void childrenAddedAtRunTimeStay() {
        ActorRef<SupervisorCommand> root = start(spec("s", worker("a", "1")));
        TestProbe<ChildReply> added = KIT.createTestProbe();
        root.tell(new SupervisorCommand.StartChild(worker("dynamic", "1"), added.ref()));
        added.expectMessageClass(ChildReply.Started.class, PATIENCE);
        expectStarted("/s/a", "/s/dynamic");

        upgrade(root, spec("s", worker("a", "2")));

        expectStopped("/s/a");
        expectStarted("/s/a");
        events.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void newVersionThatDoesNotStartIsReportedAndTheRestGoesOn() {
        ChildSpec broken =
                ChildSpec.worker("a", self -> self.startFailed("no driver")).version("2");
        ActorRef<SupervisorCommand> root = start(spec("s", worker("a", "1")));
        expectStarted("/s/a");

        UpgradeReply reply = upgrade(root, spec("s", broken, worker("b", "1")));

        assertThat(((UpgradeReply.Upgraded) reply).failures())
                .isEqualTo(Map.of("/s/a", ExitReason.failure("no driver")));
        TestProbe<ChildCounts> counts = KIT.createTestProbe();
        root.tell(new SupervisorCommand.CountChildren(counts.ref()));
        counts.expectMessage(PATIENCE, new ChildCounts(2, 1, 0, 2));
    }

    @Test
    void rulesChangeWithoutARestart() {
        ActorRef<SupervisorCommand> root = start(spec("s", worker("a", "1")));
        expectStarted("/s/a");

        upgrade(root, spec("s", worker("a", "1").temporary().shutdown(Shutdown.brutalKill())));
        root.tell(new SupervisorCommand.Shutdown());

        events.expectMessage(
                PATIENCE, new SupervisionEvent.ChildExited("/s/a", ExitReason.killed()));
    }

    @Test
    void dynamicSupervisorAndOrderedOneDoNotMix() {
        SupervisorSpec dynamic =
                SupervisorSpec.named("s")
                        .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                        .child(worker("a", "1"))
                        .build();

        UpgradeReply ordered = upgrade(start(spec("s", worker("a", "1"))), dynamic);
        UpgradeReply other = upgrade(start(dynamic), spec("other", worker("a", "1")));

        assertThat(ordered).isInstanceOf(UpgradeReply.NotUpgraded.class);
        assertThat(other).isInstanceOf(UpgradeReply.NotUpgraded.class);
    }

    @Test
    void instancesGoOnAndLaterOnesHaveTheNewCode() {
        TestProbe<String> started = KIT.createTestProbe();
        ActorRef<SupervisorCommand> root = start(template(started, "old"));
        TestProbe<ChildReply> added = KIT.createTestProbe();
        root.tell(new SupervisorCommand.StartInstance("i", null, added.ref()));
        started.expectMessage(PATIENCE, "old");

        upgrade(root, template(started, "new"));
        root.tell(new SupervisorCommand.StartInstance("j", null, added.ref()));

        started.expectMessage(PATIENCE, "new");
        added.expectMessageClass(ChildReply.Started.class, PATIENCE);
        added.expectMessageClass(ChildReply.Started.class, PATIENCE);
    }

    private static SupervisorSpec template(TestProbe<String> started, String version) {
        return SupervisorSpec.named("s")
                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                .child(
                        ChildSpec.worker(
                                        "w",
                                        () ->
                                                Behaviors.setup(
                                                        context -> {
                                                            started.ref().tell(version);
                                                            return Behaviors.empty();
                                                        }))
                                .version(version))
                .build();
    }
}
