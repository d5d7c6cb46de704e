package io.wormhole.cluster.formation;

/** A node that cannot start as part of its cluster; the message says why on one line. */
public final class FormationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FormationRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
