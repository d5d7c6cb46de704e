package io.wormhole.cluster.link;

/**
 * Why a link ended or never came to be, in words fit for a log line or an operator.
 *
 * @param cause the kind of end, for decisions such as retry, score or ban
 * @param detail one line that says what happened and, where a limit was hit, what is allowed
 */
public record LinkEnd(Cause cause, String detail) {
    /** The kinds of end. */
    public enum Cause {
        /** This side called {@link Link#close()}, or its actor system shut down. */
        CLOSED_HERE(false),
        /** The other side closed in an orderly way, between two frames. */
        CLOSED_BY_PEER(false),
        /** No listener answered at the address, or the connection could not be made in time. */
        UNREACHABLE(false),
        /** The address cannot be listened on: in use, or not an address of this machine. */
        CANNOT_BIND(false),
        /** The server has as many links as it may have, in total or from one address. */
        TOO_MANY_LINKS(false),
        /** The other side did not finish the TLS handshake in time. */
        HANDSHAKE_TIMEOUT(true),
        /** The other side does not speak TLS 1.3 with a self-signed Ed25519 certificate. */
        HANDSHAKE_FAILED(true),
        /** The other side proved another key than the one that was expected. */
        WRONG_KEY(true),
        /** A frame header announced more bytes than the limits allow. */
        FRAME_TOO_LARGE(true),
        /** A frame was begun but not finished in time. */
        FRAME_TIMEOUT(true),
        /** The stream ended in the middle of a frame. */
        FRAME_CUT(true),
        /** Nothing at all arrived for the idle timeout, not even a keep-alive. */
        IDLE(false),
        /** The other side took no bytes for the idle timeout while some were waiting. */
        SEND_STALLED(false),
        /** More sends were outstanding than the limits allow; only that send failed. */
        SEND_QUEUE_FULL(false),
        /** The connection broke: reset, network gone, TLS record damaged on its way. */
        LOST(false);

        private final boolean peerAtFault;

        Cause(boolean peerAtFault) {
            this.peerAtFault = peerAtFault;
        }

        /** Whether this end is something that an honest, healthy peer does not cause. */
        public boolean peerAtFault() {
            return peerAtFault;
        }
    }

    @Override
    public String toString() {
        return cause + ": " + detail;
    }
}
