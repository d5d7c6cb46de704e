package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A child's own view of its place in the tree; belongs to one incarnation. May be used from any
 * thread.
 */
public interface ChildContext {

    /** The id under its supervisor. */
    String id();

    /** The path from the root, such as {@code /line7/devices/printer}. */
    String path();

    /** What a simple_one_for_one instance was started with. */
    Optional<Object> arguments();

    /**
     * Says that the child has started; for a child whose spec says that it acknowledges its start.
     */
    void started();

    /**
     * Ends a start without a process and without a failure: OTP's {@code ignore}. Return the
     * result.
     */
    <T> Behavior<T> ignore();

    /**
     * Ends a start as a failure without an exception: OTP's {@code {error, Reason}}. Return the
     * result.
     */
    <T> Behavior<T> startFailed(String reason);

    /**
     * Ends the child for this reason; an ordinary {@code Behaviors.stopped()} ends it normally.
     * Return the result.
     */
    <T> Behavior<T> exit(ExitReason reason);
}
