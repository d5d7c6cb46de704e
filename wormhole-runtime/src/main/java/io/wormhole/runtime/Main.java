package io.wormhole.runtime;

import io.wormhole.runtime.cli.WormholeCommand;

/** The program. */
public final class Main {
    private static final String COMMON_POOL =
            "java.util.concurrent.ForkJoinPool.common.parallelism";

    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // With two cores or fewer the JDK starts a thread for every step of a completion stage,
        // unless it is told how many workers to keep.
        if (System.getProperty(COMMON_POOL) == null) {
            System.setProperty(
                    COMMON_POOL,
                    Integer.toString(Math.max(2, Runtime.getRuntime().availableProcessors())));
        }
        System.exit(WormholeCommand.commandLine(arguments).execute(arguments));
    }
}
