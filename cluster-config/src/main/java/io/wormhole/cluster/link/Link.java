package io.wormhole.cluster.link;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One open connection to a peer whose key is proved.
 *
 * <p>Frames arrive in order, each once, or the link ends. Receiving is by asking: a link reads no
 * further from the network than two frames ahead of {@link #receive()}, so that a slow receiver
 * slows the peer down. An actor typically pipes {@code receive()} to itself, handles the frame, and
 * asks again. All methods may be called from any thread.
 */
public final class Link {
    /** How long a closing link may take to deliver what was sent before it is cut. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

    private final ActorSystem<?> system;
    private final LinkLimits limits;
    private final Peer peer;
    private final Streams streams;
    private final AtomicInteger waiting = new AtomicInteger();

    /** Who and where the other side is. */
    record Peer(LinkKey key, InetSocketAddress address) {}

    /**
     * The running streams: their two ends, the switch that cuts both, what this side decided about
     * their end, and the end itself.
     */
    record Streams(
            SourceQueueWithComplete<ByteString> outgoing,
            SinkQueueWithCancel<byte[]> incoming,
            UniqueKillSwitch cut,
            CompletableFuture<LinkEnd> verdict,
            CompletableFuture<LinkEnd> end) {}

    Link(LinkConnector connector, Peer peer, Streams streams) {
        this.system = connector.system();
        this.limits = connector.limits();
        this.peer = peer;
        this.streams = streams;
    }

    /** The key that the peer proved in the handshake: its identity. */
    public LinkKey remoteKey() {
        return peer.key();
    }

    /** Where the connection comes from or goes to; says nothing about who the peer is. */
    public InetSocketAddress remoteAddress() {
        return peer.address();
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
        if (streams.verdict().isDone()) {
            return CompletableFuture.failedFuture(new LinkException(streams.verdict().join()));
        }
        // Counted here, because the stream would take any number of offers before it refuses one.
        if (waiting.incrementAndGet() > limits.maxWaitingSends()) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new LinkException(
                            LinkEnd.Cause.SEND_QUEUE_FULL,
                            "all "
                                    + limits.maxWaitingSends()
                                    + " places of waiting sends are taken"));
        }
        CompletableFuture<Done> sent = new CompletableFuture<>();
        streams.outgoing()
                .offer(ByteString.fromArray(frame))
                // On the system's threads: left to itself, this future would begin a new one.
                .whenCompleteAsync(
                        (result, failure) -> settle(sent, result, failure),
                        system.executionContext());
        return sent;
    }

    private void settle(
            CompletableFuture<Done> sent,
            @Nullable QueueOfferResult result,
            @Nullable Throwable failure) {
        waiting.decrementAndGet();
        if (failure == null && result == QueueOfferResult.enqueued()) {
            sent.complete(Done.getInstance());
        } else {
            closed().thenAccept(why -> sent.completeExceptionally(new LinkException(why)));
        }
    }

    /**
     * Asks for the next frame; at most one call may be outstanding.
     *
     * @return completes with the frame, or with empty once the link has ended and everything that
     *     arrived before has been received; {@link #closed()} then tells why
     */
    public CompletionStage<Optional<byte[]>> receive() {
        return streams.incoming()
                .pull()
                .handleAsync(
                        (frame, failure) -> failure == null ? frame : nothingAfter(failure),
                        system.executionContext());
    }

    private Optional<byte[]> nothingAfter(Throwable failure) {
        if (failure instanceof IllegalStateException misuse && !streams.end().isDone()) {
            throw misuse;
        }
        return Optional.empty();
    }

    /**
     * Closes the link: frames that were accepted for sending are still delivered where the peer
     * takes them within two seconds. Further calls do nothing.
     *
     * @return the same as {@link #closed()}
     */
    public CompletionStage<LinkEnd> close() {
        LinkEnd here = new LinkEnd(LinkEnd.Cause.CLOSED_HERE, "closed by this side");
        if (streams.verdict().complete(here)) {
            streams.outgoing().complete();
            system.scheduler().scheduleOnce(CLOSE_GRACE, this::cut, system.executionContext());
        }
        return closed();
    }

    private void cut() {
        streams.cut().shutdown();
        streams.incoming().cancel();
    }

    /** Completes, never fails, when the link has ended, with the reason. */
    public CompletionStage<LinkEnd> closed() {
        return streams.end().copy();
    }

    @Override
    public String toString() {
        return "Link[" + peer.key() + " at " + peer.address() + "]";
    }
}
