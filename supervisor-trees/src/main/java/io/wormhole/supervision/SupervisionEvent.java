package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;

/** What supervisors tell about their trees, on the event stream and to their listener. */
public sealed interface SupervisionEvent
        permits SupervisionEvent.ChildStarted,
                SupervisionEvent.ChildIgnored,
                SupervisionEvent.ChildStartFailed,
                SupervisionEvent.ChildExited,
                SupervisionEvent.SupervisorExited,
                SupervisionEvent.MessageRefused,
                CrashReport {

    /** Path of the child or supervisor from the root, such as {@code /line7/devices/printer}. */
    String path();

    /**
     * A child has started.
     *
     * @param path the child
     * @param restarts how often it was restarted before, this start included
     */
    record ChildStarted(String path, int restarts) implements SupervisionEvent {}

    /**
     * A child chose not to run.
     *
     * @param path the child
     */
    record ChildIgnored(String path) implements SupervisionEvent {}

    /**
     * A child failed to start.
     *
     * @param path the child
     * @param reason what it said, or the exception of its start
     */
    record ChildStartFailed(String path, ExitReason reason) implements SupervisionEvent {}

    /**
     * A child that had started has ended, by itself or stopped by its supervisor.
     *
     * @param path the child
     * @param reason why
     */
    record ChildExited(String path, ExitReason reason) implements SupervisionEvent {}

    /**
     * A supervisor that had started has ended, after its children.
     *
     * @param path the supervisor
     * @param reason why
     */
    record SupervisorExited(String path, ExitReason reason) implements SupervisionEvent {}

    /**
     * A stable reference did not keep a message for a child that is down.
     *
     * @param path the child
     * @param messageType class name of the message
     * @param why a sentence
     */
    record MessageRefused(String path, String messageType, String why)
            implements SupervisionEvent {}
}
