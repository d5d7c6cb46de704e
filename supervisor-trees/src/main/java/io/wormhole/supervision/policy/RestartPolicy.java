package io.wormhole.supervision.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * OTP's rules as pure functions: from the strategy, the children and an exit to the steps that
 * follow.
 *
 * <p>The plan of a one_for_one or simple_one_for_one restart reads no sibling, so its cost does not
 * depend on their number; the plan of the others is linear in the children that it restarts.
 */
public final class RestartPolicy {

    private RestartPolicy() {}

    /** The first start of all children, in order; a simple_one_for_one supervisor starts none. */
    public static Plan atStart(Strategy strategy, Siblings siblings) {
        List<Step> steps = new ArrayList<>();
        if (strategy != Strategy.SIMPLE_ONE_FOR_ONE) {
            siblings.all().forEach(child -> steps.add(new Step.Start(child.id())));
        }
        return new Plan(Plan.Kind.CONTINUE, steps);
    }

    /**
     * What follows when a child has ended by itself.
     *
     * @param strategy the supervisor's strategy
     * @param autoShutdown the supervisor's rule for significant children
     * @param siblings all children, the one that exited among them and no longer alive
     * @param exit which child ended and why
     */
    public static Plan afterExit(
            Strategy strategy, AutoShutdown autoShutdown, Siblings siblings, Exit exit) {
        Sibling child = exit.child();
        if (child.restart().restartsAfter(exit.reason())) {
            return restart(strategy, siblings, child);
        }
        List<Step> steps = new ArrayList<>();
        if (child.restart() == Restart.TEMPORARY || strategy == Strategy.SIMPLE_ONE_FOR_ONE) {
            steps.add(new Step.Forget(child.id()));
        }
        if (!endsSupervisor(autoShutdown, siblings, child)) {
            return new Plan(Plan.Kind.CONTINUE, steps);
        }
        steps.addAll(shutDown(strategy, siblings, ExitReason.shutdown()).steps());
        return new Plan(Plan.Kind.SHUT_DOWN, steps);
    }

    /**
     * The restart of a child by the strategy: stop what must stop in reverse order, then start in
     * order.
     */
    public static Plan restart(Strategy strategy, Siblings siblings, Sibling child) {
        List<Step> steps = new ArrayList<>();
        switch (strategy) {
            case ONE_FOR_ONE, SIMPLE_ONE_FOR_ONE -> steps.add(new Step.Start(child.id()));
            case ONE_FOR_ALL -> restartGroup(siblings.all(), steps);
            case REST_FOR_ONE -> restartGroup(siblings.from(child.id()), steps);
        }
        return new Plan(Plan.Kind.RESTART, steps);
    }

    /**
     * The end of the supervisor: all children that live are stopped in reverse order, then it goes.
     */
    public static Plan shutDown(Strategy strategy, Siblings siblings, ExitReason reason) {
        List<Step> steps = new ArrayList<>();
        if (strategy == Strategy.SIMPLE_ONE_FOR_ONE) {
            steps.add(new Step.StopInstances());
        } else {
            reversed(siblings.all()).stream()
                    .filter(Sibling::isAlive)
                    .forEach(child -> steps.add(new Step.Stop(child.id())));
        }
        steps.add(new Step.Finish(reason));
        return new Plan(Plan.Kind.SHUT_DOWN, steps);
    }

    /**
     * The plan without its starts: what is done at once when the restart itself is delayed by
     * back-off.
     *
     * @param restart a plan of kind restart
     */
    public static Plan stopsOnly(Plan restart) {
        List<Step> steps =
                restart.steps().stream().filter(step -> !(step instanceof Step.Start)).toList();
        return new Plan(Plan.Kind.CONTINUE, steps);
    }

    private static void restartGroup(List<? extends Sibling> group, List<Step> steps) {
        for (Sibling child : reversed(group)) {
            if (child.isAlive()) {
                steps.add(new Step.Stop(child.id()));
            }
            if (child.restart() == Restart.TEMPORARY) {
                steps.add(new Step.Forget(child.id()));
            }
        }
        group.stream()
                .filter(child -> child.restart() != Restart.TEMPORARY)
                .forEach(child -> steps.add(new Step.Start(child.id())));
    }

    private static boolean endsSupervisor(
            AutoShutdown autoShutdown, Siblings siblings, Sibling child) {
        return child.significant()
                && switch (autoShutdown) {
                    case NEVER -> false;
                    case ANY_SIGNIFICANT -> true;
                    case ALL_SIGNIFICANT -> !siblings.anySignificantAlive();
                };
    }

    private static List<Sibling> reversed(List<? extends Sibling> children) {
        List<Sibling> result = new ArrayList<>(children.size());
        for (int i = children.size() - 1; i >= 0; i--) {
            result.add(children.get(i));
        }
        return result;
    }

    /**
     * A child that ended by itself.
     *
     * @param child the child, no longer alive
     * @param reason why it ended
     */
    public record Exit(Sibling child, ExitReason reason) {}
}
