package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import io.wormhole.supervision.policy.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * A hot upgrade in progress.
 *
 * @param to the new spec
 * @param plan what is done
 * @param replyTo who waits
 * @param failures by path, the children that did not start
 */
record OngoingUpgrade(
        SupervisorSpec to,
        UpgradePlan plan,
        ActorRef<UpgradeReply> replyTo,
        Map<String, ExitReason> failures) {

    /** Children that were added at run time take no part, unless the new spec names them. */
    static OngoingUpgrade of(
            SupervisorSpec running, SupervisorCommand.Upgrade request, ChildTable table) {
        Set<String> named = ids(request.spec().children());
        List<ChildSpec> live = new ArrayList<>();
        for (ChildSpec child : running.children()) {
            Slot slot = table.get(child.id());
            live.add(slot == null ? child : slot.spec);
        }
        Set<String> known = ids(running.children());
        for (Slot slot : table.all()) {
            if (named.contains(slot.id()) && !known.contains(slot.id())) {
                live.add(slot.spec);
            }
        }
        SupervisorSpec from =
                new SupervisorSpec(
                        running.name(),
                        running.strategy(),
                        running.intensity(),
                        running.period(),
                        running.autoShutdown(),
                        live);
        UpgradePlan plan = UpgradePlan.between(from, request.spec());
        return new OngoingUpgrade(request.spec(), plan, request.replyTo(), new HashMap<>());
    }

    /**
     * The steps; a child that was down before stays down, and one that was forgotten stays
     * forgotten.
     */
    List<Step> steps(ChildTable table) {
        List<String> oldOrder = table.all().stream().map(Slot::id).toList();
        List<String> newOrder = to.children().stream().map(ChildSpec::id).toList();
        return plan.steps(oldOrder, newOrder).stream()
                .filter(step -> applies(step, table))
                .toList();
    }

    void adoptInto(ChildTable table) {
        for (ChildSpec child : to.children()) {
            Slot slot = table.get(child.id());
            if (slot != null) {
                slot.spec = child;
            } else if (plan.added().contains(child.id())) {
                table.add(new Slot(child.id(), child, null));
            }
        }
        table.reorder(
                to.children().stream()
                        .map(ChildSpec::id)
                        .filter(id -> table.get(id) != null)
                        .toList());
    }

    /** Goes on with the subtrees that differ inside, then answers. */
    void finish(ActorContext<SupervisorCommand> context, ChildTable table) {
        UpgradeReply.Upgraded own = new UpgradeReply.Upgraded(plan, failures);
        Map<ActorRef<Object>, SupervisorSpec> subtrees = new LinkedHashMap<>();
        Set<String> nested =
                plan.nested().stream().map(UpgradePlan::name).collect(Collectors.toSet());
        for (ChildSpec child : to.children()) {
            Slot slot = table.get(child.id());
            if (slot != null
                    && nested.contains(child.id())
                    && slot.hasProcess()
                    && child.kind() instanceof ChildKind.Subtree subtree) {
                subtrees.put(slot.liveRef(), subtree.spec());
            }
        }
        if (subtrees.isEmpty()) {
            replyTo.tell(own);
        } else {
            context.spawnAnonymous(UpgradeCollector.create(own, subtrees, replyTo));
        }
    }

    private boolean applies(Step step, ChildTable table) {
        if (step instanceof Step.Start start) {
            Slot slot = table.get(start.id());
            return slot == null
                    ? plan.added().contains(start.id())
                    : slot.isAlive() || slot.status != ChildStatus.DOWN;
        }
        return !(step instanceof Step.Forget forget) || table.get(forget.id()) != null;
    }

    private static Set<String> ids(List<ChildSpec> children) {
        return children.stream().map(ChildSpec::id).collect(Collectors.toSet());
    }
}
