package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks again and again until an answer is as wanted: commands wait for the world, not for a time.
 */
public final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Waiting() {}

    /** The first answer that is as wanted; fails when that takes longer than {@code patience}. */
    public static JsonNode until(
            String what, Duration patience, Supplier<JsonNode> ask, Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            JsonNode answer = ask.get();
            if (wanted.test(answer)) {
                return answer;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new CommandFailed(
                        CommandFailed.TIMEOUT,
                        "%s: not within %d s; last seen: %s"
                                .formatted(what, patience.toSeconds(), answer));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
