package io.wormhole.cluster.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes into the tables in one commit.
 *
 * @param records the oldest of the log, which the tables hold then, one after the other
 * @param events those of the records' events that the table of events needs
 * @param changes what else is to be done, in this order
 */
record TableMove(List<LogRecord> records, List<StoredEvent> events, List<TableChange> changes) {
    TableMove {
        records = List.copyOf(records);
        events = List.copyOf(events);
        changes = List.copyOf(changes);
    }

    /** All that is in some records. */
    static TableMove of(List<LogRecord> records) {
        return new TableMove(
                records,
                records.stream().flatMap(record -> record.events().stream()).toList(),
                List.of());
    }

    /**
     * The changes that make a difference: nobody reads a snapshot when a later one of its id is
     * there, and of several deletions that go ever further the last is enough.
     */
    List<TableChange> needed() {
        Deque<TableChange> needed = new ArrayDeque<>();
        Set<String> stored = new HashSet<>();
        Map<String, Long> deleted = new HashMap<>();
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (makesADifference(changes.get(i), stored, deleted)) {
                needed.addFirst(changes.get(i));
            }
        }
        return List.copyOf(needed);
    }

    // What comes after it is in the two collections.
    private static boolean makesADifference(
            TableChange change, Set<String> stored, Map<String, Long> deleted) {
        if (change instanceof TableChange.StoreSnapshot snapshot) {
            return stored.add(snapshot.snapshot().persistenceId());
        }
        if (change instanceof TableChange.DeleteEvents deletion) {
            boolean further = deletion.to() > deleted.getOrDefault(deletion.id(), 0L);
            deleted.merge(deletion.id(), deletion.to(), Math::max);
            return further;
        }
        return true;
    }

    /** Index of its last record; {@code before} when it has none. */
    long upTo(long before) {
        return records.isEmpty() ? before : records.get(records.size() - 1).index();
    }
}
