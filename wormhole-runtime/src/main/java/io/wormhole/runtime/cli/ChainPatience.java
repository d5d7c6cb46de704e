package io.wormhole.runtime.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command waits for what blocks must carry and make final. */
final class ChainPatience {
    @Option(
            names = "--patience",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "How long to wait (default: ${DEFAULT-VALUE}).")
    private int seconds;

    /** The time. */
    Duration time() {
        return Duration.ofSeconds(seconds);
    }
}
