package io.wormhole.cluster.journal;

import java.util.List;

/**
 * What goes into the tables in one commit.
 *
 * @param records the oldest of the log, which the tables hold then, one after the other
 * @param events those of the records' events that the table of events needs
 * @param changes what else is to be done, in this order
 */
record TableMove(
        List<LogRecord> records, List<StoredEvent> events, List<TableChange> changes) {
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

    /** Index of its last record; {@code before} when it has none. */
    long upTo(long before) {
        return records.isEmpty() ? before : records.get(records.size() - 1).index();
    }
}
