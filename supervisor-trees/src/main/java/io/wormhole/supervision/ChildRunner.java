package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import io.wormhole.supervision.policy.Shutdown;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** Spawns and stops the processes of children; decides nothing. */
final class ChildRunner {

    private final ActorContext<SupervisorCommand> context;
    private final Home home;
    private final SupervisionSettings settings;

    ChildRunner(ActorContext<SupervisorCommand> context, Home home, SupervisionSettings settings) {
        this.context = context;
        this.home = home;
        this.settings = settings;
    }

    /** Spawns a new incarnation; the result is the failure, if there is no process to wait for. */
    @Nullable ExitReason spawn(Slot slot) {
        Incarnation incarnation = new Incarnation(home, slot);
        Behavior<Object> behavior;
        try {
            behavior = behavior(slot, incarnation);
        } catch (RuntimeException thrown) {
            return ExitReason.failure(thrown);
        }
        slot.incarnation = incarnation;
        slot.status = ChildStatus.STARTING;
        slot.ref =
                context.spawn(
                        Behaviors.intercept(() -> incarnation, behavior),
                        ActorNames.ofId(slot.id()),
                        slot.spec.options().props());
        context.watch(slot.ref);
        Duration limit = slot.spec.options().startLimit();
        if (limit != null) {
            incarnation.timer = overdueAfter(limit, incarnation);
        }
        return null;
    }

    /** Asks a child to stop, by its shutdown rule. */
    void requestStop(Slot slot) {
        Incarnation incarnation = slot.liveIncarnation();
        incarnation.cancelTimer();
        slot.status = ChildStatus.STOPPING;
        Shutdown rule = slot.spec.shutdown();
        if (rule instanceof Shutdown.BrutalKill) {
            kill(slot);
            return;
        }
        ask(slot);
        if (rule instanceof Shutdown.Timeout timed) {
            if (timed.timeout().isZero()) {
                kill(slot);
            } else {
                incarnation.timer = overdueAfter(timed.timeout(), incarnation);
            }
        }
    }

    /** Asks one of many to stop; the time is kept by the caller, for all of them. */
    void requestStopUntimed(Slot slot) {
        slot.liveIncarnation().cancelTimer();
        slot.status = ChildStatus.STOPPING;
        if (slot.spec.shutdown() instanceof Shutdown.BrutalKill) {
            kill(slot);
        } else {
            ask(slot);
        }
    }

    /** Stops a child without asking; Pekko does so after the message in hand. */
    void kill(Slot slot) {
        slot.liveIncarnation().killed = true;
        context.stop(slot.liveRef());
    }

    private void ask(Slot slot) {
        Object request =
                slot.spec.kind() instanceof ChildKind.Subtree
                        ? new SupervisorCommand.Shutdown()
                        : slot.spec.options().stopRequest();
        if (request == null) {
            context.stop(slot.liveRef());
        } else {
            slot.liveRef().tell(request);
        }
    }

    private org.apache.pekko.actor.Cancellable overdueAfter(
            Duration delay, Incarnation incarnation) {
        return context.scheduleOnce(
                delay, context.getSelf(), new SupervisorNotice.Overdue(incarnation));
    }

    @SuppressWarnings("unchecked")
    private Behavior<Object> behavior(Slot slot, Incarnation incarnation) {
        ChildKind kind = slot.spec.kind();
        if (kind instanceof ChildKind.Worker worker) {
            return (Behavior<Object>) worker.factory().create(incarnation);
        }
        SupervisorSpec subtree = ((ChildKind.Subtree) kind).spec();
        Behavior<?> supervisor =
                SupervisorActor.create(
                        subtree, settings, incarnation.path(), ParentLink.ofChild(incarnation));
        return (Behavior<Object>) supervisor;
    }
}
