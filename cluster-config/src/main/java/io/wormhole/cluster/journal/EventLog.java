package io.wormhole.cluster.journal;

import io.wormhole.cluster.journal.DatabaseSettings.H2File;
import io.wormhole.cluster.journal.LogWriter.Append;
import io.wormhole.cluster.journal.LogWriter.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
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
    private static final long IDLE_MILLIS = 100;
    private static final long STOPPING_SECONDS = 30;
    // A force for each of many that come together takes processor time that they need.
    private static final long CROWD_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long ALONE_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private final LogTail tail = new LogTail();
    private final LinkedBlockingQueue<Append> appends = new LinkedBlockingQueue<>();
    // Those in the queue, and those that were taken out and are not written yet.
    private final AtomicInteger unwritten = new AtomicInteger();
    private final ReentrantLock turn = new ReentrantLock();
    private final LogWriter log;
    private final Thread writer = new Thread(this::write, "event-log");
    private final LogMover mover;
    private volatile boolean stopping;
    private volatile long lastForced;
    // Whether the writing thread looks again after a long time only; written under the turn.
    private boolean dozing;
    private boolean wroteSomething;

    private EventLog(H2File settings, EventTable table, long next) throws IOException {
        this.log = new LogWriter(settings, tail, next);
        this.mover = new LogMover(table, tail, log::dropSegments);
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
            if (!done.getFileName().equals(log.log.file().getFileName())) {
                Files.delete(done);
            }
        }
        log.writer.start();
        log.mover.start(log.writer::isAlive);
        return log;
    }

    /** Stores events, all or none; durable when the stage is complete. */
    CompletionStage<Void> append(List<StoredEvent> events) {
        Append append = new Append(events, Until.FORCED);
        long now = System.nanoTime();
        boolean alone = now - lastForced > ALONE_NANOS && !log.isCrowded();
        lastForced = now;
        return alone && writtenAtOnce(append) ? append.done() : add(append);
    }

    /**
     * Stores events, all or none, and does not wait for the disk. They are durable before whatever
     * is appended after them, and a moment later in any case; until then a loss of power takes them
     * away together with all that came after them.
     */
    CompletionStage<Void> appendSoon(List<StoredEvent> events) {
        Append append = new Append(events, Until.WRITTEN);
        return writtenAtOnce(append) ? append.done() : add(append);
    }

    /** Complete when all that was appended before is durable. */
    CompletionStage<Void> durable() {
        Append append = new Append(List.of(), Until.AFTER_OTHERS);
        return ridesAlong(append) ? append.done() : add(append);
    }

    // While forced writes come often, what is owed to the disk goes with the next of them.
    private boolean ridesAlong(Append append) {
        if (!turn.tryLock()) {
            return false;
        }
        try {
            boolean rides = !stopping && !dozing && unwritten.get() == 0 && log.isForcedOften();
            if (rides) {
                log.writeLater(append);
            }
            return rides;
        } finally {
            turn.unlock();
        }
    }

    private CompletionStage<Void> add(Append append) {
        if (stopping) {
            append.done().completeExceptionally(new IOException("the event log is closed"));
        } else {
            enqueue(append);
        }
        return append.done();
    }

    private void enqueue(Append append) {
        unwritten.incrementAndGet();
        appends.add(append);
    }

    // What need not be forced is a copy in memory: to wake the writing thread for it, and to be
    // woken by it, would take longer. So it would for a force on a quick disk, when none came just
    // before with which this one may go together.
    private boolean writtenAtOnce(Append append) {
        // An interrupt during a write would close the file.
        if (Thread.currentThread().isInterrupted() || !turn.tryLock()) {
            return false;
        }
        try {
            boolean free = !stopping && unwritten.get() == 0 && tail.isShort(MOST_WAITING_BYTES);
            if (!free || !log.takesAtOnce(append)) {
                return false;
            }
            log.writeAll(List.of(append));
            if (log.isFailed()) {
                stopping = true;
            }
            if (dozing && log.owes()) {
                // It has to force this soon.
                dozing = false;
                enqueue(new Append(List.of(), Until.WRITTEN));
            }
            wroteSomething = true;
            return true;
        } finally {
            turn.unlock();
        }
    }

    private void write() {
        List<Append> together = new ArrayList<>();
        while (!stopping || !appends.isEmpty()) {
            try {
                Append first = appends.poll(patienceMillis(), TimeUnit.MILLISECONDS);
                together.clear();
                if (first != null) {
                    if (log.isCrowded()) {
                        LockSupport.parkNanos(CROWD_NANOS);
                    }
                    together.add(first);
                    appends.drainTo(together);
                    // Whoever writes faster than the database takes it up has to wait.
                    tail.awaitFewer(MOST_WAITING_BYTES, mover::isRunning);
                }
                writeInTurn(together);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        writeInTurn(List.of());
    }

    private void writeInTurn(List<Append> together) {
        turn.lock();
        try {
            log.writeAll(together);
            unwritten.addAndGet(-together.size());
            wroteSomething |= !together.isEmpty();
            if (log.isFailed()) {
                stopping = true;
                refuseAll();
            }
        } finally {
            turn.unlock();
        }
    }

    // Somebody waits for the disk: with all that has come, and no longer. While others write, their
    // events are forced soon without waking this thread for each.
    private long patienceMillis() {
        turn.lock();
        try {
            if (log.isAwaited() && !log.isForcedOften()) {
                return 0;
            }
            dozing = !log.owes() && !wroteSomething;
            wroteSomething = false;
            return dozing ? IDLE_MILLIS : LogWriter.SOON_MILLIS;
        } finally {
            turn.unlock();
        }
    }

    // Nothing more is taken.
    private void refuseAll() {
        log.refuseWaiting();
        List<Append> late = new ArrayList<>();
        appends.drainTo(late);
        LogWriter.refuse(late);
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
            refuseAll();
            mover.join(TimeUnit.SECONDS.toMillis(STOPPING_SECONDS));
            log.close();
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
