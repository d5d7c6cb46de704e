package io.wormhole.supervision;

import io.wormhole.supervision.policy.Restart;
import io.wormhole.supervision.policy.Step;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests to an {@link OrderedSupervisor} into answers or procedures, with OTP's results for
 * each wrong use.
 */
final class OrderedRequests {

    private final SupervisorActor supervisor;
    private final ChildTable table;

    OrderedRequests(SupervisorActor supervisor) {
        this.supervisor = supervisor;
        this.table = supervisor.table;
    }

    private SupervisorSpec spec() {
        return supervisor.spec;
    }

    /** Answers the request, or gives the procedure that will. */
    @Nullable Procedure take(SupervisorCommand.Request request) {
        if (request instanceof SupervisorCommand.StartChild start) {
            return startChild(start);
        } else if (request instanceof SupervisorCommand.TerminateChild terminate) {
            return terminateChild(terminate);
        } else if (request instanceof SupervisorCommand.RestartChild restart) {
            return restartChild(restart.id(), restart.replyTo());
        } else if (request instanceof SupervisorCommand.DeleteChild delete) {
            deleteChild(delete.id(), delete.replyTo());
        } else if (request instanceof SupervisorCommand.StartInstance start) {
            String id = start.id() == null ? "" : start.id();
            SupervisorActor.refuse(start.replyTo(), id, new Refusal.NotSimpleOneForOne());
        } else if (request instanceof SupervisorCommand.TerminateInstance terminate) {
            SupervisorActor.refuse(terminate.replyTo(), terminate.id(), new Refusal.NotFound());
        } else if (request instanceof SupervisorCommand.Upgrade upgrade) {
            return upgrade(upgrade);
        } else {
            supervisor.enquiries.answer(request);
        }
        return null;
    }

    private @Nullable Procedure startChild(SupervisorCommand.StartChild request) {
        ChildSpec child = request.spec();
        List<SpecFault> faults = SpecRules.childFaults(spec().name(), child, spec().autoShutdown());
        Slot known = table.get(child.id());
        if (!faults.isEmpty()) {
            SupervisorActor.refuse(request.replyTo(), child.id(), new Refusal.BadSpec(faults));
        } else if (known == null) {
            table.add(new Slot(child.id(), child, null));
            return procedure(new Step.Start(child.id()), request.replyTo(), child.id(), true);
        } else if (known.isAlive() || known.status == ChildStatus.RESTARTING) {
            SupervisorActor.refuse(
                    request.replyTo(), child.id(), new Refusal.AlreadyStarted(known.lastRef()));
        } else {
            SupervisorActor.refuse(request.replyTo(), child.id(), new Refusal.AlreadyPresent());
        }
        return null;
    }

    private @Nullable Procedure terminateChild(SupervisorCommand.TerminateChild request) {
        Slot slot = table.get(request.id());
        if (slot == null) {
            SupervisorActor.refuse(request.replyTo(), request.id(), new Refusal.NotFound());
            return null;
        }
        if (slot.status == ChildStatus.RESTARTING) {
            slot.status = ChildStatus.DOWN;
        }
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Stop(slot.id()));
        if (slot.restart() == Restart.TEMPORARY) {
            steps.add(new Step.Forget(slot.id()));
        }
        Procedure.Answer answer = new Procedure.Answer(request.replyTo(), slot.id(), false);
        return Procedure.request(steps, answer);
    }

    private @Nullable Procedure restartChild(String id, ActorRef<ChildReply> replyTo) {
        Refusal refusal = refusalUnlessDown(id);
        if (refusal != null) {
            SupervisorActor.refuse(replyTo, id, refusal);
            return null;
        }
        return procedure(new Step.Start(id), replyTo, id, false);
    }

    private void deleteChild(String id, ActorRef<ChildReply> replyTo) {
        Refusal refusal = refusalUnlessDown(id);
        if (refusal != null) {
            SupervisorActor.refuse(replyTo, id, refusal);
        } else {
            table.remove(table.require(id));
            replyTo.tell(new ChildReply.Done(id));
        }
    }

    private @Nullable Procedure upgrade(SupervisorCommand.Upgrade request) {
        SupervisorSpec to = request.spec();
        if (!to.name().equals(spec().name()) || UpgradePlan.isSimple(to)) {
            request.replyTo().tell(new UpgradeReply.NotUpgraded(supervisor.notUpgradable(to)));
            return null;
        }
        OngoingUpgrade upgrade = OngoingUpgrade.of(spec(), request, table);
        Procedure upgrading = new Procedure(Procedure.Purpose.UPGRADE, upgrade.steps(table));
        upgrading.upgrade = upgrade;
        return upgrading;
    }

    private @Nullable Refusal refusalUnlessDown(String id) {
        Slot slot = table.get(id);
        if (slot == null) {
            return new Refusal.NotFound();
        }
        if (slot.isAlive()) {
            return new Refusal.Running();
        }
        return slot.status == ChildStatus.RESTARTING ? new Refusal.Restarting() : null;
    }

    private static Procedure procedure(
            Step step, ActorRef<ChildReply> replyTo, String id, boolean adds) {
        return Procedure.request(List.of(step), new Procedure.Answer(replyTo, id, adds));
    }
}
