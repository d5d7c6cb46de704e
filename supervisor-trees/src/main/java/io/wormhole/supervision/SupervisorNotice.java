package io.wormhole.supervision;

import org.apache.pekko.actor.typed.ActorRef;

/** What a supervisor is told by itself, its children and the stable references. */
sealed interface SupervisorNotice extends SupervisorCommand {

    /** A child says that it has started. */
    record ChildUp(Incarnation incarnation) implements SupervisorNotice {}

    /** A restart that failed or was delayed is tried (again). */
    record TryAgain(Slot slot, int retry) implements SupervisorNotice {}

    /** A start or a stop took too long. */
    record Overdue(Incarnation incarnation) implements SupervisorNotice {}

    /** The stop of all instances took too long. */
    record InstancesOverdue() implements SupervisorNotice {}

    /** Something changed in the tree of a child. */
    record TreeChanged() implements SupervisorNotice {}

    /** Subscribers are due for a snapshot. */
    record PushDue() implements SupervisorNotice {}

    /** A snapshot for the subscribers. */
    record SnapshotTaken(TreeSnapshot snapshot) implements SupervisorNotice {}

    /** A new stable reference asks for the child at this path. */
    record Locate(String path, ActorRef<Object> relay) implements SupervisorNotice {}
}
