package io.wormhole.channel.session;

import io.wormhole.cluster.link.Link;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.ArrayDeque;
import java.util.Queue;

/** One link and what waits to be sent on it; touched by the sessions' actor alone. */
final class Session {
    static final int MAXIMUM_OUTGOING = 10_000;

    final PublicKey partner;
    final Link link;
    final Queue<byte[]> outgoing = new ArrayDeque<>();
    boolean greeted;
    boolean sending;

    Session(PublicKey partner, Link link) {
        this.partner = partner;
        this.link = link;
    }
}
