package io.wormhole.cluster.journal;

import io.wormhole.cluster.journal.DatabaseSettings.H2File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log in front of the table of events. Whatever comes together is written and forced to disk in
 * one go, and is durable then; a second thread moves it into the table, many events in one commit.
 * At the start, what the table lacks is moved before anything else.
 *
 * <p>A commit of the database costs tens of kilobytes; a write to the log, what the event has.
 */
final class EventLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final long MOST_WAITING_BYTES = 64L << 20;
    private static final int MOST_TOGETHER_BYTES = LogSegment.BYTES / 2;
    private static final long IDLE_MILLIS = 100;
    private static final long SOON_MILLIS = 2;
    private static final long STOPPING_SECONDS = 30;

    private final Path database;
    private final boolean forced;
    private final LogTail tail = new LogTail();
    private final LinkedBlockingQueue<Append> appends = new LinkedBlockingQueue<>();
    private final Deque<LogSegment> segments = new ArrayDeque<>();
    private final Thread writer = new Thread(this::write, "event-log");
    private final LogMover mover;
    private volatile boolean stopping;
    private long next;
    // Index of the first record that is written and not forced; none when it is that of the next.
    private long unforced;
    private long unforcedSince;
    // Who waits until all before is forced.
    private final List<Append> waiting = new ArrayList<>();

    /** When an append is complete. */
    private enum Until {
        /** When it is on the disk. */
        FORCED,
        /** When it is written; it is forced with what comes next, or soon. */
        WRITTEN,
        /** Nothing is appended: when all before it is on the disk. */
        AFTER_OTHERS
    }

    private record Append(List<StoredEvent> events, Until until, CompletableFuture<Void> done) {}

    private EventLog(H2File settings, EventTable table, long next) throws IOException {
        this.database = settings.onDisk();
        this.forced = settings.forceToDisk();
        this.mover = new LogMover(table, tail, this::dropSegments);
        this.next = next;
        this.unforced = next;
        this.segments.add(LogSegment.create(database, next, 0, forced));
        writer.setDaemon(true);
    }

    /**
     * Opens the log of a database, and moves into the table what it lacks.
     *
     * @throws DatabaseRefused when log and table do not belong together
     */
    static EventLog open(H2File settings, EventTable table) throws IOException, SQLException {
        Path database = settings.onDisk();
        List<Path> old = LogSegment.files(database);
        long moved = table.moved();
        if (moved >= 0 && old.isEmpty()) {
            throw LogCatchUp.damaged(database, "lacks its log, files that end in .log beside it");
        }
        long last = LogCatchUp.run(database, old, table, Math.max(0, moved));
        EventLog log = new EventLog(settings, table, last + 1);
        if (moved < 0) {
            table.beginLog();
        }
        for (Path done : old) {
            if (!done.getFileName().equals(log.segments.getLast().file.getFileName())) {
                Files.delete(done);
            }
        }
        log.writer.start();
        log.mover.start(log.writer::isAlive);
        return log;
    }

    /** Stores events, all or none; durable when the stage is complete. */
    CompletionStage<Void> append(List<StoredEvent> events) {
        return add(List.copyOf(events), Until.FORCED);
    }

    /**
     * Stores events, all or none, and does not wait for the disk. They are durable before whatever
     * is appended after them, and a moment later in any case; until then a loss of power takes them
     * away together with all that came after them.
     */
    CompletionStage<Void> appendSoon(List<StoredEvent> events) {
        return add(List.copyOf(events), Until.WRITTEN);
    }

    /** Complete when all that was appended before is durable. */
    CompletionStage<Void> durable() {
        return add(List.of(), Until.AFTER_OTHERS);
    }

    private CompletionStage<Void> add(List<StoredEvent> events, Until until) {
        Append append = new Append(events, until, new CompletableFuture<>());
        if (stopping) {
            append.done().completeExceptionally(new IOException("the event log is closed"));
        } else {
            appends.add(append);
        }
        return append.done();
    }

    private void write() {
        List<Append> together = new ArrayList<>();
        while (!stopping || !appends.isEmpty()) {
            try {
                Append first = appends.poll(patienceMillis(), TimeUnit.MILLISECONDS);
                together.clear();
                if (first != null) {
                    together.add(first);
                    appends.drainTo(together);
                    // Whoever writes faster than the database takes it up has to wait.
                    tail.awaitFewer(MOST_WAITING_BYTES, mover::isRunning);
                }
                writeAll(together);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        writeAll(List.of());
    }

    // Somebody waits for the disk: with all that has come, and no longer.
    private long patienceMillis() {
        if (!waiting.isEmpty()) {
            return 0;
        }
        return unforced < next ? SOON_MILLIS : IDLE_MILLIS;
    }

    // Nothing: then it is time to force what was written.
    private void writeAll(List<Append> together) {
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
        boolean force =
                group.isEmpty()
                        || isOverdue()
                        || group.stream().anyMatch(it -> it.until() == Until.FORCED);
        try {
            if (!records.isEmpty()) {
                write(records, bytes);
            }
            if (force && unforced < next) {
                synchronized (segments) {
                    segments.getLast().force();
                }
                unforced = next;
            }
            records.forEach(tail::add);
            group.forEach(this::answer);
            if (unforced == next) {
                waiting.forEach(append -> append.done().complete(null));
                waiting.clear();
            }
        } catch (IOException disk) {
            LOG.error("the event log cannot be written: {}", disk.toString());
            group.forEach(append -> append.done().completeExceptionally(disk));
            giveUpSegment();
        }
    }

    // However much comes that may wait.
    private boolean isOverdue() {
        return unforced < next
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
        if (unforced == next) {
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

    // A failed write may or may not be in the file. Its events were refused, so they must never
    // come back: nothing more is taken, and the process has to start anew on a sound disk.
    private void giveUpSegment() {
        stopping = true;
        List<Append> late = new ArrayList<>();
        late.addAll(waiting);
        waiting.clear();
        appends.drainTo(late);
        late.forEach(
                append ->
                        append.done()
                                .completeExceptionally(new IOException("the event log failed")));
    }

    private void dropSegments(long moved) throws IOException {
        synchronized (segments) {
            while (segments.size() > 1 && segments.getFirst().last() <= moved) {
                LogSegment done = segments.removeFirst();
                done.close();
                Files.deleteIfExists(done.file);
            }
        }
    }

    /** Events that are not in the table yet; to be asked for before the table is. */
    LogTail tail() {
        return tail;
    }

    /**
     * Deletes events of an id that are not needed any more, with what is moved next into the table.
     */
    CompletionStage<Void> delete(String id, long to) {
        return tail.delete(id, to);
    }

    /** Waits until all that was appended is in the table. */
    void moveAll() throws InterruptedException {
        tail.awaitMoved(mover::isRunning);
    }

    @Override
    public void close() {
        stopping = true;
        mover.finish();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(STOPPING_SECONDS));
            giveUpSegment();
            mover.join(TimeUnit.SECONDS.toMillis(STOPPING_SECONDS));
            synchronized (segments) {
                for (LogSegment segment : segments) {
                    segment.close();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (IOException disk) {
            LOG.warn("the event log did not close: {}", disk.toString());
        }
        if (!tail.isEmpty()) {
            LOG.warn("the next start moves the rest of the event log");
        }
    }
}
