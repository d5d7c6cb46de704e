package io.wormhole.cluster.journal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is in the log into the table, many events in one commit. They are durable in the log
 * and can be read from its tail, so there is no hurry: the longer they wait, the more of them are
 * deleted before they are moved, because a snapshot came after them. Of an entity that is busy
 * nothing but snapshots comes into the tables.
 */
final class LogMover {
    private static final Logger LOG = LoggerFactory.getLogger(LogMover.class);
    private static final int EVENTS_PER_COMMIT = 2_000;
    private static final long GATHER_MILLIS = 10_000;
    // Whoever else wants the processor gets it in between.
    private static final int REST = 2;
    private static final long RETRY_MILLIS = 1_000;

    private final EventTable table;
    private final LogTail tail;
    private final Moved then;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "event-log-mover");
    private BooleanSupplier writing = () -> true;

    /** Told how far the log is in the table. */
    interface Moved {
        void upTo(long index) throws IOException;
    }

    LogMover(EventTable table, LogTail tail, Moved then) {
        this.table = table;
        this.tail = tail;
        this.then = then;
        thread.setDaemon(true);
    }

    /** Begins, and goes on while something is written. */
    void start(BooleanSupplier whileWriting) {
        writing = whileWriting;
        thread.start();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    private void run() {
        boolean takes = true;
        while ((takes || stop.getCount() > 0) && (writing.getAsBoolean() || !tail.isEmpty())) {
            try {
                tail.awaitSome(writing);
                tail.awaitMany(GATHER_MILLIS);
                if (!tail.isEmpty()) {
                    takes = moveNow(takes);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        tail.giveUpChanges(new IOException("the event log is closed"));
    }

    // Whether the database takes them. What it does not take when the log is closed, the next
    // start moves.
    private boolean moveNow(boolean tookThoseBefore) throws InterruptedException {
        TableMove move = tail.next(EVENTS_PER_COMMIT);
        long start = System.nanoTime();
        long upTo = move.upTo(tail.moved());
        try {
            table.move(move);
            tail.remove(move);
            move.changes().forEach(change -> change.done().complete(null));
            then.upTo(upTo);
            tail.rest(REST * (System.nanoTime() - start));
            return true;
        } catch (SQLException | IOException failed) {
            if (tookThoseBefore) {
                LOG.warn("events wait in the log, the database takes none: {}", "" + failed);
            }
            stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return false;
        }
    }

    /** Moves the rest at once, and ends when nothing is written any more. */
    void finish() {
        stop.countDown();
        tail.hurry();
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }
}
