package io.wormhole.supervision.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.supervision.policy.Plan.Kind;
import io.wormhole.supervision.policy.Step.Finish;
import io.wormhole.supervision.policy.Step.Forget;
import io.wormhole.supervision.policy.Step.Start;
import io.wormhole.supervision.policy.Step.Stop;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private static final Child A = new Child("a", Restart.PERMANENT, false, true);
    private static final Child T = new Child("t", Restart.TEMPORARY, false, true);
    private static final Child C = new Child("c", Restart.TRANSIENT, false, true);
    private static final Child B_DEAD = new Child("b", Restart.PERMANENT, false, false);
    private static final ExitReason CRASH = ExitReason.failure("crash");

    record Child(String id, Restart restart, boolean significant, boolean isAlive)
            implements Sibling {}

    record Children(List<Child> all) implements Siblings {
        @Override
        public List<Child> from(String id) {
            int index = all.stream().map(Child::id).toList().indexOf(id);
            return all.subList(index, all.size());
        }
    }

    /** Fails when a sibling is looked at. */
    private static final class Unread implements Siblings {
        @Override
        public List<Child> all() {
            throw new AssertionError("the plan read the siblings");
        }

        @Override
        public List<Child> from(String id) {
            throw new AssertionError("the plan read the siblings");
        }
    }

    private static Plan after(Strategy strategy, Child exited, ExitReason reason) {
        Children all = new Children(List.of(A, B_DEAD, T, C));
        return RestartPolicy.afterExit(
                strategy, AutoShutdown.NEVER, all, new RestartPolicy.Exit(exited, reason));
    }

    @Test
    void oneForOneRestartsOnlyTheExitedChildAndReadsNoSibling() {
        Plan plan =
                RestartPolicy.afterExit(
                        Strategy.ONE_FOR_ONE,
                        AutoShutdown.NEVER,
                        new Unread(),
                        new RestartPolicy.Exit(B_DEAD, CRASH));

        assertThat(plan).isEqualTo(new Plan(Kind.RESTART, List.of(new Start("b"))));
    }

    @Test
    void oneForAllStopsTheLivingInReverseForgetsTheTemporaryAndStartsInOrder() {
        Plan plan = after(Strategy.ONE_FOR_ALL, B_DEAD, CRASH);

        assertThat(plan.kind()).isEqualTo(Kind.RESTART);
        assertThat(plan.steps())
                .containsExactly(
                        new Stop("c"),
                        new Stop("t"),
                        new Forget("t"),
                        new Stop("a"),
                        new Start("a"),
                        new Start("b"),
                        new Start("c"));
    }

    @Test
    void restForOneLeavesEarlierChildrenAlone() {
        Plan plan = after(Strategy.REST_FOR_ONE, B_DEAD, CRASH);

        assertThat(plan.steps())
                .containsExactly(
                        new Stop("c"),
                        new Stop("t"),
                        new Forget("t"),
                        new Start("b"),
                        new Start("c"));
    }

    @Test
    void delayedRestartDoesOnlyTheStopsAtOnce() {
        Plan stops = RestartPolicy.stopsOnly(after(Strategy.REST_FOR_ONE, B_DEAD, CRASH));

        assertThat(stops.steps()).containsExactly(new Stop("c"), new Stop("t"), new Forget("t"));
    }

    @Test
    void quietEndOfTransientChildChangesNothing() {
        Child ended = new Child("c", Restart.TRANSIENT, false, false);

        assertThat(after(Strategy.ONE_FOR_ALL, ended, ExitReason.normal()).steps()).isEmpty();
        assertThat(after(Strategy.ONE_FOR_ALL, ended, ExitReason.shutdown("x")).steps()).isEmpty();
        assertThat(after(Strategy.ONE_FOR_ALL, ended, ExitReason.killed()).steps()).isNotEmpty();
    }

    @Test
    void temporaryChildIsForgottenWhateverTheReason() {
        Child ended = new Child("t", Restart.TEMPORARY, false, false);

        assertThat(after(Strategy.ONE_FOR_ALL, ended, CRASH))
                .isEqualTo(new Plan(Kind.CONTINUE, List.of(new Forget("t"))));
    }

    @Test
    void lastSignificantChildEndsTheSupervisorOnlyWhenNoOtherIsAlive() {
        Child ended = new Child("x", Restart.TRANSIENT, true, false);
        Child other = new Child("y", Restart.TRANSIENT, true, true);
        RestartPolicy.Exit exit = new RestartPolicy.Exit(ended, ExitReason.normal());
        AutoShutdown all = AutoShutdown.ALL_SIGNIFICANT;

        Plan whileOtherLives =
                RestartPolicy.afterExit(
                        Strategy.ONE_FOR_ONE, all, new Children(List.of(ended, other)), exit);
        Plan alone =
                RestartPolicy.afterExit(
                        Strategy.ONE_FOR_ONE, all, new Children(List.of(ended, A)), exit);

        assertThat(whileOtherLives.kind()).isEqualTo(Kind.CONTINUE);
        assertThat(alone.steps()).containsExactly(new Stop("a"), new Finish(ExitReason.shutdown()));
    }

    @Test
    void samePlanForSameData() {
        Plan first = after(Strategy.ONE_FOR_ALL, B_DEAD, CRASH);
        Plan second = after(Strategy.ONE_FOR_ALL, B_DEAD, CRASH);

        assertThat(first).isEqualTo(second);
    }
}
