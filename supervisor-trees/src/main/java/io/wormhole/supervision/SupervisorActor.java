package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import io.wormhole.supervision.policy.Plan;
import io.wormhole.supervision.policy.Restart;
import io.wormhole.supervision.policy.RestartPolicy;
import io.wormhole.supervision.policy.RestartWindow;
import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * What all supervisors do alike: hear of starts and ends, decide by {@link RestartPolicy}, count
 * restarts, tell.
 *
 * <p>Its state is in fields, against the habit of this code base, because it is one table of up to
 * a million children: a behaviour per change would cost as much as a restart.
 */
abstract class SupervisorActor {

    final ActorContext<SupervisorCommand> context;
    final SupervisionSettings settings;
    final ParentLink parent;
    final Home home;
    final ChildTable table;
    final ChildRunner runner;
    final Reporter reporter;
    final Enquiries enquiries;
    final SnapshotFeed feed;
    private final References references;
    SupervisorSpec spec;
    RestartWindow window;
    private final long sinceNanos;
    private boolean finished;

    SupervisorActor(Seat seat) {
        this.context = seat.context();
        this.settings = seat.settings();
        this.parent = seat.parent();
        this.spec = seat.spec();
        this.home = new Home(seat.path(), context.getSelf());
        this.table = new ChildTable(spec.strategy() == Strategy.SIMPLE_ONE_FOR_ONE);
        this.runner = new ChildRunner(context, home, settings);
        this.reporter = new Reporter(home, settings.listener(), context.getSystem());
        this.references = new References(context.getSystem(), home);
        this.enquiries = new Enquiries(this);
        this.feed = new SnapshotFeed(this);
        this.sinceNanos = settings.nanoClock().getAsLong();
        this.window = new RestartWindow(spec.intensity(), spec.period());
    }

    /** What a supervisor is given when it is spawned. */
    record Seat(
            ActorContext<SupervisorCommand> context,
            SupervisorSpec spec,
            SupervisionSettings settings,
            String path,
            ParentLink parent) {}

    static Behavior<SupervisorCommand> create(
            SupervisorSpec spec, SupervisionSettings settings, String path, ParentLink parent) {
        return Behaviors.setup(
                context -> {
                    Seat seat = new Seat(context, spec, settings, path, parent);
                    SupervisorActor actor =
                            spec.strategy() == Strategy.SIMPLE_ONE_FOR_ONE
                                    ? new InstanceSupervisor(seat)
                                    : new OrderedSupervisor(seat);
                    return actor.supervising(actor.start());
                });
    }

    /** Child specs as count_children counts them. */
    int countedSpecs() {
        return table.size();
    }

    /** Begins the first start; anything but same ends the supervisor at once. */
    abstract Behavior<SupervisorCommand> start();

    abstract Behavior<SupervisorCommand> onRequest(SupervisorCommand.Request request);

    abstract Behavior<SupervisorCommand> onShutdown();

    abstract Behavior<SupervisorCommand> onStarted(Slot slot);

    /** A child ended before it had started. */
    abstract Behavior<SupervisorCommand> onStartEnded(Slot slot, StartEnd end);

    /** A child ended that had been asked to. */
    abstract Behavior<SupervisorCommand> onStopped(Slot slot);

    /** A child ended by itself. */
    abstract Behavior<SupervisorCommand> onExit(Slot slot, ExitReason reason);

    abstract Behavior<SupervisorCommand> onTryAgain(Slot slot);

    abstract Behavior<SupervisorCommand> onInstancesOverdue();

    /** How a start ended without a running child. */
    record StartEnd(boolean ignored, ExitReason reason) {}

    private Behavior<SupervisorCommand> supervising(Behavior<SupervisorCommand> afterStart) {
        if (!Behavior.isAlive(afterStart)) {
            return afterStart;
        }
        return Behaviors.receive(SupervisorCommand.class)
                .onMessage(SupervisorNotice.ChildUp.class, this::onChildUp)
                .onMessage(SupervisorNotice.TryAgain.class, this::onRetryDue)
                .onMessage(SupervisorNotice.Overdue.class, this::onOverdue)
                .onMessage(SupervisorNotice.InstancesOverdue.class, overdue -> onInstancesOverdue())
                .onMessage(SupervisorNotice.Locate.class, this::onLocate)
                .onMessage(SupervisorNotice.TreeChanged.class, changed -> onTreeChanged())
                .onMessage(SupervisorNotice.PushDue.class, due -> onPushDue())
                .onMessage(SupervisorNotice.SnapshotTaken.class, this::onSnapshotTaken)
                .onMessage(SupervisorCommand.SubscribeSnapshots.class, this::onSubscribe)
                .onMessage(SupervisorCommand.UnsubscribeSnapshots.class, this::onUnsubscribe)
                .onMessage(SupervisorCommand.GetSnapshot.class, this::onGetSnapshot)
                .onMessage(SupervisorCommand.Shutdown.class, shutdown -> onShutdown())
                .onMessage(SupervisorCommand.Request.class, this::onRequest)
                .onSignal(Terminated.class, this::onTerminated)
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<SupervisorCommand> onChildUp(SupervisorNotice.ChildUp up) {
        Slot slot = up.incarnation().slot;
        if (slot.incarnation != up.incarnation() || slot.status != ChildStatus.STARTING) {
            return Behaviors.same();
        }
        up.incarnation().cancelTimer();
        up.incarnation().up = true;
        slot.status = ChildStatus.RUNNING;
        slot.sinceNanos = settings.nanoClock().getAsLong();
        if (slot.restarting) {
            slot.restarting = false;
            slot.restarts++;
        }
        references.up(slot);
        feed.changed();
        reporter.started(slot);
        return onStarted(slot);
    }

    private Behavior<SupervisorCommand> onTerminated(Terminated signal) {
        if (feed.unsubscribe(signal.getRef())) {
            return Behaviors.same();
        }
        Slot slot = table.get(ActorNames.toId(signal.getRef().path().name()));
        if (slot == null || !signal.getRef().equals(slot.ref) || slot.incarnation == null) {
            return Behaviors.same();
        }
        Incarnation incarnation = slot.liveIncarnation();
        ChildStatus before = slot.status;
        ExitReason reason = incarnation.reasonOf(signal, before == ChildStatus.STOPPING);
        slot.gone(ChildStatus.DOWN);
        feed.changed();
        if (before == ChildStatus.STARTING) {
            return onStartEnded(slot, new StartEnd(incarnation.isIgnored(), reason));
        }
        if (incarnation.up) {
            references.down(slot);
            reporter.exited(slot, reason);
        }
        if (before == ChildStatus.STOPPING) {
            if (reason.isAbnormal() && !incarnation.killed) {
                crash(slot, CrashReport.Kind.SHUTDOWN_ERROR, reason, incarnation);
            }
            return onStopped(slot);
        }
        if (slot.restart() == Restart.PERMANENT || reason.isAbnormal()) {
            crash(slot, CrashReport.Kind.CHILD_TERMINATED, reason, incarnation);
        }
        return onExit(slot, reason);
    }

    private void crash(
            Slot slot, CrashReport.Kind kind, ExitReason reason, Incarnation incarnation) {
        long ranMillis = uptimeMillis(slot);
        reporter.crash(
                new Reporter.Crash(slot, kind, reason, ranMillis, incarnation.lastMessageType()));
        slot.remember(reason, ranMillis);
    }

    /** How long this supervisor itself has run. */
    long uptimeMillis() {
        return (settings.nanoClock().getAsLong() - sinceNanos) / 1_000_000;
    }

    long uptimeMillis(Slot slot) {
        return (settings.nanoClock().getAsLong() - slot.sinceNanos) / 1_000_000;
    }

    private Behavior<SupervisorCommand> onOverdue(SupervisorNotice.Overdue overdue) {
        Slot slot = overdue.incarnation().slot;
        if (slot.incarnation != overdue.incarnation()) {
            return Behaviors.same();
        }
        if (slot.status == ChildStatus.STARTING) {
            overdue.incarnation().startFailed("not started in time");
            runner.kill(slot);
        } else {
            killDeaf(slot);
        }
        return Behaviors.same();
    }

    /**
     * Reported when it is killed and not when it is gone: code that blocks its thread may never go.
     */
    void killDeaf(Slot slot) {
        crash(slot, CrashReport.Kind.SHUTDOWN_ERROR, ExitReason.killed(), slot.liveIncarnation());
        runner.kill(slot);
    }

    private Behavior<SupervisorCommand> onRetryDue(SupervisorNotice.TryAgain again) {
        boolean latest = again.retry() == again.slot().retries;
        return latest ? onTryAgain(again.slot()) : Behaviors.same();
    }

    private Behavior<SupervisorCommand> onLocate(SupervisorNotice.Locate locate) {
        references.locate(locate, table);
        return Behaviors.same();
    }

    private Behavior<SupervisorCommand> onTreeChanged() {
        feed.changed();
        return Behaviors.same();
    }

    private Behavior<SupervisorCommand> onPushDue() {
        feed.push();
        return Behaviors.same();
    }

    private Behavior<SupervisorCommand> onSnapshotTaken(SupervisorNotice.SnapshotTaken taken) {
        feed.deliver(taken.snapshot());
        return Behaviors.same();
    }

    private Behavior<SupervisorCommand> onSubscribe(SupervisorCommand.SubscribeSnapshots request) {
        feed.subscribe(request.subscriber());
        return Behaviors.same();
    }

    private Behavior<SupervisorCommand> onUnsubscribe(
            SupervisorCommand.UnsubscribeSnapshots request) {
        if (feed.unsubscribe(request.subscriber())) {
            context.unwatch(request.subscriber());
        }
        return Behaviors.same();
    }

    private Behavior<SupervisorCommand> onGetSnapshot(SupervisorCommand.GetSnapshot request) {
        feed.taken();
        enquiries.snapshot(request.replyTo());
        return Behaviors.same();
    }

    private Behavior<SupervisorCommand> onPostStop() {
        if (!finished) {
            for (Slot slot : table.all()) {
                if (slot.status == ChildStatus.RUNNING || slot.status == ChildStatus.STOPPING) {
                    references.down(slot);
                    reporter.exited(slot, ExitReason.killed());
                }
            }
        }
        references.leave();
        return Behaviors.same();
    }

    /** Admits a restart now, or reports that it is one too many. */
    boolean admitRestart(Slot slot, ExitReason reason) {
        if (window.admit(settings.nanoClock().getAsLong())) {
            return true;
        }
        reporter.crash(
                new Reporter.Crash(
                        slot, CrashReport.Kind.REACHED_MAX_RESTART_INTENSITY, reason, 0, ""));
        return false;
    }

    Plan giveUp() {
        return RestartPolicy.shutDown(spec.strategy(), table, ExitReason.shutdown());
    }

    /** Tries the restart of a child again, through the mailbox or after its pause. */
    void tryAgainLater(Slot slot) {
        slot.status = ChildStatus.RESTARTING;
        slot.retries++;
        SupervisorNotice.TryAgain again = new SupervisorNotice.TryAgain(slot, slot.retries);
        slot.spec
                .backoff()
                .ifPresentOrElse(
                        backoff -> {
                            Duration pause =
                                    backoff.pause(
                                            slot.restartsInARow, settings.chance().getAsDouble());
                            slot.restartsInARow++;
                            context.scheduleOnce(pause, context.getSelf(), again);
                        },
                        () -> context.getSelf().tell(again));
    }

    /**
     * Whether a restart that was delayed counts: always without back-off, with it only if the spec
     * says so.
     */
    static boolean countsRetry(Slot slot) {
        return slot.spec.backoff().map(backoff -> backoff.countsInIntensity()).orElse(true);
    }

    /** Forgets the restarts in a row of a child that ran long enough. */
    void noteRun(Slot slot) {
        slot.spec
                .backoff()
                .filter(backoff -> uptimeMillis(slot) >= backoff.resetAfter().toMillis())
                .ifPresent(backoff -> slot.restartsInARow = 0);
    }

    /** Takes over the rules of a new spec; the restarts counted so far are forgotten. */
    void adopt(SupervisorSpec to) {
        spec = to;
        window = new RestartWindow(to.intensity(), to.period());
        feed.changed();
    }

    String notUpgradable(SupervisorSpec to) {
        return spec.name()
                + " ("
                + spec.strategy().word()
                + ") cannot become "
                + to.name()
                + " ("
                + to.strategy().word()
                + "): the name must stay, and simple_one_for_one does not mix with the others";
    }

    /** Ends this supervisor, whose children are gone. */
    Behavior<SupervisorCommand> finish(ExitReason reason) {
        finished = true;
        reporter.supervisorExited(reason);
        parent.exited(reason);
        return Behaviors.stopped();
    }

    /** Ends this supervisor, which has not started. */
    Behavior<SupervisorCommand> finishUnstarted(ExitReason reason) {
        finished = true;
        parent.startFailed(reason);
        return Behaviors.stopped();
    }

    static void reply(ActorRef<ChildReply> replyTo, Slot slot) {
        replyTo.tell(new ChildReply.Started(slot.id(), slot.liveRef()));
    }

    static void refuse(ActorRef<ChildReply> replyTo, String id, Refusal refusal) {
        replyTo.tell(new ChildReply.Refused(id, refusal));
    }
}
