package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import java.util.List;

/**
 * The report of something that should not have happened, like those of OTP's supervisor.
 *
 * @param path the child
 * @param kind what happened
 * @param reason why the child ended or did not start
 * @param restarts how often it was restarted so far
 * @param uptimeMillis how long this incarnation ran; 0 when it never did
 * @param lastMessageType class name of the last message it received; empty when there was none
 * @param history earlier exits of this child, oldest first, at most {@value #MAX_HISTORY}
 */
public record CrashReport(
        String path,
        Kind kind,
        ExitReason reason,
        int restarts,
        long uptimeMillis,
        String lastMessageType,
        List<PastExit> history)
        implements SupervisionEvent {

    /** Exits remembered per child. */
    public static final int MAX_HISTORY = 10;

    /** What a report is about; OTP's words. */
    public enum Kind {
        /** A child ended by itself and should not have. */
        CHILD_TERMINATED,
        /** A start or restart failed. */
        START_ERROR,
        /** A child did not stop when asked, or failed while it stopped. */
        SHUTDOWN_ERROR,
        /** One restart too many: the supervisor gives up. */
        REACHED_MAX_RESTART_INTENSITY
    }

    /**
     * An earlier exit.
     *
     * @param reason why, in one line
     * @param ranMillis how long that incarnation ran
     */
    public record PastExit(String reason, long ranMillis) {}

    public CrashReport {
        history = List.copyOf(history);
    }
}
