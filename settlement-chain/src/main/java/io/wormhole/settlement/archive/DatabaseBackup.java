package io.wormhole.settlement.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Copies of the database, as H2 writes them: a ZIP file with the one database file. */
public final class DatabaseBackup {
    private static final String ENDING = ".mv.db";

    private DatabaseBackup() {}

    /**
     * Unpacks a copy.
     *
     * @param database its new place, without H2's suffix; nothing may be there
     */
    public static void restore(Path backup, Path database) throws IOException, ArchiveRefused {
        Path target = database.resolveSibling(database.getFileName() + ENDING);
        for (String ending : new String[] {ENDING, ".tail0", ".tail1"}) {
            Path present = database.resolveSibling(database.getFileName() + ending);
            if (Files.exists(present)) {
                throw new ArchiveRefused(
                        present + " is there already: move the chain's files away first");
            }
        }
        Path directory = target.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try (InputStream file = Files.newInputStream(backup);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(ENDING)) {
                    Files.copy(zip, target);
                    return;
                }
            }
        }
        throw new ArchiveRefused(backup + " is no backup, as `chain backup` writes it");
    }
}
