package io.wormhole.cluster.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Frames that came and were not asked for yet, or the question that waits for the next one. */
final class Inbox {
    // What one read from the network brought may come on top.
    private static final int MOST_FRAMES = 64;
    private static final int MOST_BYTES = 64 << 10;

    private final Deque<byte[]> frames = new ArrayDeque<>();
    private final Runnable resume;
    private @Nullable CompletableFuture<Optional<byte[]>> asked;
    private int bytes;
    private boolean paused;
    private boolean over;

    /**
     * @param resume called when there is room again after {@link #mustPause} was true
     */
    Inbox(Runnable resume) {
        this.resume = resume;
    }

    void add(byte[] frame) {
        CompletableFuture<Optional<byte[]>> waiting;
        synchronized (this) {
            waiting = asked;
            asked = null;
            if (waiting == null) {
                frames.add(frame);
                bytes += frame.length;
            }
        }
        if (waiting != null) {
            waiting.complete(Optional.of(frame));
        }
    }

    /** Whether nothing more should be read before {@code resume} is called. */
    synchronized boolean mustPause() {
        paused |= frames.size() >= MOST_FRAMES || (frames.size() > 1 && bytes > MOST_BYTES);
        return paused;
    }

    /** The next frame, when there is one; empty when none will come. */
    CompletionStage<Optional<byte[]>> next() {
        Optional<byte[]> frame;
        boolean resumes;
        synchronized (this) {
            if (asked != null) {
                return CompletableFuture.failedFuture(
                        new IllegalStateException("the frame before was not awaited"));
            }
            if (frames.isEmpty() && !over) {
                asked = new CompletableFuture<>();
                return asked;
            }
            frame = Optional.ofNullable(frames.poll());
            bytes -= frame.map(it -> it.length).orElse(0);
            resumes = paused && frames.size() <= MOST_FRAMES / 2 && bytes <= MOST_BYTES / 2;
            paused &= !resumes;
        }
        if (resumes) {
            resume.run();
        }
        return CompletableFuture.completedFuture(frame);
    }

    /** No frame will come any more. */
    void end() {
        CompletableFuture<Optional<byte[]>> waiting;
        synchronized (this) {
            over = true;
            waiting = asked;
            asked = null;
        }
        if (waiting != null) {
            waiting.complete(Optional.empty());
        }
    }
}
