package io.wormhole.runtime.stream;

/** A stream is not begun, or does not go on; the message says why. */
public final class StreamNotPossible extends RuntimeException {
    /** For this reason. */
    public StreamNotPossible(String reason) {
        super(reason);
    }
}
