package io.wormhole.cluster.link;

/** Carries a {@link LinkEnd} through a failed completion stage. */
public final class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient LinkEnd end;

    LinkException(LinkEnd.Cause cause, String detail) {
        this(new LinkEnd(cause, detail));
    }

    LinkException(LinkEnd end) {
        // No stack trace: bad peers cause these, and must not make this process work hard.
        super(end.toString(), null, false, false);
        this.end = end;
    }

    /** Why the link ended, was refused, or could not take the frame. */
    public LinkEnd end() {
        return end;
    }
}
