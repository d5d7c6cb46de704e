package io.wormhole.supervision;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What can be asked of a running supervisor; OTP's functions of the same names. */
public sealed interface SupervisorCommand permits SupervisorCommand.Request, SupervisorNotice {

    /** A command of the public protocol. */
    sealed interface Request extends SupervisorCommand {}

    /**
     * Adds a child at the end of the start order and starts it.
     *
     * @param spec the child
     * @param replyTo gets Started, Ignored or Refused
     */
    record StartChild(ChildSpec spec, ActorRef<ChildReply> replyTo) implements Request {}

    /**
     * Starts an instance of the template of a simple_one_for_one supervisor.
     *
     * @param id the instance's id, or null for a fresh one
     * @param arguments seen by the factory in {@link ChildContext#arguments}; null for none
     * @param replyTo gets Started, Ignored or Refused
     */
    record StartInstance(
            @Nullable String id, @Nullable Object arguments, ActorRef<ChildReply> replyTo)
            implements Request {}

    /**
     * Stops a child and keeps its spec, unless it is temporary.
     *
     * @param id the child
     * @param replyTo gets Done or Refused
     */
    record TerminateChild(String id, ActorRef<ChildReply> replyTo) implements Request {}

    /**
     * Stops an instance of a simple_one_for_one supervisor for good.
     *
     * @param id the instance, as in {@link ChildReply.Started}
     * @param replyTo gets Done or Refused
     */
    record TerminateInstance(String id, ActorRef<ChildReply> replyTo) implements Request {}

    /**
     * Starts a child that is down.
     *
     * @param id the child
     * @param replyTo gets Started, Ignored or Refused
     */
    record RestartChild(String id, ActorRef<ChildReply> replyTo) implements Request {}

    /**
     * Drops the spec of a child that is down.
     *
     * @param id the child
     * @param replyTo gets Done or Refused
     */
    record DeleteChild(String id, ActorRef<ChildReply> replyTo) implements Request {}

    /**
     * Lists the children in start order.
     *
     * @param replyTo gets the list
     */
    record WhichChildren(ActorRef<List<ChildInfo>> replyTo) implements Request {}

    /**
     * Counts the children.
     *
     * @param replyTo gets the counts
     */
    record CountChildren(ActorRef<ChildCounts> replyTo) implements Request {}

    /**
     * Reads the spec of a child.
     *
     * @param id the child
     * @param replyTo gets the spec, or nothing when there is no such child
     */
    record GetChildSpec(String id, ActorRef<Optional<ChildSpec>> replyTo) implements Request {}

    /**
     * Takes a snapshot of the whole tree; answered at once, also while children start or stop.
     *
     * @param replyTo gets the snapshot
     */
    record GetSnapshot(ActorRef<TreeSnapshot> replyTo) implements Request {}

    /**
     * Sends the subscriber a snapshot now and after every change, at most ten in a second, until it
     * ends.
     *
     * @param subscriber gets the snapshots
     */
    record SubscribeSnapshots(ActorRef<TreeSnapshot> subscriber) implements Request {}

    /**
     * Sends the subscriber no more snapshots.
     *
     * @param subscriber got the snapshots so far
     */
    record UnsubscribeSnapshots(ActorRef<TreeSnapshot> subscriber) implements Request {}

    /**
     * Changes the tree to a new spec while it runs, see {@link UpgradePlan}. Children added at run
     * time stay. The instances of a simple_one_for_one supervisor go on with their code; what
     * starts or restarts later has the new one.
     *
     * @param spec the new spec, of the same name
     * @param replyTo gets what was done
     */
    record Upgrade(SupervisorSpec spec, ActorRef<UpgradeReply> replyTo) implements Request {}

    /** Stops all children in reverse order, then the supervisor, with reason shutdown. */
    record Shutdown() implements Request {}
}
