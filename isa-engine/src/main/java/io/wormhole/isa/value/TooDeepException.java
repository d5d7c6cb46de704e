package io.wormhole.isa.value;

/** A value would nest deeper than {@link Value#MAX_DEPTH}. */
public final class TooDeepException extends IllegalArgumentException {
    TooDeepException() {
        super("a value nests at most " + Value.MAX_DEPTH + " deep");
    }

    /** The trace is of no use: programs provoke this at will. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
