package io.wormhole.cluster.link;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.wormhole.cluster.link.LinkEnd.Cause;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/** Failures of a connection as ends of its link. */
final class LinkEnds {
    static final String HUNG_UP = "the peer hung up before the handshake ended";

    private LinkEnds() {}

    /**
     * @param proved whether the handshake was over
     */
    static LinkEnd of(Throwable failure, boolean proved) {
        if (failure instanceof LinkException known) {
            return known.end();
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SelfSigned.WrongKey wrong) {
                return new LinkEnd(Cause.WRONG_KEY, String.valueOf(wrong.getMessage()));
            }
        }
        String message = String.valueOf(failure.getMessage());
        if (proved) {
            return new LinkEnd(Cause.LOST, message);
        }
        if (failure instanceof SslHandshakeTimeoutException) {
            return new LinkEnd(Cause.HANDSHAKE_TIMEOUT, "no handshake in time: " + message);
        }
        if (failure instanceof ClosedChannelException) {
            return new LinkEnd(Cause.HANDSHAKE_FAILED, HUNG_UP);
        }
        return new LinkEnd(
                Cause.HANDSHAKE_FAILED,
                failure instanceof SSLException ? "TLS handshake: " + message : message);
    }

    static LinkException unreachable(InetSocketAddress remote, Throwable why) {
        return new LinkException(Cause.UNREACHABLE, remote + ": " + why.getMessage());
    }

    static LinkException cannotBind(InetSocketAddress local, Throwable failure) {
        return new LinkException(
                Cause.CANNOT_BIND,
                "cannot listen on "
                        + local.getHostString()
                        + ":"
                        + local.getPort()
                        + ": "
                        + failure.getMessage());
    }
}
