package io.wormhole.settlement.store;

/** The store cannot do its work; the message says why and what helps. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** Another process has the database open. */
        LOCKED,
        /** The file is not a sound database. */
        DAMAGED,
        /** The database belongs to another settlement network. */
        OTHER_NETWORK,
        /** A newer version of this program has written the database. */
        NEWER_SCHEMA,
        /** Nothing could be read. */
        READ_FAILED,
        /** Nothing could be written, for example because the disk is full. */
        WRITE_FAILED
    }

    private final Kind kind;

    /** A fault of {@code kind} with its cause. */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** A fault of {@code kind}. */
    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }
}
