package io.wormhole.supervision;

import io.wormhole.supervision.policy.Backoff;
import io.wormhole.supervision.policy.ChildType;
import io.wormhole.supervision.policy.Restart;
import io.wormhole.supervision.policy.Shutdown;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.jspecify.annotations.Nullable;

/**
 * A child as data, with OTP's defaults: permanent; a worker has 5 seconds to stop, a supervisor all
 * the time it needs.
 *
 * <p>Every method returns a changed copy. Whether the combination is allowed is decided by the
 * supervisor spec it becomes part of, which lists all faults of all its children.
 */
public final class ChildSpec {

    /** OTP's default time for a worker to stop. */
    public static final Duration DEFAULT_SHUTDOWN = Duration.ofSeconds(5);

    private final String id;
    private final ChildKind kind;
    private final Restart restart;
    private final Shutdown shutdown;
    private final boolean significant;
    private final ChildOptions options;

    private ChildSpec(String id, ChildKind kind, Rules rules, ChildOptions options) {
        this.id = id;
        this.kind = kind;
        this.restart = rules.restart();
        this.shutdown = rules.shutdown();
        this.significant = rules.significant();
        this.options = options;
    }

    private record Rules(Restart restart, Shutdown shutdown, boolean significant) {}

    /**
     * A permanent worker made from an ordinary behaviour; it has started when its deferred setup
     * ran.
     */
    public static ChildSpec worker(String id, Supplier<? extends Behavior<?>> behavior) {
        return worker(id, new SuppliedBehavior(behavior));
    }

    /**
     * A permanent worker that also sees its place in the tree: arguments, exit reasons, start
     * acknowledgement.
     */
    public static ChildSpec worker(String id, ChildFactory factory) {
        Rules rules = new Rules(Restart.PERMANENT, Shutdown.timeout(DEFAULT_SHUTDOWN), false);
        return new ChildSpec(id, new ChildKind.Worker(factory), rules, ChildOptions.DEFAULT);
    }

    /** A permanent subtree; its id is the name of the supervisor. */
    public static ChildSpec supervisor(SupervisorSpec spec) {
        Rules rules = new Rules(Restart.PERMANENT, Shutdown.infinity(), false);
        return new ChildSpec(spec.name(), new ChildKind.Subtree(spec), rules, ChildOptions.DEFAULT);
    }

    /** The same child, restarted always. */
    public ChildSpec permanent() {
        return restart(Restart.PERMANENT);
    }

    /** The same child, restarted only after an abnormal exit. */
    public ChildSpec transientChild() {
        return restart(Restart.TRANSIENT);
    }

    /** The same child, never restarted. */
    public ChildSpec temporary() {
        return restart(Restart.TEMPORARY);
    }

    /** The same child with this restart rule. */
    public ChildSpec restart(Restart rule) {
        return new ChildSpec(id, kind, new Rules(rule, shutdown, significant), options);
    }

    /** The same child with this shutdown rule. */
    public ChildSpec shutdown(Shutdown rule) {
        return new ChildSpec(id, kind, new Rules(restart, rule, significant), options);
    }

    /**
     * The same child, significant: its own end may end its supervisor, by that supervisor's
     * auto_shutdown.
     */
    public ChildSpec asSignificant() {
        return asSignificant(true);
    }

    /** The same child, significant or not. */
    public ChildSpec asSignificant(boolean value) {
        return new ChildSpec(id, kind, new Rules(restart, shutdown, value), options);
    }

    /**
     * The same child, asked to stop by this message, which it answers by stopping. Without one a
     * worker is stopped after the message in hand, like an Erlang process that does not trap exits.
     */
    public ChildSpec stopMessage(Object message) {
        return with(options.withStopRequest(message));
    }

    /**
     * The same child, which says itself when it has started, through {@link ChildContext#started}.
     */
    public ChildSpec acknowledgesStart() {
        return with(options.withAcknowledge(null));
    }

    /**
     * The same child, which says itself when it has started; a start that takes longer has failed.
     */
    public ChildSpec acknowledgesStart(Duration within) {
        return with(options.withAcknowledge(within));
    }

    /** The same child with pauses between its restarts. */
    public ChildSpec backoff(Backoff pauses) {
        return with(options.withBackoff(pauses));
    }

    /**
     * The same child with this rule for messages sent through a stable reference while it is down.
     */
    public ChildSpec whileDown(WhileDown rule) {
        return with(options.withWhileDown(rule));
    }

    /**
     * The same child with a version of its code: a hot upgrade keeps it running if the version is
     * the same.
     */
    public ChildSpec version(String tag) {
        return with(options.withVersion(tag));
    }

    /** The same child with Pekko's props, such as the dispatcher. */
    public ChildSpec props(Props props) {
        return with(options.withProps(props));
    }

    /** The id, unique under its supervisor. */
    public String id() {
        return id;
    }

    /** What it is made from. */
    public ChildKind kind() {
        return kind;
    }

    /** Worker or supervisor. */
    public ChildType type() {
        return kind instanceof ChildKind.Subtree ? ChildType.SUPERVISOR : ChildType.WORKER;
    }

    /** When it is started again. */
    public Restart restart() {
        return restart;
    }

    /** How it is stopped. */
    public Shutdown shutdown() {
        return shutdown;
    }

    /** Whether its own end may end its supervisor. */
    public boolean significant() {
        return significant;
    }

    /** The pauses between its restarts. */
    public Optional<Backoff> backoff() {
        return options.backoff();
    }

    ChildOptions options() {
        return options;
    }

    /** Whether an incarnation of the other spec may go on running under this one. */
    boolean sameCode(ChildSpec other) {
        String mine = options.versionTag();
        String its = other.options.versionTag();
        if (mine != null || its != null) {
            return mine != null && mine.equals(its) && type() == other.type();
        }
        return kind.equals(other.kind);
    }

    private ChildSpec with(ChildOptions changed) {
        return new ChildSpec(id, kind, new Rules(restart, shutdown, significant), changed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChildSpec spec
                && id.equals(spec.id)
                && kind.equals(spec.kind)
                && restart == spec.restart
                && shutdown.equals(spec.shutdown)
                && significant == spec.significant
                && options.equals(spec.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, kind, restart, shutdown, significant, options);
    }

    @Override
    public String toString() {
        return id + "(" + type().word() + ", " + restart.word() + ")";
    }

    /** Equal when the supplier is: two specs over one supplier are the same code. */
    private record SuppliedBehavior(Supplier<? extends Behavior<?>> behavior)
            implements ChildFactory {
        @Override
        public Behavior<?> create(ChildContext self) {
            return behavior.get();
        }
    }
}
