package io.wormhole.cluster.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Events that count together or not at all, as one record of the log: length of what follows the
 * checksum, checksum, index, index of the group, number of events, events. An index is one higher
 * than that before it.
 *
 * @param groupFirst index of the first record that was forced to disk together with this one
 */
record LogRecord(long index, long groupFirst, List<StoredEvent> events) {
    private static final int HEADER = 2 * Integer.BYTES;
    private static final int OBJECT = 80;
    private static final int FIXED = 2 * Long.BYTES + Integer.BYTES;

    int maximumSize() {
        return HEADER + FIXED + events.stream().mapToInt(StoredEvent::maximumSize).sum();
    }

    /** Bytes that it takes in memory, roughly. */
    int memory() {
        return OBJECT + events.stream().mapToInt(StoredEvent::memory).sum();
    }

    void writeTo(ByteBuffer out) {
        int start = out.position();
        out.position(start + HEADER);
        out.putLong(index).putLong(groupFirst).putInt(events.size());
        events.forEach(event -> event.writeTo(out));
        int length = out.position() - start - HEADER;
        out.putInt(start, length);
        out.putInt(start + Integer.BYTES, checksum(out.slice(start + HEADER, length)));
    }

    /** The next record; empty where no whole record is: the position stays there. */
    static Optional<LogRecord> readFrom(ByteBuffer in) {
        if (in.remaining() < HEADER + FIXED) {
            return Optional.empty();
        }
        int start = in.position();
        int length = in.getInt(start);
        if (length < FIXED || length > in.remaining() - HEADER) {
            return Optional.empty();
        }
        ByteBuffer content = in.slice(start + HEADER, length);
        if (checksum(content.duplicate()) != in.getInt(start + Integer.BYTES)) {
            return Optional.empty();
        }
        in.position(start + HEADER + length);
        long index = content.getLong();
        long groupFirst = content.getLong();
        int count = content.getInt();
        List<StoredEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(StoredEvent.readFrom(content));
        }
        return Optional.of(new LogRecord(index, groupFirst, List.copyOf(events)));
    }

    private static int checksum(ByteBuffer content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        return (int) sum.getValue();
    }
}
