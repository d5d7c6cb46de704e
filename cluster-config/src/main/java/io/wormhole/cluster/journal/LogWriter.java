package io.wormhole.cluster.journal;

import io.wormhole.cluster.journal.DatabaseSettings.H2File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the log at which it grows. Whoever writes holds the log's turn, but {@link
 * #dropSegments} may be called by anyone.
 */
final class LogWriter {
    /** How long what is written may stay without being forced. */
    static final long SOON_MILLIS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final long QUICK_FORCE_NANOS = TimeUnit.MICROSECONDS.toNanos(400);
    private static final long SLOW_FORCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long OFTEN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long CROWDED_NANOS = TimeUnit.MICROSECONDS.toNanos(300);
    private static final long SELDOM_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_TOGETHER_BYTES = LogSegment.BYTES / 2;

    private final Path database;
    private final boolean forced;
    private final LogTail tail;
    private final Deque<LogSegment> segments = new ArrayDeque<>();
    // Who waits until all before is forced.
    private final List<Append> waiting = new ArrayList<>();
    private long next;
    // Index of the first record that is written and not forced; none when it is that of the next.
    private long unforced;
    private long unforcedSince;
    // What a force took lately; at first so long that nobody relies on it.
    private long forceNanos = SLOW_FORCE_NANOS;
    // How long after one another events came lately that had to be forced, and when the last came.
    private volatile long forcedEveryNanos = SELDOM_NANOS;
    private long lastForced;
    private boolean failed;

    /** When an append is complete. */
    enum Until {
        /** When it is on the disk. */
        FORCED,
        /** When it is written; it is forced with what comes next, or soon. */
        WRITTEN,
        /** Nothing is appended: when all before it is on the disk. */
        AFTER_OTHERS
    }

    /** What somebody wants appended. */
    record Append(List<StoredEvent> events, Until until, CompletableFuture<Void> done) {
        Append(List<StoredEvent> events, Until until) {
            this(List.copyOf(events), until, new CompletableFuture<>());
        }
    }

    LogWriter(H2File settings, LogTail tail, long next) throws IOException {
        this.database = settings.onDisk();
        this.forced = settings.forceToDisk();
        this.tail = tail;
        this.next = next;
        this.unforced = next;
        this.segments.add(LogSegment.create(database, next, 0, forced));
    }

    /** The file that is written to. */
    Path file() {
        synchronized (segments) {
            return segments.getLast().file;
        }
    }

    /** Whether something is written and not forced. */
    boolean owes() {
        return unforced < next;
    }

    /** Whether somebody waits until all before is forced. */
    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    /** Whether events that must be forced come so often that the next will soon be here. */
    boolean isForcedOften() {
        return forcedEveryNanos < OFTEN_NANOS && System.nanoTime() - lastForced < OFTEN_NANOS;
    }

    /** Whether so many of them come that it is worth waiting for more; anybody may ask. */
    boolean isCrowded() {
        return forcedEveryNanos < CROWDED_NANOS;
    }

    /** Somebody waits until all before is forced, whenever that is. */
    void writeLater(Append append) {
        answer(append);
        answerWaiting();
    }

    /** Whether a write failed: nothing more may be written. */
    boolean isFailed() {
        return failed;
    }

    /** Whether it can be written now without a new file, and forced, if it must be, quickly. */
    boolean takesAtOnce(Append append) {
        LogRecord record = new LogRecord(next, unforced, append.events());
        boolean quick =
                append.until() == Until.FORCED ? forceNanos < QUICK_FORCE_NANOS : !isOverdue();
        synchronized (segments) {
            return quick && !failed && segments.getLast().hasRoom(record.maximumSize());
        }
    }

    /** Writes what came together. Nothing: then it is time to force what was written. */
    void writeAll(List<Append> together) {
        int from = 0;
        do {
            int to = from;
            int bytes = 0;
            List<LogRecord> records = new ArrayList<>();
            while (to < together.size() && (bytes < MOST_TOGETHER_BYTES || to == from)) {
                List<StoredEvent> events = together.get(to).events();
                if (!events.isEmpty()) {
                    LogRecord record = new LogRecord(next + records.size(), unforced, events);
                    bytes += record.maximumSize();
                    records.add(record);
                }
                to++;
            }
            store(records, bytes, together.subList(from, to));
            from = to;
        } while (from < together.size());
    }

    private void store(List<LogRecord> records, int bytes, List<Append> group) {
        int must = (int) group.stream().filter(it -> it.until() == Until.FORCED).count();
        boolean force = group.isEmpty() || isOverdue() || must > 0;
        if (must > 0) {
            noteForced(must);
        }
        if (failed) {
            refuse(group);
            return;
        }
        try {
            if (!records.isEmpty()) {
                write(records, bytes);
            }
            if (force && owes()) {
                force();
            }
            records.forEach(tail::add);
            group.forEach(this::answer);
            answerWaiting();
        } catch (IOException disk) {
            // A failed write may or may not be in the file. Its events were refused, so they must
            // never come back: nothing more is taken, and the process has to start anew on a sound
            // disk.
            LOG.error("the event log cannot be written: {}", disk.toString());
            failed = true;
            group.forEach(append -> append.done().completeExceptionally(disk));
            refuseWaiting();
        }
    }

    private void answerWaiting() {
        if (!owes()) {
            waiting.forEach(append -> append.done().complete(null));
            waiting.clear();
        }
    }

    private void force() throws IOException {
        long start = System.nanoTime();
        synchronized (segments) {
            segments.getLast().force();
        }
        unforced = next;
        tail.forcedUpTo(next - 1);
        forceNanos += (System.nanoTime() - start - forceNanos) / 4;
    }

    private void noteForced(int together) {
        long now = System.nanoTime();
        long each = Math.min(now - lastForced, SELDOM_NANOS) / together;
        long before = forcedEveryNanos;
        forcedEveryNanos = before + (each - before) / 4;
        lastForced = now;
    }

    // However much comes that may wait.
    private boolean isOverdue() {
        return owes()
                && System.nanoTime() - unforcedSince > TimeUnit.MILLISECONDS.toNanos(SOON_MILLIS);
    }

    private void answer(Append append) {
        if (append.until() == Until.AFTER_OTHERS) {
            waiting.add(append);
        } else {
            append.done().complete(null);
        }
    }

    private void write(List<LogRecord> records, int bytes) throws IOException {
        if (!owes()) {
            unforcedSince = System.nanoTime();
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        records.forEach(record -> record.writeTo(buffer));
        buffer.flip();
        synchronized (segments) {
            if (!segments.getLast().hasRoom(buffer.remaining())) {
                segments.getLast().force();
                segments.add(LogSegment.create(database, next, buffer.remaining(), forced));
            }
            segments.getLast().write(buffer, next + records.size() - 1);
        }
        next += records.size();
    }

    /** Those who still wait for the disk will not be answered. */
    void refuseWaiting() {
        refuse(waiting);
        waiting.clear();
    }

    static void refuse(List<Append> late) {
        late.forEach(
                append ->
                        append.done()
                                .completeExceptionally(new IOException("the event log failed")));
    }

    /** Files that the table holds are not needed any more. */
    void dropSegments(long moved) throws IOException {
        List<LogSegment> done = new ArrayList<>();
        synchronized (segments) {
            while (segments.size() > 1 && segments.getFirst().last() <= moved) {
                done.add(segments.removeFirst());
            }
        }
        for (LogSegment segment : done) {
            segment.close();
            Files.deleteIfExists(segment.file);
        }
    }

    void close() throws IOException {
        synchronized (segments) {
            for (LogSegment segment : segments) {
                segment.close();
            }
        }
    }
}
