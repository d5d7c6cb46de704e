package io.wormhole.supervision;

import io.wormhole.supervision.policy.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Steps that an {@link OrderedSupervisor} is going through, and what for. */
final class Procedure {

    /** What the steps are done for; decides what a failed start means. */
    enum Purpose {
        /** The first start of all children: a failure stops those already started. */
        FIRST_START,
        /** A restart: a failure is tried again. */
        RESTART,
        /** A request: a failure is the answer. */
        REQUEST,
        /** A hot upgrade: a child that does not start stays down and is reported. */
        UPGRADE,
        /** The end of the supervisor: nothing is started. */
        SHUT_DOWN
    }

    final Purpose purpose;
    final Deque<Step> steps;
    @Nullable Slot awaiting;

    /** Whom to answer, and about which child; for a request. */
    @Nullable Answer answer;

    /** What the upgrade is about; for an upgrade. */
    @Nullable OngoingUpgrade upgrade;

    Procedure(Purpose purpose, List<Step> steps) {
        this.purpose = purpose;
        this.steps = new ArrayDeque<>(steps);
    }

    /**
     * A pending answer.
     *
     * @param adds whether the request added the child, so that a failed start drops it
     */
    record Answer(ActorRef<ChildReply> replyTo, String id, boolean adds) {

        void done() {
            replyTo.tell(new ChildReply.Done(id));
        }
    }

    static Procedure request(List<Step> steps, Answer answer) {
        Procedure procedure = new Procedure(Purpose.REQUEST, steps);
        procedure.answer = answer;
        return procedure;
    }

    /** Takes the answer, which is given once. */
    @Nullable Answer takeAnswer() {
        Answer taken = answer;
        answer = null;
        return taken;
    }
}
