package io.wormhole.runtime;

import io.wormhole.runtime.cli.WormholeCommand;

/** The program. */
public final class Main {
    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(WormholeCommand.commandLine().execute(arguments));
    }
}
