package io.wormhole.cluster.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records that are in the log and not yet in the table, in order and by persistence id. */
final class LogTail {
    private final Deque<LogRecord> records = new ArrayDeque<>();
    private final Map<String, Deque<StoredEvent>> byId = new HashMap<>();
    private long bytes;

    synchronized void add(LogRecord record) {
        records.add(record);
        bytes += record.maximumSize();
        for (StoredEvent event : record.events()) {
            byId.computeIfAbsent(event.persistenceId(), id -> new ArrayDeque<>()).add(event);
        }
        notifyAll();
    }

    /** The oldest records, as many as have {@code most} events together, at least one. */
    synchronized List<LogRecord> oldest(int most) {
        List<LogRecord> taken = new ArrayList<>();
        int events = 0;
        for (LogRecord record : records) {
            events += record.events().size();
            if (events > most && !taken.isEmpty()) {
                break;
            }
            taken.add(record);
        }
        return taken;
    }

    synchronized void remove(List<LogRecord> moved) {
        for (LogRecord record : moved) {
            records.remove();
            bytes -= record.maximumSize();
            for (StoredEvent event : record.events()) {
                byId.computeIfPresent(event.persistenceId(), (id, left) -> withoutFirst(left));
            }
        }
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
        return records.isEmpty();
    }

    synchronized boolean hasManyBytes(long many) {
        return bytes > many;
    }
}
