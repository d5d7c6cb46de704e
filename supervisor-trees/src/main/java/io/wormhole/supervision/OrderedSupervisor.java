package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import io.wormhole.supervision.policy.Plan;
import io.wormhole.supervision.policy.Restart;
import io.wormhole.supervision.policy.RestartPolicy;
import io.wormhole.supervision.policy.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * The supervisor of one_for_one, one_for_all and rest_for_one: goes through one procedure at a
 * time, step by step, as OTP does; what arrives meanwhile is taken up afterwards in order of
 * arrival. A shutdown does not wait.
 */
final class OrderedSupervisor extends SupervisorActor {

    /** Requests, exits (the slot) and retries, in order of arrival. */
    private final Deque<Object> inbox = new ArrayDeque<>();

    private final OrderedRequests requests = new OrderedRequests(this);
    private @Nullable Procedure procedure;
    private boolean started;

    OrderedSupervisor(Seat seat) {
        super(seat);
    }

    @Override
    Behavior<SupervisorCommand> start() {
        spec.children().forEach(child -> table.add(new Slot(child.id(), child, null)));
        Plan plan = RestartPolicy.atStart(spec.strategy(), table);
        procedure = new Procedure(Procedure.Purpose.FIRST_START, plan.steps());
        return advance();
    }

    @Override
    Behavior<SupervisorCommand> onRequest(SupervisorCommand.Request request) {
        inbox.add(request);
        return advance();
    }

    @Override
    Behavior<SupervisorCommand> onTryAgain(Slot slot) {
        inbox.add(new SupervisorNotice.TryAgain(slot, slot.retries));
        return advance();
    }

    @Override
    Behavior<SupervisorCommand> onInstancesOverdue() {
        return Behaviors.same();
    }

    @Override
    Behavior<SupervisorCommand> onShutdown() {
        Procedure current = procedure;
        if (current != null && current.purpose == Procedure.Purpose.SHUT_DOWN) {
            return Behaviors.same();
        }
        if (current != null) {
            answerShuttingDown(current);
        }
        Plan plan = RestartPolicy.shutDown(spec.strategy(), table, ExitReason.shutdown());
        procedure = new Procedure(Procedure.Purpose.SHUT_DOWN, plan.steps());
        return advance();
    }

    @Override
    Behavior<SupervisorCommand> onStarted(Slot slot) {
        Procedure current = procedure;
        if (current != null && current.awaiting == slot) {
            current.awaiting = null;
            Procedure.Answer answer = current.takeAnswer();
            if (answer != null) {
                reply(answer.replyTo(), slot);
            }
        }
        return advance();
    }

    @Override
    Behavior<SupervisorCommand> onStopped(Slot slot) {
        Procedure current = procedure;
        if (current != null && current.awaiting == slot) {
            current.awaiting = null;
        }
        return advance();
    }

    @Override
    Behavior<SupervisorCommand> onExit(Slot slot, ExitReason reason) {
        slot.pendingExit = reason;
        inbox.add(slot);
        return advance();
    }

    @Override
    Behavior<SupervisorCommand> onStartEnded(Slot slot, StartEnd end) {
        Procedure current = procedure;
        if (current != null && current.awaiting == slot) {
            current.awaiting = null;
            if (current.purpose != Procedure.Purpose.SHUT_DOWN) {
                startEnded(current, slot, end);
            }
        }
        return advance();
    }

    /** Goes on until a child has to be waited for or nothing is left to do. */
    private Behavior<SupervisorCommand> advance() {
        while (true) {
            Procedure current = procedure;
            if (current == null) {
                Object next = inbox.poll();
                if (next == null) {
                    return Behaviors.same();
                }
                take(next);
            } else if (current.awaiting != null) {
                return Behaviors.same();
            } else {
                Step step = current.steps.poll();
                if (step instanceof Step.Finish finish) {
                    return end(finish.reason());
                } else if (step == null) {
                    procedure = null;
                    completed(current);
                } else {
                    perform(current, step);
                }
            }
        }
    }

    private void perform(Procedure current, Step step) {
        if (step instanceof Step.Start start) {
            startChild(current, table.require(start.id()));
        } else if (step instanceof Step.Stop stop) {
            stopChild(current, table.require(stop.id()));
        } else if (step instanceof Step.Adopt) {
            adoptChildren(current);
        } else if (step instanceof Step.Forget forget) {
            table.remove(table.require(forget.id()));
        } else {
            throw new IllegalStateException("not a step of an ordered supervisor: " + step);
        }
    }

    private void startChild(Procedure current, Slot slot) {
        if (slot.hasProcess()) {
            return;
        }
        slot.pendingExit = null;
        slot.restarting = current.purpose == Procedure.Purpose.RESTART;
        current.awaiting = slot;
        ExitReason failure = runner.spawn(slot);
        if (failure != null) {
            current.awaiting = null;
            startEnded(current, slot, new StartEnd(false, failure));
        }
    }

    private void stopChild(Procedure current, Slot slot) {
        slot.pendingExit = null;
        if (!slot.hasProcess()) {
            return;
        }
        current.awaiting = slot;
        if (slot.status != ChildStatus.STOPPING) {
            runner.requestStop(slot);
        }
    }

    private void startEnded(Procedure current, Slot slot, StartEnd end) {
        if (end.ignored()) {
            startIgnored(current, slot);
            return;
        }
        ExitReason reason = end.reason();
        reporter.startFailed(slot, reason);
        OngoingUpgrade upgrade = current.upgrade;
        if (upgrade != null) {
            upgrade.failures().put(home.pathOf(slot.id()), reason);
            return;
        }
        current.steps.clear();
        switch (current.purpose) {
            case FIRST_START -> rollBack(slot, reason);
            case RESTART -> tryAgainLater(slot);
            case REQUEST -> answerStartFailed(current, slot, reason);
            case UPGRADE, SHUT_DOWN ->
                    throw new IllegalStateException("no start is undone in " + current.purpose);
        }
    }

    private void startIgnored(Procedure current, Slot slot) {
        slot.restarting = false;
        reporter.ignored(slot);
        if (slot.restart() == Restart.TEMPORARY) {
            table.remove(slot);
        }
        Procedure.Answer answer = current.takeAnswer();
        if (answer != null) {
            answer.replyTo().tell(new ChildReply.Ignored(slot.id()));
        }
    }

    private void answerStartFailed(Procedure current, Slot slot, ExitReason reason) {
        Procedure.Answer answer = current.takeAnswer();
        if (answer != null) {
            if (answer.adds()) {
                table.remove(slot);
            }
            refuse(answer.replyTo(), slot.id(), new Refusal.StartFailed(reason));
        }
    }

    private void rollBack(Slot slot, ExitReason reason) {
        ExitReason told =
                ExitReason.failure("failed_to_start_child " + slot.id() + ": " + reason.describe());
        Plan plan = RestartPolicy.shutDown(spec.strategy(), table, told);
        procedure = new Procedure(Procedure.Purpose.SHUT_DOWN, plan.steps());
    }

    private void completed(Procedure done) {
        Procedure.Answer answer = done.takeAnswer();
        if (answer != null) {
            answer.done();
        }
        OngoingUpgrade upgrade = done.upgrade;
        if (upgrade != null) {
            upgrade.finish(context, table);
        }
        if (done.purpose == Procedure.Purpose.FIRST_START) {
            started = true;
            parent.started();
        }
    }

    private Behavior<SupervisorCommand> end(ExitReason reason) {
        for (Object left : inbox) {
            if (left instanceof SupervisorCommand.Request request) {
                enquiries.refuseAll(request);
            }
        }
        return started || !reason.isAbnormal() ? finish(reason) : finishUnstarted(reason);
    }

    private void take(Object next) {
        if (next instanceof Slot slot) {
            takeExit(slot);
        } else if (next instanceof SupervisorNotice.TryAgain again) {
            takeRetry(again.slot());
        } else {
            procedure = requests.take((SupervisorCommand.Request) next);
        }
    }

    private void takeExit(Slot slot) {
        ExitReason reason = slot.pendingExit;
        if (reason == null || !table.holds(slot)) {
            return;
        }
        slot.pendingExit = null;
        noteRun(slot);
        Plan plan =
                RestartPolicy.afterExit(
                        spec.strategy(),
                        spec.autoShutdown(),
                        table,
                        new RestartPolicy.Exit(slot, reason));
        switch (plan.kind()) {
            case RESTART -> restart(slot, plan, reason);
            case CONTINUE -> procedure = new Procedure(Procedure.Purpose.RESTART, plan.steps());
            case SHUT_DOWN -> procedure = new Procedure(Procedure.Purpose.SHUT_DOWN, plan.steps());
        }
    }

    private void restart(Slot slot, Plan plan, ExitReason reason) {
        if (slot.spec.backoff().isPresent()) {
            tryAgainLater(slot);
            procedure =
                    new Procedure(Procedure.Purpose.RESTART, RestartPolicy.stopsOnly(plan).steps());
        } else {
            restartNow(slot, plan, reason);
        }
    }

    private void restartNow(Slot slot, Plan plan, ExitReason reason) {
        if (admitRestart(slot, reason)) {
            procedure = new Procedure(Procedure.Purpose.RESTART, plan.steps());
        } else {
            procedure = new Procedure(Procedure.Purpose.SHUT_DOWN, giveUp().steps());
        }
    }

    private void takeRetry(Slot slot) {
        if (slot.status != ChildStatus.RESTARTING || !table.holds(slot)) {
            return;
        }
        Plan plan = RestartPolicy.restart(spec.strategy(), table, slot);
        if (countsRetry(slot)) {
            restartNow(slot, plan, ExitReason.failure("restart failed or was delayed"));
        } else {
            procedure = new Procedure(Procedure.Purpose.RESTART, plan.steps());
        }
    }

    private void adoptChildren(Procedure current) {
        OngoingUpgrade upgrade = current.upgrade;
        if (upgrade != null) {
            upgrade.adoptInto(table);
            adopt(upgrade.to());
        }
    }

    private static void answerShuttingDown(Procedure current) {
        Procedure.Answer answer = current.takeAnswer();
        if (answer != null) {
            refuse(answer.replyTo(), answer.id(), new Refusal.ShuttingDown());
        }
        OngoingUpgrade upgrade = current.upgrade;
        if (upgrade != null) {
            upgrade.replyTo().tell(new UpgradeReply.NotUpgraded("the supervisor is stopping"));
        }
    }
}
