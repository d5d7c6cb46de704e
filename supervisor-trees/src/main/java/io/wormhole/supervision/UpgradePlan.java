package io.wormhole.supervision;

import io.wormhole.supervision.policy.Step;
import io.wormhole.supervision.policy.Strategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The difference between a running supervisor and its new spec; a function of the two.
 *
 * <p>A child is the same when its version is, or, without versions, when its factory is; then it
 * keeps running under the new rules. A subtree is never stopped for a change inside it: the plan
 * for it is nested.
 *
 * @param name the supervisor
 * @param kept children that keep running
 * @param restarted children whose code changed: stopped by the old rules, started by the new
 * @param added children that are new
 * @param removed children that are gone from the spec: stopped and forgotten
 * @param nested plans of the subtrees that are kept and differ inside
 */
public record UpgradePlan(
        String name,
        List<String> kept,
        List<String> restarted,
        List<String> added,
        List<String> removed,
        List<UpgradePlan> nested) {

    public UpgradePlan {
        kept = List.copyOf(kept);
        restarted = List.copyOf(restarted);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        nested = List.copyOf(nested);
    }

    /** The plan that leads from one spec to the other. */
    public static UpgradePlan between(SupervisorSpec from, SupervisorSpec to) {
        Map<String, ChildSpec> before = new LinkedHashMap<>();
        from.children().forEach(child -> before.put(child.id(), child));
        List<String> kept = new ArrayList<>();
        List<String> restarted = new ArrayList<>();
        List<String> added = new ArrayList<>();
        List<UpgradePlan> nested = new ArrayList<>();
        for (ChildSpec child : to.children()) {
            ChildSpec old = before.remove(child.id());
            if (old == null) {
                added.add(child.id());
            } else if (!mayGoOn(old, child)) {
                restarted.add(child.id());
            } else {
                kept.add(child.id());
                nest(old, child, nested);
            }
        }
        List<String> removed = List.copyOf(before.keySet());
        return new UpgradePlan(to.name(), kept, restarted, added, removed, nested);
    }

    /** Whether nothing is started or stopped here or below. */
    public boolean changesNothing() {
        return restarted.isEmpty() && added.isEmpty() && removed.isEmpty() && nested.isEmpty();
    }

    /** Stops in reverse old order, the takeover of the new specs, starts in new order. */
    List<Step> steps(List<String> oldOrder, List<String> newOrder) {
        Set<String> stopping = new HashSet<>(restarted);
        stopping.addAll(removed);
        List<String> reversed = new ArrayList<>(oldOrder);
        Collections.reverse(reversed);
        List<Step> steps = new ArrayList<>();
        reversed.stream().filter(stopping::contains).map(Step.Stop::new).forEach(steps::add);
        removed.stream().map(Step.Forget::new).forEach(steps::add);
        steps.add(new Step.Adopt());
        Set<String> starting = new HashSet<>(restarted);
        starting.addAll(added);
        newOrder.stream().filter(starting::contains).map(Step.Start::new).forEach(steps::add);
        return steps;
    }

    private static boolean mayGoOn(ChildSpec old, ChildSpec child) {
        if (old.kind() instanceof ChildKind.Subtree before
                && child.kind() instanceof ChildKind.Subtree after) {
            return isSimple(before.spec()) == isSimple(after.spec());
        }
        return old.sameCode(child);
    }

    private static void nest(ChildSpec old, ChildSpec child, List<UpgradePlan> nested) {
        if (old.kind() instanceof ChildKind.Subtree before
                && child.kind() instanceof ChildKind.Subtree after
                && !before.equals(after)) {
            nested.add(between(before.spec(), after.spec()));
        }
    }

    static boolean isSimple(SupervisorSpec spec) {
        return spec.strategy() == Strategy.SIMPLE_ONE_FOR_ONE;
    }
}
