package io.wormhole.supervision.policy;

import java.util.List;

/**
 * What a supervisor does after something happened.
 *
 * @param kind what the steps amount to
 * @param steps in the order in which they are done
 */
public record Plan(Kind kind, List<Step> steps) {

    /** What a plan amounts to. */
    public enum Kind {
        /** The others go on; nothing is started. */
        CONTINUE,
        /**
         * Children are started again; this counts as one restart whatever the number of children.
         */
        RESTART,
        /** The supervisor ends. */
        SHUT_DOWN
    }

    public Plan {
        steps = List.copyOf(steps);
    }
}
