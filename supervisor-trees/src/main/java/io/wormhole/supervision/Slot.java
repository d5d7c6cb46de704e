package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import io.wormhole.supervision.policy.Restart;
import io.wormhole.supervision.policy.Sibling;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor remembers of one child across its incarnations. Mutable and owned by the
 * supervisor's actor: a supervisor holds up to a million of them, and copying one per start would
 * cost more than the start.
 */
final class Slot implements Sibling {

    private final String id;
    final @Nullable Object arguments;
    ChildSpec spec;

    ChildStatus status = ChildStatus.DOWN;
    @Nullable Incarnation incarnation;
    @Nullable ActorRef<Object> ref;
    int restarts;
    int restartsInARow;

    /** Counts the retries, so that one of an earlier wait is not taken for the latest. */
    int retries;

    boolean restarting;
    long sinceNanos;

    /** Its process has ended and the supervisor has not yet come to it. */
    @Nullable ExitReason pendingExit;

    /** Who waits for the start or stop of this instance. */
    @Nullable ActorRef<ChildReply> replyTo;

    private @Nullable ArrayDeque<CrashReport.PastExit> history;

    @Nullable Slot previous;
    @Nullable Slot next;

    Slot(String id, ChildSpec spec, @Nullable Object arguments) {
        this.id = id;
        this.spec = spec;
        this.arguments = arguments;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Restart restart() {
        return spec.restart();
    }

    @Override
    public boolean significant() {
        return spec.significant();
    }

    @Override
    public boolean isAlive() {
        return hasProcess() || pendingExit != null;
    }

    boolean hasProcess() {
        return status == ChildStatus.RUNNING
                || status == ChildStatus.STARTING
                || status == ChildStatus.STOPPING;
    }

    boolean acknowledges() {
        return spec.options().acknowledges() || spec.kind() instanceof ChildKind.Subtree;
    }

    ActorRef<Object> liveRef() {
        ActorRef<Object> live = ref;
        if (live == null) {
            throw new IllegalStateException("child " + id + " has no process");
        }
        return live;
    }

    /** The running incarnation, or the last one. */
    Optional<ActorRef<?>> lastRef() {
        return Optional.ofNullable(ref);
    }

    Incarnation liveIncarnation() {
        Incarnation live = incarnation;
        if (live == null) {
            throw new IllegalStateException("child " + id + " has no process");
        }
        return live;
    }

    /** Its process is gone. */
    void gone(ChildStatus after) {
        Incarnation last = incarnation;
        if (last != null) {
            last.cancelTimer();
        }
        status = after;
        incarnation = null;
    }

    List<CrashReport.PastExit> history() {
        return history == null ? List.of() : List.copyOf(history);
    }

    void remember(ExitReason reason, long ranMillis) {
        if (history == null) {
            history = new ArrayDeque<>(2);
        }
        if (history.size() == CrashReport.MAX_HISTORY) {
            history.removeFirst();
        }
        history.addLast(new CrashReport.PastExit(reason.describe(), ranMillis));
    }
}
