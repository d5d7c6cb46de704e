package io.wormhole.supervision.policy;

import java.time.Duration;

/** How a supervisor stops a child. */
public sealed interface Shutdown {

    /** The child is stopped at once, without being asked; OTP's {@code brutal_kill}. */
    record BrutalKill() implements Shutdown {}

    /**
     * The child is asked to stop and killed when it is still there after the timeout.
     *
     * @param timeout zero or more; zero asks and kills at once
     */
    record Timeout(Duration timeout) implements Shutdown {
        public Timeout {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("shutdown timeout below zero: " + timeout);
            }
        }
    }

    /** The child is asked to stop and given all the time it wants; the default of a supervisor. */
    record Infinity() implements Shutdown {}

    /** Stops without asking. */
    static Shutdown brutalKill() {
        return new BrutalKill();
    }

    /** Asks, then kills after the timeout; refuses a negative one. */
    static Shutdown timeout(Duration timeout) {
        return new Timeout(timeout);
    }

    /** Asks, then waits without limit. */
    static Shutdown infinity() {
        return new Infinity();
    }
}
