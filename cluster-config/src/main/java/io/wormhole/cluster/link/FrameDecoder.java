package io.wormhole.cluster.link;

import java.nio.ByteOrder;
import java.time.Duration;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Cuts the decrypted byte stream into frames: four bytes big-endian length, then the payload.
 *
 * <p>A length above the limit fails the stream as soon as its four bytes are there. An empty frame
 * is a keep-alive and goes no further. Waiting is timed only while this side asks for bytes, so a
 * slow reader here is never held against the peer.
 */
final class FrameDecoder extends GraphStage<FlowShape<ByteString, byte[]>> {
    static final int HEADER_BYTES = 4;

    private static final String IDLE = "idle";
    private static final String FRAME = "frame";

    private final Inlet<ByteString> in = Inlet.create("FrameDecoder.in");
    private final Outlet<byte[]> out = Outlet.create("FrameDecoder.out");
    private final int maxFrameBytes;
    private final Duration frameTimeout;
    private final Duration idleTimeout;

    FrameDecoder(LinkLimits limits) {
        this.maxFrameBytes = limits.maxFrameBytes();
        this.frameTimeout = limits.frameTimeout();
        this.idleTimeout = limits.idleTimeout();
    }

    /** Puts the length in front of a payload. */
    static ByteString encode(ByteString payload) {
        int length = payload.length();
        byte[] header = {
            (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
        };
        return ByteString.fromArrayUnsafe(header).concat(payload);
    }

    @Override
    public FlowShape<ByteString, byte[]> shape() {
        return FlowShape.of(in, out);
    }

    @Override
    public GraphStageLogic createLogic(Attributes inheritedAttributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        private ByteString buffer = ByteString.emptyByteString();

        Logic() {
            super(shape());
            setHandler(in, new Bytes());
            setHandler(out, new Demand());
        }

        private final class Bytes extends AbstractInHandler {
            @Override
            public void onPush() {
                cancelTimer(IDLE);
                buffer = buffer.concat(grab(in));
                emitOrPull();
            }

            @Override
            public void onUpstreamFinish() {
                if (isAvailable(out) || buffer.isEmpty()) {
                    finish();
                }
                // Otherwise whole frames may be left; the next demand takes them or finishes.
            }
        }

        private final class Demand extends AbstractOutHandler {
            @Override
            public void onPull() {
                emitOrPull();
            }
        }

        private void emitOrPull() {
            while (buffer.length() >= HEADER_BYTES) {
                int length = buffer.iterator().getInt(ByteOrder.BIG_ENDIAN);
                if (length < 0 || length > maxFrameBytes) {
                    fail(
                            LinkEnd.Cause.FRAME_TOO_LARGE,
                            "the peer announced a frame of "
                                    + Integer.toUnsignedString(length)
                                    + " bytes, allowed are "
                                    + maxFrameBytes);
                    return;
                }
                int end = HEADER_BYTES + length;
                if (buffer.length() < end) {
                    break;
                }
                byte[] frame = buffer.slice(HEADER_BYTES, end).toArrayUnsafe();
                buffer = buffer.drop(end);
                cancelTimer(FRAME);
                if (length > 0) {
                    push(out, frame);
                    if (isClosed(in) && buffer.isEmpty()) {
                        completeStage();
                    }
                    return;
                }
            }
            pullOrFinish();
        }

        private void pullOrFinish() {
            if (isClosed(in)) {
                finish();
                return;
            }
            if (!hasBeenPulled(in)) {
                pull(in);
            }
            scheduleOnce(IDLE, idleTimeout);
            if (!buffer.isEmpty() && !isTimerActive(FRAME)) {
                scheduleOnce(FRAME, frameTimeout);
            }
        }

        private void finish() {
            if (buffer.isEmpty()) {
                completeStage();
            } else {
                fail(
                        LinkEnd.Cause.FRAME_CUT,
                        "the stream ended inside a frame, " + buffer.length() + " bytes into it");
            }
        }

        private void fail(LinkEnd.Cause cause, String detail) {
            buffer = ByteString.emptyByteString();
            failStage(new LinkException(cause, detail));
        }

        @Override
        public void onTimer(Object timer) {
            if (timer.equals(IDLE)) {
                fail(LinkEnd.Cause.IDLE, "nothing arrived for " + idleTimeout);
            } else {
                fail(
                        LinkEnd.Cause.FRAME_TIMEOUT,
                        "a frame was not complete after "
                                + frameTimeout
                                + ", "
                                + buffer.length()
                                + " bytes of it arrived");
            }
        }
    }
}
