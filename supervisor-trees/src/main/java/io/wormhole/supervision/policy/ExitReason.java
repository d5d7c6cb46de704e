package io.wormhole.supervision.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why an actor ended. */
public sealed interface ExitReason {

    /** It finished its work: an ordinary {@code Behaviors.stopped()}. */
    record Normal() implements ExitReason {
        @Override
        public String describe() {
            return "normal";
        }
    }

    /**
     * It was asked to stop, or chose to go quietly.
     *
     * @param detail empty, or the term of OTP's {@code {shutdown, Term}}
     */
    record Shutdown(String detail) implements ExitReason {
        @Override
        public String describe() {
            return detail.isEmpty() ? "shutdown" : "shutdown:" + detail;
        }
    }

    /** It was stopped without being asked. */
    record Killed() implements ExitReason {
        @Override
        public String describe() {
            return "killed";
        }
    }

    /**
     * It failed.
     *
     * @param message one line saying what happened
     * @param thrown the exception, where there was one
     */
    record Failure(String message, @Nullable Throwable thrown) implements ExitReason {
        @Override
        public String describe() {
            return message;
        }

        /** The exception that ended it, where there was one. */
        public Optional<Throwable> cause() {
            return Optional.ofNullable(thrown);
        }
    }

    /** The reason in one line, in OTP's words where it has them. */
    String describe();

    /** Whether a transient child is restarted after it: anything but normal and shutdown. */
    default boolean isAbnormal() {
        return this instanceof Killed || this instanceof Failure;
    }

    /** The reason of an actor that finished its work. */
    static ExitReason normal() {
        return new Normal();
    }

    /** The reason of an actor that was asked to stop. */
    static ExitReason shutdown() {
        return new Shutdown("");
    }

    /** The reason of an actor that went quietly and says why; OTP's {@code {shutdown, Term}}. */
    static ExitReason shutdown(String detail) {
        return new Shutdown(detail);
    }

    /** The reason of an actor that was stopped without being asked. */
    static ExitReason killed() {
        return new Killed();
    }

    /** A failure without an exception. */
    static ExitReason failure(String message) {
        return new Failure(message, null);
    }

    /** A failure by an exception. */
    static ExitReason failure(Throwable cause) {
        return new Failure(cause.toString(), cause);
    }
}
