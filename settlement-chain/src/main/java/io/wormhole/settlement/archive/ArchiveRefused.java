package io.wormhole.settlement.archive;

/** A file or a chain that is not what it should be; the message is for people. */
public final class ArchiveRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public ArchiveRefused(String message) {
        super(message);
    }
}
