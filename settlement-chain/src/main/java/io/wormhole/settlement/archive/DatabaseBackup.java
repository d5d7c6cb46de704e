package io.wormhole.settlement.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Copies of the database, as H2 writes them: a ZIP file with the one database file. */
public final class DatabaseBackup {
    private static final String ENDING = ".mv.db";

    private DatabaseBackup() {}

    /**
     * What looks at a copy before it takes its place.
     *
     * @param <T> what it finds out
     */
    @FunctionalInterface
    public interface Look<T> {
        /** Opens the database, without H2's suffix, and closes it; throws where it is no good. */
        T at(Path database) throws ArchiveRefused;
    }

    /**
     * Unpacks a copy, which takes its place only when it is whole and somebody looked at it.
     *
     * @param database its new place, without H2's suffix; nothing may be there
     */
    public static <T> T restore(Path backup, Path database, Look<T> look)
            throws IOException, ArchiveRefused {
        for (String ending : new String[] {ENDING, ".tail0", ".tail1"}) {
            Path present = sibling(database, ending);
            if (Files.exists(present)) {
                throw new ArchiveRefused(
                        present + " is there already: move the chain's files away first");
            }
        }
        Path directory = sibling(database, ".restoring");
        delete(directory);
        Files.createDirectories(directory);
        try {
            Path unpacked = directory.resolve("chain");
            unpack(backup, sibling(unpacked, ENDING));
            T found = look.at(unpacked);
            Files.move(sibling(unpacked, ENDING), sibling(database, ENDING));
            return found;
        } finally {
            delete(directory);
        }
    }

    private static Path sibling(Path database, String ending) {
        return database.resolveSibling(database.getFileName() + ending);
    }

    private static void unpack(Path backup, Path target) throws IOException, ArchiveRefused {
        try (InputStream file = Files.newInputStream(backup);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(ENDING)) {
                    Files.copy(zip, target);
                    return;
                }
            }
        } catch (ZipException | EOFException damaged) {
            throw new ArchiveRefused(backup + " is damaged or cut off: " + damaged.getMessage());
        }
        throw new ArchiveRefused(backup + " is no backup, as `chain backup` writes it");
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> inside = Files.list(directory)) {
            files = inside.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(directory);
    }
}
