package io.wormhole.cluster.link;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * One open connection to a peer whose key is proved.
 *
 * <p>Frames arrive in order, each once, or the link ends. Receiving is by asking: a link reads
 * little further from the network than what is asked for with {@link #receive()}, 64 small frames
 * or one large and what came with them, so that a slow receiver slows the peer down. An actor
 * typically pipes {@code receive()} to itself, handles the frame, and asks again. All methods may
 * be called from any thread. What hangs on a stage may run in the thread of all links, so it should
 * only pass things on.
 */
public final class Link {
    private final LinkKey key;
    private final InetSocketAddress address;
    private final LinkLimits limits;
    private final Connection connection;

    Link(LinkKey key, InetSocketAddress address, LinkLimits limits, Connection connection) {
        this.key = key;
        this.address = address;
        this.limits = limits;
        this.connection = connection;
    }

    /** The key that the peer proved in the handshake: its identity. */
    public LinkKey remoteKey() {
        return key;
    }

    /** Where the connection comes from or goes to; says nothing about who the peer is. */
    public InetSocketAddress remoteAddress() {
        return address;
    }

    /**
     * Sends one frame of 1 to {@link LinkLimits#maxFrameBytes()} bytes; the array is not kept.
     *
     * @return completes when the frame has a place in the send queue, which waits while the peer is
     *     slow; fails with {@link LinkException} when the link has ended, or when too many callers
     *     wait already
     * @throws IllegalArgumentException when the frame is empty or too large
     */
    public CompletionStage<Done> send(byte[] frame) {
        if (frame.length == 0 || frame.length > limits.maxFrameBytes()) {
            throw new IllegalArgumentException(
                    "a frame of "
                            + frame.length
                            + " bytes, allowed are 1 to "
                            + limits.maxFrameBytes());
        }
        return connection.send(frame);
    }

    /**
     * Asks for the next frame; at most one call may be outstanding.
     *
     * @return completes with the frame, or with empty once the link has ended and everything that
     *     arrived before has been received; {@link #closed()} then tells why
     */
    public CompletionStage<Optional<byte[]>> receive() {
        return connection.receive();
    }

    /**
     * Closes the link: frames that were accepted for sending are still delivered where the peer
     * takes them within two seconds. Further calls do nothing.
     *
     * @return the same as {@link #closed()}
     */
    public CompletionStage<LinkEnd> close() {
        connection.close();
        return closed();
    }

    /** Completes, never fails, when the link has ended, with the reason. */
    public CompletionStage<LinkEnd> closed() {
        return connection.end().copy();
    }

    @Override
    public String toString() {
        return "Link[" + key + " at " + address + "]";
    }
}
