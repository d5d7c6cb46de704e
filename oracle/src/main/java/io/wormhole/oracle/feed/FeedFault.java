package io.wormhole.oracle.feed;

/** A source gave no reading; the message says which and why. */
public final class FeedFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isPassing;

    private FeedFault(String message, boolean isPassing) {
        super(message);
        this.isPassing = isPassing;
    }

    /** A fault that may be gone at the next attempt. */
    public static FeedFault passing(String feed, String why) {
        return new FeedFault(feed + ": " + why, true);
    }

    /** A fault that stays until somebody changes something. */
    public static FeedFault lasting(String feed, String why) {
        return new FeedFault(feed + ": " + why, false);
    }

    /** Whether another attempt may help. */
    public boolean isPassing() {
        return isPassing;
    }
}
