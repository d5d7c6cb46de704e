package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;

/** Whether the root of a tree has started. */
public sealed interface StartOutcome {

    /**
     * All children have started.
     *
     * @param path the root
     */
    record TreeStarted(String path) implements StartOutcome {}

    /**
     * A child failed to start; those started before it are stopped again.
     *
     * @param path the root
     * @param reason which child, and why
     */
    record TreeNotStarted(String path, ExitReason reason) implements StartOutcome {}
}
