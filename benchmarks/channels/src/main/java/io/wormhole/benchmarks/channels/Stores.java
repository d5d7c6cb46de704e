package io.wormhole.benchmarks.channels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders with the stores of nodes. */
final class Stores {
    private Stores() {}

    /** Something that is measured on a store, and changes it. */
    interface Measurement {
        void on(Path store) throws InterruptedException;
    }

    /** Measures on a copy beside the store, which is deleted afterwards. */
    static void onCopy(Path store, Measurement measurement) throws InterruptedException {
        Path copy = store.resolveSibling(store.getFileName() + "-copy");
        delete(copy);
        try {
            copy(store, copy);
            measurement.on(copy);
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        } finally {
            delete(copy);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** What the files in a folder take; some may vanish meanwhile. */
    static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toFile).mapToLong(file -> file.isFile() ? file.length() : 0).sum();
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }
}
