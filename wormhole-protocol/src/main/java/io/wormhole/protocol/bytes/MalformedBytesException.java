package io.wormhole.protocol.bytes;

/**
 * Bytes that are not the canonical encoding of anything expected; the message says where and why.
 */
public final class MalformedBytesException extends IllegalArgumentException {
    /** A fault at {@code offset} bytes into the input. */
    public MalformedBytesException(int offset, String fault) {
        super("malformed at byte " + offset + ": " + fault);
    }
}
