package io.wormhole.cluster.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wormhole.cluster.data.AtomicFile;
import io.wormhole.cluster.journal.DatabaseRefused.Kind;
import io.wormhole.cluster.journal.DatabaseSettings.H2File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.h2.mvstore.MVStore;

/**
 * A small file beside an H2 file that remembers how far the database had come.
 *
 * <p>H2 opens an emptied file as a new database, and a cut one in the newest state that it still
 * finds. For events that were acknowledged, both are loss of memory and must stop the start.
 */
final class H2Witness {
    /** An H2 file below this size cannot hold a database: its header alone is two blocks. */
    private static final long SMALLEST_BYTES = 8192;

    private final Path database;
    private final Path file;

    private H2Witness(Path database, Path file) {
        this.database = database;
        this.file = file;
    }

    static H2Witness of(H2File settings) {
        return new H2Witness(settings.onDisk(), settings.witness());
    }

    /** Refuses a file that is gone or cut to nothing, before H2 would make a new one. */
    void checkFile() throws IOException {
        boolean there = Files.exists(database);
        if (there && Files.size(database) < SMALLEST_BYTES) {
            throw lost("is cut short");
        }
        if (!there && Files.exists(file)) {
            throw lost("is missing although it existed");
        }
    }

    /** Refuses a file in an older state than was seen before; reads only, to spoil no evidence. */
    void checkVersion() throws IOException {
        Optional<Long> seen = read();
        if (seen.isEmpty() || !Files.exists(database)) {
            return;
        }
        try (MVStore store =
                new MVStore.Builder().fileName(database.toString()).readOnly().open()) {
            long version = store.getCurrentVersion();
            if (version < seen.get()) {
                throw lost("has version " + version + ", it was at version " + seen.get());
            }
        }
    }

    private DatabaseRefused lost(String problem) {
        return new DatabaseRefused(
                Kind.DAMAGED,
                "the database "
                        + database
                        + " "
                        + problem
                        + "; restore the latest state, or delete "
                        + file.getFileName()
                        + " to accept the loss");
    }

    private Optional<Long> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.size(file) > 32 ? "" : Files.readString(file, US_ASCII).strip();
        return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    void write(long version) throws IOException {
        AtomicFile.write(file, version + "\n");
    }
}
