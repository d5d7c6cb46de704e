package io.wormhole.cluster.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.jspecify.annotations.Nullable;

/**
 * The records that are in the log and not yet in the table, in order and by persistence id, and
 * what else is to be changed in the tables.
 */
final class LogTail {
    private static final long LOOK_MILLIS = 100;
    private static final int MANY_EVENTS = 32_000;
    private static final long MANY_BYTES =
            Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 32);

    private static final long URGENT_BYTES = 2 * MANY_BYTES;

    private final Deque<LogRecord> records = new ArrayDeque<>();
    private final Deque<TableChange> changes = new ArrayDeque<>();
    private final Map<String, Deque<StoredEvent>> byId = new HashMap<>();
    private long bytes;
    private int events;
    private long newest;
    private long forced;
    // Up to which number the table has lost an id's events, of those ids that have some here.
    private final Map<String, Long> deleted = new HashMap<>();
    // Those who wait until something is moved.
    private int hurried;
    // Why nothing is changed any more.
    private @Nullable Exception over;

    synchronized void add(LogRecord record) {
        records.add(record);
        newest = record.index();
        bytes += record.memory();
        events += record.events().size();
        for (StoredEvent event : record.events()) {
            byId.computeIfAbsent(event.persistenceId(), id -> new ArrayDeque<>()).add(event);
        }
        // To wake the mover for each record would cost more than the record.
        if (records.size() == 1 || areMany()) {
            notifyAll();
        }
    }

    private boolean areMany() {
        return events >= MANY_EVENTS || bytes >= MANY_BYTES;
    }

    /** Wants events of an id deleted; those that are not in the table yet need not come there. */
    synchronized CompletableFuture<Void> delete(String id, long to) {
        Deque<StoredEvent> here = byId.get(id);
        boolean early = here == null || to < here.getLast().sequenceNumber();
        TableChange change =
                new TableChange.DeleteEvents(id, to, early, newest, new CompletableFuture<>());
        add(change);
        return change.done();
    }

    /** Takes a snapshot, for its table when the events before are on the disk. */
    synchronized void store(StoredSnapshot snapshot) {
        add(new TableChange.StoreSnapshot(snapshot, newest, new CompletableFuture<>()));
    }

    /** Wants snapshots deleted; those that are not in the table yet never come there. */
    synchronized CompletableFuture<Void> delete(String id, SnapshotSelectionCriteria which) {
        TableChange.DeleteSnapshots deletion =
                new TableChange.DeleteSnapshots(id, which, newest, new CompletableFuture<>());
        changes.removeIf(
                change ->
                        change instanceof TableChange.StoreSnapshot stored
                                && deletion.deletes(stored.snapshot())
                                && forgotten(stored));
        add(deletion);
        return deletion.done();
    }

    private boolean forgotten(TableChange change) {
        bytes -= change.bytes();
        return true;
    }

    private void add(TableChange change) {
        if (over != null) {
            change.done().completeExceptionally(over);
            return;
        }
        changes.add(change);
        bytes += change.bytes();
        if (changes.size() == 1 || areMany()) {
            notifyAll();
        }
    }

    /** The newest snapshot of an id that is not in the table yet. */
    synchronized Optional<StoredSnapshot> snapshot(String id, SnapshotSelectionCriteria which) {
        return changes.stream()
                .filter(TableChange.StoreSnapshot.class::isInstance)
                .map(change -> ((TableChange.StoreSnapshot) change).snapshot())
                .filter(
                        stored ->
                                stored.persistenceId().equals(id)
                                        && TableChange.matches(which, stored.metadata()))
                .max(Comparator.comparingLong(StoredSnapshot::sequenceNumber));
    }

    /** All records up to this one are on the disk. */
    synchronized void forcedUpTo(long index) {
        forced = index;
    }

    /**
     * What comes into the tables next: the oldest records, as many as have {@code most} events
     * together, at least one, and all changes that are possible. A snapshot may be stored before
     * the events that it holds, once those are on the disk; and what is deleted need not come into
     * the table any more.
     */
    synchronized TableMove next(int most) {
        List<LogRecord> oldest = oldest(most);
        long moved = oldest.isEmpty() ? moved() : oldest.get(oldest.size() - 1).index();
        List<TableChange> due =
                changes.stream().takeWhile(change -> change.isDue(moved, forced)).toList();
        Map<String, Long> without = new HashMap<>(deleted);
        due.forEach(change -> noteDeleted(without, change));
        List<StoredEvent> needed = new ArrayList<>();
        for (LogRecord record : oldest) {
            for (StoredEvent event : record.events()) {
                if (event.sequenceNumber() > without.getOrDefault(event.persistenceId(), 0L)) {
                    needed.add(event);
                }
            }
        }
        return new TableMove(oldest, needed, due);
    }

    private static void noteDeleted(Map<String, Long> deleted, TableChange change) {
        if (change instanceof TableChange.DeleteEvents deletion && deletion.early()) {
            deleted.merge(deletion.id(), deletion.to(), Math::max);
        }
    }

    private List<LogRecord> oldest(int most) {
        List<LogRecord> taken = new ArrayList<>();
        int taking = 0;
        for (LogRecord record : records) {
            taking += record.events().size();
            if (taking > most && !taken.isEmpty()) {
                break;
            }
            taken.add(record);
        }
        return taken;
    }

    /** The index of the last record that is in the table, if this is not known better. */
    synchronized long moved() {
        return records.isEmpty() ? newest : records.getFirst().index() - 1;
    }

    /** The tables hold this now. */
    synchronized void remove(TableMove done) {
        for (LogRecord record : done.records()) {
            records.remove();
            bytes -= record.memory();
            events -= record.events().size();
            for (StoredEvent event : record.events()) {
                byId.computeIfPresent(event.persistenceId(), (id, left) -> withoutFirst(left));
            }
        }
        // Some may have been found unnecessary meanwhile.
        for (TableChange change : done.changes()) {
            noteDeleted(deleted, change);
            if (changes.remove(change)) {
                bytes -= change.bytes();
            }
        }
        deleted.keySet().retainAll(byId.keySet());
        notifyAll();
    }

    // An id without events is forgotten.
    private static @Nullable Deque<StoredEvent> withoutFirst(Deque<StoredEvent> events) {
        events.remove();
        return events.isEmpty() ? null : events;
    }

    synchronized List<StoredEvent> events(String id) {
        Deque<StoredEvent> events = byId.get(id);
        return events == null ? List.of() : List.copyOf(events);
    }

    /** The newest sequence number of an id; 0 when nothing of it is here. */
    synchronized long highest(String id) {
        Deque<StoredEvent> events = byId.get(id);
        return events == null ? 0 : events.getLast().sequenceNumber();
    }

    synchronized boolean isEmpty() {
        return records.isEmpty() && changes.isEmpty();
    }

    /** Waits until there is something to do, while something may come. */
    synchronized void awaitSome(BooleanSupplier coming) throws InterruptedException {
        while (isEmpty() && coming.getAsBoolean()) {
            wait(LOOK_MILLIS);
        }
    }

    /** Waits until there are many, somebody waits for them, or the time is over. */
    synchronized void awaitMany(long millis) throws InterruptedException {
        await(TimeUnit.MILLISECONDS.toNanos(millis), this::areMany);
    }

    /** Waits for a time, unless somebody waits for what is to be moved. */
    synchronized void rest(long nanos) throws InterruptedException {
        await(nanos, () -> bytes > URGENT_BYTES);
    }

    private void await(long nanos, BooleanSupplier over) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        long left = TimeUnit.NANOSECONDS.toMillis(nanos);
        while (!over.getAsBoolean() && hurried == 0 && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    /** From now on nothing is gathered any more. */
    synchronized void hurry() {
        hurried++;
        notifyAll();
    }

    /** Whether no writer has to wait. */
    synchronized boolean isShort(long most) {
        return bytes <= most;
    }

    /** Waits while there are more bytes than that, and they become fewer. */
    synchronized void awaitFewer(long most, BooleanSupplier moving) throws InterruptedException {
        while (bytes > most && moving.getAsBoolean()) {
            wait(LOOK_MILLIS);
        }
    }

    /** Waits until all that is here now is in the table. */
    synchronized void awaitMoved(BooleanSupplier moving) throws InterruptedException {
        long last = newest;
        hurry();
        try {
            while (moved() < last && moving.getAsBoolean()) {
                wait(LOOK_MILLIS);
            }
        } finally {
            hurried--;
        }
    }

    /** Nothing will be moved any more. */
    synchronized void giveUpChanges(Exception reason) {
        over = reason;
        changes.forEach(change -> change.done().completeExceptionally(reason));
        changes.clear();
    }
}
