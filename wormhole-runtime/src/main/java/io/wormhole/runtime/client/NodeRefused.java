package io.wormhole.runtime.client;

/** The node did not do what was asked; the message says why, the code stays the same over time. */
public final class NodeRefused extends RuntimeException {
    private final int status;
    private final String code;

    /** With the HTTP status, the code and the message of the node's answer. */
    public NodeRefused(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What kind of refusal it is, for programs. */
    public String code() {
        return code;
    }
}
