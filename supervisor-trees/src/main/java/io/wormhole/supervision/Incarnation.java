package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import java.util.Optional;
import org.apache.pekko.actor.ActorKilledException;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * One life of a child, wrapped around its behaviour: acknowledges the start, notes why it ends, and
 * turns an exception into an ordinary stop, so that the supervisor and not Pekko decides and
 * reports.
 *
 * <p>The child writes, the supervisor reads after it has seen the acknowledgement or the end, both
 * of which are messages and so order the accesses; the fields that are read earlier are volatile.
 */
final class Incarnation extends BehaviorInterceptor<Object, Object> implements ChildContext {

    private final Home home;
    final Slot slot;

    private volatile @Nullable ExitReason exit;
    private volatile boolean ignored;
    private volatile long delivered;
    private @Nullable Class<?> lastMessage;

    /** Set by the supervisor: it no longer asks. */
    boolean killed;

    /** Set by the supervisor: it has seen the start. */
    boolean up;

    /** The supervisor's timer for a start or a stop that takes too long. */
    @Nullable Cancellable timer;

    Incarnation(Home home, Slot slot) {
        super(Object.class);
        this.home = home;
        this.slot = slot;
    }

    @Override
    public String id() {
        return slot.id();
    }

    @Override
    public String path() {
        return home.pathOf(slot.id());
    }

    @Override
    public Optional<Object> arguments() {
        return Optional.ofNullable(slot.arguments);
    }

    @Override
    public void started() {
        home.self().tell(new SupervisorNotice.ChildUp(this));
    }

    @Override
    public <T> Behavior<T> ignore() {
        ignored = true;
        return Behaviors.stopped();
    }

    @Override
    public <T> Behavior<T> startFailed(String reason) {
        return exit(ExitReason.failure(reason));
    }

    @Override
    public <T> Behavior<T> exit(ExitReason reason) {
        if (exit == null) {
            exit = reason;
        }
        return Behaviors.stopped();
    }

    /** Something changed below this child, which is a supervisor. */
    void treeChanged() {
        home.self().tell(new SupervisorNotice.TreeChanged());
    }

    boolean isIgnored() {
        return ignored;
    }

    /** Number of the last message from its stable reference that it has taken in hand. */
    long delivered() {
        return delivered;
    }

    String lastMessageType() {
        Class<?> last = lastMessage;
        return last == null ? "" : last.getName();
    }

    /** Why it ended, given Pekko's signal of the end. */
    ExitReason reasonOf(Terminated signal, boolean stopping) {
        ExitReason own = exit;
        if (own != null) {
            return own;
        }
        if (signal instanceof ChildFailed failed) {
            Throwable cause = failed.getCause();
            return cause instanceof ActorKilledException
                    ? ExitReason.killed()
                    : ExitReason.failure(cause);
        }
        if (killed) {
            return ExitReason.killed();
        }
        return stopping ? ExitReason.shutdown() : ExitReason.normal();
    }

    void cancelTimer() {
        Cancellable running = timer;
        if (running != null) {
            running.cancel();
            timer = null;
        }
    }

    @Override
    public Behavior<Object> aroundStart(
            TypedActorContext<Object> context, PreStartTarget<Object> target) {
        Behavior<Object> first;
        try {
            first = target.start(context);
        } catch (Throwable thrown) {
            return crashed(thrown);
        }
        if (!slot.acknowledges() && !ignored && exit == null) {
            started();
        }
        return first;
    }

    @Override
    public Behavior<Object> aroundReceive(
            TypedActorContext<Object> context, Object message, ReceiveTarget<Object> target) {
        Object payload = message;
        if (message instanceof Forwarded forwarded) {
            delivered = forwarded.number();
            payload = forwarded.message();
        }
        lastMessage = payload.getClass();
        try {
            return target.apply(context, payload);
        } catch (Throwable thrown) {
            return crashed(thrown);
        }
    }

    @Override
    public Behavior<Object> aroundSignal(
            TypedActorContext<Object> context, Signal signal, SignalTarget<Object> target) {
        try {
            return target.apply(context, signal);
        } catch (Throwable thrown) {
            return crashed(thrown);
        }
    }

    /** Not a way to carry on: the child stops, and the exception is its exit reason. */
    private Behavior<Object> crashed(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
            throw fatal;
        }
        return exit(ExitReason.failure(thrown));
    }
}
