package io.wormhole.cluster.journal;

import io.wormhole.cluster.journal.DatabaseRefused.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a start does with the log of the run before it: its records go into the table. */
final class LogCatchUp {
    private LogCatchUp() {}

    /**
     * Moves what the table lacks.
     *
     * @param moved index of the last record that the table has
     * @return index of the last record of all
     * @throws DatabaseRefused when a record is missing that was on the disk
     */
    static long run(Path database, List<Path> old, EventTable table, long moved)
            throws IOException, SQLException {
        long last = moved;
        for (Path file : old) {
            List<LogRecord> lacking = new ArrayList<>();
            requireNoGap(database, file, last, LogSegment.first(file));
            for (LogRecord record : records(database, file)) {
                if (record.index() > last) {
                    requireNoGap(database, file, last, record.index());
                    lacking.add(record);
                    last = record.index();
                }
            }
            if (!lacking.isEmpty()) {
                table.move(TableMove.of(lacking));
            }
        }
        return last;
    }

    private static void requireNoGap(Path database, Path file, long last, long next) {
        if (next > last + 1) {
            throw damaged(
                    database,
                    "ends at record %d of its log, and %s begins with %d"
                            .formatted(last, file.getFileName(), next));
        }
    }

    private static List<LogRecord> records(Path database, Path file) throws IOException {
        try {
            return LogSegment.read(file);
        } catch (LogSegment.DamagedLogException damaged) {
            throw damaged(database, "cannot be completed: " + damaged.getMessage());
        }
    }

    static DatabaseRefused damaged(Path database, String problem) {
        return new DatabaseRefused(
                Kind.DAMAGED,
                "the database " + database + " " + problem + "; restore all its files together");
    }
}
