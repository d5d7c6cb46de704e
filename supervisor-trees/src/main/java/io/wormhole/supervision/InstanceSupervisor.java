package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import io.wormhole.supervision.policy.Plan;
import io.wormhole.supervision.policy.RestartPolicy;
import io.wormhole.supervision.policy.Shutdown;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * The supervisor of simple_one_for_one. Its instances have no order and do not depend on each
 * other, so that they start, restart and stop side by side: a slow start delays nobody else.
 */
final class InstanceSupervisor extends SupervisorActor {

    private long freshIds;
    private @Nullable ExitReason ending;
    private @Nullable Cancellable stopTimer;

    InstanceSupervisor(Seat seat) {
        super(seat);
    }

    @Override
    Behavior<SupervisorCommand> start() {
        parent.started();
        return Behaviors.same();
    }

    @Override
    int countedSpecs() {
        return 1;
    }

    private ChildSpec template() {
        return spec.children().get(0);
    }

    @Override
    Behavior<SupervisorCommand> onRequest(SupervisorCommand.Request request) {
        if (ending != null) {
            enquiries.refuseAll(request);
        } else if (request instanceof SupervisorCommand.Upgrade upgrade) {
            upgrade(upgrade);
        } else if (request instanceof SupervisorCommand.StartInstance start) {
            startInstance(start);
        } else if (request instanceof SupervisorCommand.TerminateInstance terminate) {
            terminateInstance(terminate.id(), terminate.replyTo());
        } else if (request instanceof SupervisorCommand.StartChild start) {
            refuse(start.replyTo(), start.spec().id(), new Refusal.SimpleOneForOne());
        } else if (request instanceof SupervisorCommand.TerminateChild terminate) {
            refuse(terminate.replyTo(), terminate.id(), new Refusal.SimpleOneForOne());
        } else if (request instanceof SupervisorCommand.RestartChild restart) {
            refuse(restart.replyTo(), restart.id(), new Refusal.SimpleOneForOne());
        } else if (request instanceof SupervisorCommand.DeleteChild delete) {
            refuse(delete.replyTo(), delete.id(), new Refusal.SimpleOneForOne());
        } else {
            enquiries.answer(request);
        }
        return Behaviors.same();
    }

    private void startInstance(SupervisorCommand.StartInstance request) {
        String id = request.id() == null ? freshId() : request.id();
        Slot known = table.get(id);
        List<SpecFault> faults = SpecRules.idFaults(spec.name() + "/" + id, id);
        if (known != null) {
            refuse(request.replyTo(), id, new Refusal.AlreadyStarted(known.lastRef()));
        } else if (!faults.isEmpty()) {
            refuse(request.replyTo(), id, new Refusal.BadSpec(faults));
        } else {
            Slot slot = new Slot(id, template(), request.arguments());
            slot.replyTo = request.replyTo();
            table.add(slot);
            spawn(slot);
        }
    }

    /**
     * Instances go on as they are, as under OTP; the new template serves later starts and restarts.
     */
    private void upgrade(SupervisorCommand.Upgrade request) {
        SupervisorSpec to = request.spec();
        if (!to.name().equals(spec.name()) || !UpgradePlan.isSimple(to)) {
            request.replyTo().tell(new UpgradeReply.NotUpgraded(notUpgradable(to)));
            return;
        }
        UpgradePlan plan = UpgradePlan.between(spec, to);
        adopt(to);
        table.all().forEach(slot -> slot.spec = template());
        request.replyTo().tell(new UpgradeReply.Upgraded(plan, Map.of()));
    }

    private String freshId() {
        String id = Long.toString(++freshIds);
        while (table.get(id) != null) {
            id = Long.toString(++freshIds);
        }
        return id;
    }

    private void terminateInstance(String id, ActorRef<ChildReply> replyTo) {
        Slot slot = table.get(id);
        if (slot == null) {
            refuse(replyTo, id, new Refusal.NotFound());
        } else if (!slot.hasProcess()) {
            table.remove(slot);
            replyTo.tell(new ChildReply.Done(id));
        } else {
            answerShuttingDown(slot);
            slot.replyTo = replyTo;
            if (slot.status != ChildStatus.STOPPING) {
                runner.requestStop(slot);
            }
        }
    }

    private void spawn(Slot slot) {
        ExitReason failure = runner.spawn(slot);
        if (failure != null) {
            startEnded(slot, new StartEnd(false, failure));
        }
    }

    @Override
    Behavior<SupervisorCommand> onStarted(Slot slot) {
        ActorRef<ChildReply> replyTo = takeReplyTo(slot);
        if (replyTo != null) {
            reply(replyTo, slot);
        }
        return Behaviors.same();
    }

    @Override
    Behavior<SupervisorCommand> onStartEnded(Slot slot, StartEnd end) {
        startEnded(slot, end);
        return Behaviors.same();
    }

    private void startEnded(Slot slot, StartEnd end) {
        if (end.ignored()) {
            reporter.ignored(slot);
            table.remove(slot);
            ActorRef<ChildReply> replyTo = takeReplyTo(slot);
            if (replyTo != null) {
                replyTo.tell(new ChildReply.Ignored(slot.id()));
            }
            return;
        }
        reporter.startFailed(slot, end.reason());
        if (slot.restarting) {
            tryAgainLater(slot);
            return;
        }
        table.remove(slot);
        ActorRef<ChildReply> replyTo = takeReplyTo(slot);
        if (replyTo != null) {
            refuse(replyTo, slot.id(), new Refusal.StartFailed(end.reason()));
        }
    }

    @Override
    Behavior<SupervisorCommand> onStopped(Slot slot) {
        table.remove(slot);
        ActorRef<ChildReply> replyTo = takeReplyTo(slot);
        if (replyTo != null) {
            replyTo.tell(new ChildReply.Done(slot.id()));
        }
        return endIfEmpty();
    }

    @Override
    Behavior<SupervisorCommand> onExit(Slot slot, ExitReason reason) {
        noteRun(slot);
        Plan plan =
                RestartPolicy.afterExit(
                        spec.strategy(),
                        spec.autoShutdown(),
                        table,
                        new RestartPolicy.Exit(slot, reason));
        if (plan.kind() == Plan.Kind.RESTART) {
            return restart(slot, reason);
        }
        table.remove(slot);
        return plan.kind() == Plan.Kind.SHUT_DOWN
                ? stopAll(ExitReason.shutdown())
                : Behaviors.same();
    }

    private Behavior<SupervisorCommand> restart(Slot slot, ExitReason reason) {
        if (slot.spec.backoff().isPresent()) {
            tryAgainLater(slot);
            return Behaviors.same();
        }
        return restartNow(slot, reason);
    }

    private Behavior<SupervisorCommand> restartNow(Slot slot, ExitReason reason) {
        if (!admitRestart(slot, reason)) {
            table.remove(slot);
            return stopAll(ExitReason.shutdown());
        }
        return respawn(slot);
    }

    private Behavior<SupervisorCommand> respawn(Slot slot) {
        slot.restarting = true;
        spawn(slot);
        return Behaviors.same();
    }

    @Override
    Behavior<SupervisorCommand> onTryAgain(Slot slot) {
        if (slot.status != ChildStatus.RESTARTING || !table.holds(slot)) {
            return Behaviors.same();
        }
        return countsRetry(slot)
                ? restartNow(slot, ExitReason.failure("restart failed or was delayed"))
                : respawn(slot);
    }

    @Override
    Behavior<SupervisorCommand> onShutdown() {
        return ending == null ? stopAll(ExitReason.shutdown()) : Behaviors.same();
    }

    /** Stops all instances together, so that the longest wait is one timeout. */
    private Behavior<SupervisorCommand> stopAll(ExitReason reason) {
        ending = reason;
        for (Slot slot : table.all()) {
            if (slot.hasProcess()) {
                answerShuttingDown(slot);
                if (slot.status != ChildStatus.STOPPING) {
                    runner.requestStopUntimed(slot);
                }
            } else {
                table.remove(slot);
            }
        }
        if (template().shutdown() instanceof Shutdown.Timeout timed) {
            stopTimer =
                    context.scheduleOnce(
                            timed.timeout(),
                            context.getSelf(),
                            new SupervisorNotice.InstancesOverdue());
        }
        return endIfEmpty();
    }

    @Override
    Behavior<SupervisorCommand> onInstancesOverdue() {
        table.all().forEach(this::killDeaf);
        return Behaviors.same();
    }

    private Behavior<SupervisorCommand> endIfEmpty() {
        ExitReason reason = ending;
        if (reason == null || table.size() > 0) {
            return Behaviors.same();
        }
        Cancellable timer = stopTimer;
        if (timer != null) {
            timer.cancel();
        }
        return finish(reason);
    }

    private static void answerShuttingDown(Slot slot) {
        ActorRef<ChildReply> waiting = takeReplyTo(slot);
        if (waiting != null) {
            refuse(waiting, slot.id(), new Refusal.ShuttingDown());
        }
    }

    private static @Nullable ActorRef<ChildReply> takeReplyTo(Slot slot) {
        ActorRef<ChildReply> taken = slot.replyTo;
        slot.replyTo = null;
        return taken;
    }
}
