package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Why a supervisor refused a request; the words are OTP's. */
public sealed interface Refusal {

    /**
     * A child of this id runs, starts or waits for its restart.
     *
     * @param ref the running incarnation, or the last one, if there ever was one
     */
    record AlreadyStarted(Optional<ActorRef<?>> ref) implements Refusal {}

    /** A child of this id is known and down; restart or delete it. */
    record AlreadyPresent() implements Refusal {}

    /** No child has this id. */
    record NotFound() implements Refusal {}

    /** The child runs; terminate it first. */
    record Running() implements Refusal {}

    /** The child is about to be restarted; terminate it first. */
    record Restarting() implements Refusal {}

    /** The request is not for a simple_one_for_one supervisor. */
    record SimpleOneForOne() implements Refusal {}

    /** The request is only for a simple_one_for_one supervisor. */
    record NotSimpleOneForOne() implements Refusal {}

    /**
     * The spec breaks the rules.
     *
     * @param faults every one
     */
    record BadSpec(List<SpecFault> faults) implements Refusal {
        public BadSpec {
            faults = List.copyOf(faults);
        }
    }

    /**
     * The child failed to start.
     *
     * @param reason what it said, or the exception of its start
     */
    record StartFailed(ExitReason reason) implements Refusal {}

    /** The supervisor is stopping. */
    record ShuttingDown() implements Refusal {}
}
