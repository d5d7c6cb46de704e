package io.wormhole.supervision.policy;

/** One thing that a supervisor does; a plan is a list of them, done one after the other. */
public sealed interface Step {

    /**
     * Stop this child by its shutdown rule and wait until it is gone.
     *
     * @param id the child
     */
    record Stop(String id) implements Step {}

    /**
     * Stop all instances of a simple_one_for_one supervisor together and wait until all are gone.
     */
    record StopInstances() implements Step {}

    /**
     * Start this child and wait until it says that it has started.
     *
     * @param id the child
     */
    record Start(String id) implements Step {}

    /**
     * Drop the spec of this child.
     *
     * @param id the child
     */
    record Forget(String id) implements Step {}

    /** Take over the children of a new spec: their rules, their order, and those that are new. */
    record Adopt() implements Step {}

    /**
     * End the supervisor itself.
     *
     * @param reason what its parent is told
     */
    record Finish(ExitReason reason) implements Step {}
}
