package io.wormhole.cluster.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out: so many have a place until the network has taken them, and the callers
 * of some more may wait for one.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Listeners hear what comes of it.
final class Outbox {
    private final LinkLimits limits;
    private final ChannelHandlerContext context;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Runnable whenEmpty = () -> {};
    private int placed;
    private @Nullable LinkEnd over;

    private record Waiting(ByteBuf frame, CompletableFuture<Done> sent) {}

    Outbox(LinkLimits limits, ChannelHandlerContext context) {
        this.limits = limits;
        this.context = context;
    }

    /** Sends a frame; complete when it has a place. */
    synchronized CompletableFuture<Done> send(byte[] frame) {
        if (over != null) {
            return CompletableFuture.failedFuture(new LinkException(over));
        }
        if (placed < limits.maxPendingSends()) {
            placed++;
            write(FrameDecoder.encode(context, frame));
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        if (waiting.size() >= limits.maxWaitingSends()) {
            return CompletableFuture.failedFuture(
                    new LinkException(
                            LinkEnd.Cause.SEND_QUEUE_FULL,
                            "all "
                                    + limits.maxWaitingSends()
                                    + " places of waiting sends are taken"));
        }
        Waiting late = new Waiting(FrameDecoder.encode(context, frame), new CompletableFuture<>());
        waiting.add(late);
        return late.sent();
    }

    // With the lock and as a task also on the loop's thread: frames go in the order of their
    // places.
    private void write(ByteBuf frame) {
        context.executor().execute(() -> context.writeAndFlush(frame).addListener(this::taken));
    }

    private void taken(Future<? super Void> written) {
        if (written.isSuccess()) {
            freed();
        } else {
            // Nothing may be missing between two frames.
            context.pipeline().fireExceptionCaught(written.cause());
        }
    }

    private void freed() {
        Waiting next;
        Runnable then = () -> {};
        synchronized (this) {
            next = waiting.poll();
            if (next != null) {
                write(next.frame());
            } else if (--placed == 0) {
                then = whenEmpty;
            }
        }
        if (next != null) {
            next.sent().complete(Done.getInstance());
        }
        then.run();
    }

    /** Whether the network has taken all. */
    synchronized boolean isEmpty() {
        return placed == 0;
    }

    /** Has something done once the network has taken all, when no more is sent after this. */
    void whenEmpty(Runnable then) {
        synchronized (this) {
            whenEmpty = then;
            if (placed > 0) {
                return;
            }
        }
        then.run();
    }

    /** Nothing more is sent; whoever still waits is told why. */
    void end(LinkEnd why) {
        List<Waiting> left;
        synchronized (this) {
            over = why;
            left = new ArrayList<>(waiting);
            waiting.clear();
        }
        for (Waiting late : left) {
            late.frame().release();
            late.sent().completeExceptionally(new LinkException(why));
        }
    }
}
