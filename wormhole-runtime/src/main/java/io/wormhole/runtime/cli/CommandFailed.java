package io.wormhole.runtime.cli;

/** A command that could not do what was asked; the message is for the person at the terminal. */
public final class CommandFailed extends RuntimeException {
    /** The request was wrong. */
    public static final int BAD_INPUT = 2;

    /** No node answers. */
    public static final int NO_NODE = 3;

    /** There is no such thing. */
    public static final int NOT_FOUND = 4;

    /** The node, or the network, refused. */
    public static final int REFUSED = 5;

    /** It did not happen in time. */
    public static final int TIMEOUT = 6;

    private final int exitCode;

    /** A failure with the exit code that tells programs its kind. */
    public CommandFailed(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The exit code. */
    public int exitCode() {
        return exitCode;
    }
}
