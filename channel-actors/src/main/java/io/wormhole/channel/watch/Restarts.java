package io.wormhole.channel.watch;

import java.time.Duration;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.SupervisorStrategy;

/** How soon an actor of this package begins again after it failed. */
final class Restarts {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LAST = Duration.ofSeconds(10);

    private Restarts() {}

    static BackoffSupervisorStrategy later() {
        return SupervisorStrategy.restartWithBackoff(FIRST, LAST, 0.1);
    }
}
