package io.wormhole.cluster.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.wormhole.cluster.link.LinkEnd.Cause;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what arrives into frames: four bytes of length, most significant first, then as many bytes.
 * A frame of no bytes is a keep-alive. A length is only a promise: there is room for what has come.
 */
final class FrameDecoder extends ByteToMessageDecoder {
    private static final int HEADER_BYTES = Integer.BYTES;

    private final LinkLimits limits;
    private @Nullable Future<?> deadline;
    private int begun;

    FrameDecoder(LinkLimits limits) {
        this.limits = limits;
    }

    /** A frame with its length, in a buffer of the context's own. */
    static ByteBuf encode(ChannelHandlerContext context, byte[] frame) {
        return context.alloc()
                .buffer(HEADER_BYTES + frame.length)
                .writeInt(frame.length)
                .writeBytes(frame);
    }

    /** How many bytes are there of a frame that is not complete. */
    int begun() {
        return begun;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> frames) {
        begun = bytes.readableBytes();
        if (begun < HEADER_BYTES) {
            awaitRest(context);
            return;
        }
        int length = bytes.getInt(bytes.readerIndex());
        requireAllowed(length);
        if (begun < HEADER_BYTES + length) {
            awaitRest(context);
            return;
        }
        bytes.skipBytes(HEADER_BYTES);
        if (length > 0) {
            frames.add(ByteBufUtil.getBytes(bytes.readSlice(length)));
        }
        begun = bytes.readableBytes();
        forgetDeadline();
    }

    private void requireAllowed(int length) {
        if (length < 0 || length > limits.maxFrameBytes()) {
            throw new LinkException(
                    Cause.FRAME_TOO_LARGE,
                    "the peer announced a frame of "
                            + Integer.toUnsignedString(length)
                            + " bytes, allowed are "
                            + limits.maxFrameBytes());
        }
    }

    private void awaitRest(ChannelHandlerContext context) {
        if (deadline == null) {
            deadline =
                    context.executor()
                            .schedule(
                                    () -> late(context),
                                    limits.frameTimeout().toNanos(),
                                    TimeUnit.NANOSECONDS);
        }
    }

    // A slow reader on this side is never held against the peer.
    private void late(ChannelHandlerContext context) {
        deadline = null;
        if (context.channel().config().isAutoRead()) {
            context.fireExceptionCaught(
                    new LinkException(
                            Cause.FRAME_TIMEOUT,
                            "a frame was not complete after "
                                    + limits.frameTimeout()
                                    + ", "
                                    + begun
                                    + " bytes of it arrived"));
        } else {
            awaitRest(context);
        }
    }

    private void forgetDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        forgetDeadline();
    }
}
