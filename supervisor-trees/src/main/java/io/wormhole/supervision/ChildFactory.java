package io.wormhole.supervision;

import org.apache.pekko.actor.typed.Behavior;

/**
 * Makes the behaviour of one incarnation of a child; called once per start, on the supervisor's
 * thread.
 */
@FunctionalInterface
public interface ChildFactory {

    /**
     * The behaviour of a new incarnation; an exception is a failed start.
     *
     * @param self the child's own view of its place in the tree
     */
    Behavior<?> create(ChildContext self);
}
