package io.wormhole.supervision;

/** What a child is made from. */
public sealed interface ChildKind {

    /**
     * A leaf: an ordinary Pekko Typed behaviour.
     *
     * @param factory makes the behaviour of each incarnation
     */
    record Worker(ChildFactory factory) implements ChildKind {}

    /**
     * A supervisor with children of its own.
     *
     * @param spec the subtree
     */
    record Subtree(SupervisorSpec spec) implements ChildKind {}
}
