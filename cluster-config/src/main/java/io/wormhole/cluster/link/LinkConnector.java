package io.wormhole.cluster.link;

import io.wormhole.cluster.link.LinkEnd.Cause;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BackpressureTimeoutException;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.StreamTcpException;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Runs the streams of one connection: TCP, then TLS, then frames. */
record LinkConnector(ActorSystem<?> system, LinkTls tls, LinkLimits limits) {

    private static final long BATCH_BYTES = 64L * 1024;

    CompletionStage<Link> connect(InetSocketAddress address) {
        InetSocketAddress remote =
                new InetSocketAddress(address.getHostString(), address.getPort());
        if (remote.isUnresolved()) {
            return CompletableFuture.failedFuture(
                    new LinkException(
                            Cause.UNREACHABLE,
                            "no address is known for " + address.getHostString()));
        }
        Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> tcp =
                Tcp.get(system)
                        .outgoingConnection(
                                remote,
                                Optional.empty(),
                                List.of(),
                                false,
                                Optional.of(limits.handshakeTimeout()),
                                Optional.empty());
        return new Handshake(remote, tls::clientEngine).run(tcp, () -> {});
    }

    /** Starts the server's side; {@code gone} runs once when the connection has ended. */
    CompletionStage<Link> accept(Tcp.IncomingConnection connection, Runnable gone) {
        return new Handshake(connection.remoteAddress(), tls::serverEngine)
                .run(connection.flow(), gone);
    }

    static LinkEnd endOf(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return cause instanceof LinkException known
                ? known.end()
                : new LinkEnd(Cause.LOST, String.valueOf(cause.getMessage()));
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped =
                failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && cause != null ? cause : failure;
    }

    static LinkException cannotBind(InetSocketAddress local, Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof BindException) {
                why = String.valueOf(at.getMessage());
            }
        }
        return new LinkException(
                Cause.CANNOT_BIND,
                "cannot listen on " + local.getHostString() + ":" + local.getPort() + ": " + why);
    }

    /** One connection on its way to become a link. */
    private final class Handshake {
        private final InetSocketAddress remote;
        private final Supplier<SSLEngine> engine;
        private final CompletableFuture<LinkKey> proved = new CompletableFuture<>();

        /** What this side decided about the end, before the streams have stopped. */
        private final CompletableFuture<LinkEnd> verdict = new CompletableFuture<>();

        private final CompletableFuture<LinkEnd> end = new CompletableFuture<>();

        Handshake(InetSocketAddress remote, Supplier<SSLEngine> engine) {
            this.remote = remote;
            this.engine = engine;
        }

        CompletionStage<Link> run(Flow<ByteString, ByteString, ?> tcp, Runnable gone) {
            Link.Streams streams = start(tcp, gone);
            CompletableFuture<Link> ready = new CompletableFuture<>();
            Cancellable timeout =
                    system.scheduler()
                            .scheduleOnce(
                                    limits.handshakeTimeout(),
                                    () -> tooSlow(streams),
                                    system.executionContext());
            CompletionStage<LinkKey> handshake = proved;
            handshake.thenAccept(
                    key -> {
                        timeout.cancel();
                        ready.complete(
                                new Link(LinkConnector.this, new Link.Peer(key, remote), streams));
                    });
            CompletionStage<LinkEnd> gaveUp = end;
            gaveUp.thenAccept(
                    why -> {
                        timeout.cancel();
                        ready.completeExceptionally(new LinkException(why));
                    });
            return ready;
        }

        private void tooSlow(Link.Streams streams) {
            verdict.complete(handshakeTimeout());
            streams.cut().shutdown();
        }

        private LinkEnd handshakeTimeout() {
            return new LinkEnd(
                    Cause.HANDSHAKE_TIMEOUT, "no handshake within " + limits.handshakeTimeout());
        }

        private Link.Streams start(Flow<ByteString, ByteString, ?> tcp, Runnable gone) {
            Source<ByteString, SourceQueueWithComplete<ByteString>> outgoing =
                    Source.queue(
                            limits.maxPendingSends(),
                            OverflowStrategy.backpressure(),
                            limits.maxWaitingSends());
            Sink<byte[], SinkQueueWithCancel<byte[]>> incoming =
                    Sink.<byte[]>queue().withAttributes(Attributes.inputBuffer(1, 1));
            var running =
                    outgoing.viaMat(frames(tcp), Keep.both())
                            .viaMat(KillSwitches.single(), Keep.both())
                            .watchTermination(Keep.both())
                            .toMat(incoming, Keep.both())
                            .run(system);
            var ends = running.first();
            var switched = ends.first();
            var sources = switched.first();
            sources.second().whenComplete((done, failure) -> gone.run());
            ends.second().whenComplete((done, failure) -> ended(failure));
            return new Link.Streams(
                    sources.first(), running.second(), switched.second(), verdict, end);
        }

        private Flow<ByteString, byte[], CompletionStage<Done>> frames(
                Flow<ByteString, ByteString, ?> tcp) {
            Flow<SslTlsOutbound, SslTlsInbound, CompletionStage<Done>> secured =
                    TLS.create(
                                    engine,
                                    session -> proved.complete(LinkTls.remoteKey(session)),
                                    TLSClosing.eagerClose())
                            .join(tcp.watchTermination(Keep.right()), Keep.right());
            return Flow.of(ByteString.class)
                    .map(FrameDecoder::encode)
                    // Frames that wait for the network together travel in one TLS record.
                    .batchWeighted(
                            BATCH_BYTES,
                            bytes -> (long) bytes.length(),
                            first -> first,
                            ByteString::concat)
                    .keepAlive(
                            limits.idleTimeout().dividedBy(3),
                            () -> FrameDecoder.encode(ByteString.emptyByteString()))
                    .backpressureTimeout(limits.idleTimeout())
                    .<SslTlsOutbound>map(SendBytes::new)
                    .viaMat(secured, Keep.right())
                    .collectType(SessionBytes.class)
                    .map(SessionBytes::bytes)
                    .via(new FrameDecoder(limits));
        }

        private void ended(@Nullable Throwable failure) {
            LinkEnd seen = failure == null ? finished() : failed(unwrapped(failure));
            end.complete(verdict.getNow(seen));
        }

        private LinkEnd finished() {
            return proved.isDone()
                    ? new LinkEnd(Cause.CLOSED_BY_PEER, "closed by the peer")
                    : new LinkEnd(
                            Cause.HANDSHAKE_FAILED, "the peer hung up before the handshake ended");
        }

        private LinkEnd failed(Throwable failure) {
            String message = String.valueOf(failure.getMessage());
            if (failure instanceof LinkException known) {
                return known.end().cause() == Cause.IDLE && !proved.isDone()
                        ? handshakeTimeout()
                        : known.end();
            }
            for (Throwable at = failure; at != null; at = at.getCause()) {
                if (at instanceof SelfSigned.WrongKey wrong) {
                    return new LinkEnd(Cause.WRONG_KEY, String.valueOf(wrong.getMessage()));
                }
            }
            if (failure instanceof BackpressureTimeoutException) {
                return new LinkEnd(
                        Cause.SEND_STALLED, "the peer took nothing for " + limits.idleTimeout());
            }
            if (proved.isDone()) {
                return new LinkEnd(Cause.LOST, message);
            }
            if (failure instanceof SSLException) {
                return new LinkEnd(Cause.HANDSHAKE_FAILED, "TLS handshake: " + message);
            }
            if (failure instanceof StreamTcpException) {
                return new LinkEnd(Cause.UNREACHABLE, remote + ": " + message);
            }
            return new LinkEnd(Cause.HANDSHAKE_FAILED, message);
        }
    }
}
