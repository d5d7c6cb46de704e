package io.wormhole.cluster.link;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.wormhole.cluster.link.LinkEnd.Cause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.Done;

/**
 * One connection from its first byte to its end: the handshake, then frames. What is not said to be
 * otherwise runs on the thread of its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The pipeline hears what fails.
final class Connection extends SimpleChannelInboundHandler<byte[]> {
    /** How long a closing link may take to deliver what was sent before it is cut. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

    private static final Duration GOODBYE = Duration.ofMillis(200);

    // Keep-alives are sent after a third of the time in which a link counts as dead.
    private static final int THIRDS = 3;
    private static final byte[] KEEP_ALIVE = {};

    private final LinkLimits limits;
    private final SocketChannel channel;
    private final SslHandler tls;
    private final FrameDecoder frames;
    private final Inbox inbox = new Inbox(this::resume);
    private final Outbox outbox;
    private final CompletableFuture<LinkKey> proved = new CompletableFuture<>();

    /** What this side decided about the end, before the connection has stopped. */
    private final CompletableFuture<LinkEnd> verdict = new CompletableFuture<>();

    private final CompletableFuture<LinkEnd> end = new CompletableFuture<>();
    private long askedSince = System.nanoTime();
    private int stalledThirds;

    private Connection(LinkLimits limits, SocketChannel channel, SslHandler tls) {
        this.limits = limits;
        this.channel = channel;
        this.tls = tls;
        this.frames = new FrameDecoder(limits);
        long idle = limits.idleTimeout().toNanos();
        ChannelPipeline pipeline =
                channel.pipeline()
                        .addLast(tls)
                        .addLast(
                                new IdleStateHandler(
                                        true, idle, idle / THIRDS, 0, TimeUnit.NANOSECONDS))
                        .addLast(frames)
                        .addLast(this);
        this.outbox = new Outbox(limits, pipeline.context(this));
    }

    /**
     * Takes a channel; the handshake begins when it is connected. Its signatures are made and
     * checked on the loop's thread, so that what a peer sends right after them finds the link
     * there.
     */
    static Connection on(SocketChannel channel, SSLEngine engine, LinkLimits limits) {
        SslHandler tls = new SslHandler(engine);
        tls.setHandshakeTimeoutMillis(limits.handshakeTimeout().toMillis());
        tls.setCloseNotifyFlushTimeoutMillis(GOODBYE.toMillis());
        return new Connection(limits, channel, tls);
    }

    /** The key that the peer proves; never complete when the connection ends before. */
    CompletionStage<LinkKey> proved() {
        return proved;
    }

    /** Why it ended; completes, never fails. */
    CompletableFuture<LinkEnd> end() {
        return end;
    }

    /** The next frame; any thread may ask. */
    CompletionStage<Optional<byte[]>> receive() {
        return inbox.next();
    }

    /** Sends a frame of a size that is allowed; any thread may call it. */
    CompletionStage<Done> send(byte[] frame) {
        return verdict.isDone()
                ? CompletableFuture.failedFuture(new LinkException(verdict.join()))
                : outbox.send(frame);
    }

    /** Ends it when what was sent has left, or after a moment; any thread may call it. */
    void close() {
        if (verdict.complete(new LinkEnd(Cause.CLOSED_HERE, "closed by this side"))) {
            outbox.whenEmpty(() -> channel.eventLoop().execute(this::part));
            channel.eventLoop()
                    .schedule(() -> channel.close(), CLOSE_GRACE.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    // Closed at once, a socket with bytes unread would take from the peer what it has not read yet.
    private void part() {
        channel.config().setAutoRead(true);
        tls.closeOutbound().addListener(said -> channel.shutdownOutput());
    }

    private void close(LinkEnd why) {
        verdict.complete(why);
        channel.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, byte[] frame) {
        if (verdict.isDone()) {
            return;
        }
        inbox.add(frame);
        if (inbox.mustPause()) {
            channel.config().setAutoRead(false);
        }
    }

    private void resume() {
        channel.eventLoop()
                .execute(
                        () -> {
                            askedSince = System.nanoTime();
                            channel.config().setAutoRead(true);
                        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent shaken) {
            shaken(shaken);
        } else if (event instanceof IdleStateEvent idle && proved.isDone()) {
            idle(context, idle);
        }
        context.fireUserEventTriggered(event);
    }

    private void shaken(SslHandshakeCompletionEvent shaken) {
        try {
            if (shaken.isSuccess()) {
                proved.complete(LinkTls.remoteKey(tls.engine().getSession()));
            } else {
                close(LinkEnds.of(shaken.cause(), false));
            }
        } catch (LinkException keyless) {
            close(keyless.end());
        }
    }

    private void idle(ChannelHandlerContext context, IdleStateEvent idle) {
        if (idle.state() == IdleState.READER_IDLE) {
            // A slow reader on this side is never held against the peer.
            long asks = System.nanoTime() - askedSince;
            if (channel.config().isAutoRead() && asks >= limits.idleTimeout().toNanos()) {
                close(new LinkEnd(Cause.IDLE, "nothing arrived for " + limits.idleTimeout()));
            }
        } else if (outbox.isEmpty()) {
            stalledThirds = 0;
            context.writeAndFlush(FrameDecoder.encode(context, KEEP_ALIVE));
        } else {
            stalledThirds = idle.isFirst() ? 1 : stalledThirds + 1;
            if (stalledThirds == THIRDS) {
                close(
                        new LinkEnd(
                                Cause.SEND_STALLED,
                                "the peer took nothing for " + limits.idleTimeout()));
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        Throwable cause = failure instanceof DecoderException ? failure.getCause() : null;
        close(LinkEnds.of(cause == null ? failure : cause, proved.isDone()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        verdict.complete(hungUp());
        LinkEnd why = verdict.join();
        inbox.end();
        outbox.end(why);
        end.complete(why);
    }

    private LinkEnd hungUp() {
        if (channel.eventLoop().isShuttingDown()) {
            return new LinkEnd(Cause.CLOSED_HERE, "the actor system is over");
        }
        if (!proved.isDone()) {
            return new LinkEnd(Cause.HANDSHAKE_FAILED, LinkEnds.HUNG_UP);
        }
        return frames.begun() == 0
                ? new LinkEnd(Cause.CLOSED_BY_PEER, "closed by the peer")
                : new LinkEnd(
                        Cause.FRAME_CUT,
                        "the stream ended inside a frame, " + frames.begun() + " bytes into it");
    }
}
