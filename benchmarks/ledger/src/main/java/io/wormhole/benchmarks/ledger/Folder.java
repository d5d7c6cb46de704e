package io.wormhole.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone when it is closed. */
record Folder(Path path) implements AutoCloseable {
    static Folder create() throws IOException {
        String base = System.getProperty("folder", System.getProperty("java.io.tmpdir"));
        return new Folder(Files.createTempDirectory(Path.of(base), "ledger-benchmark"));
    }

    long bytes() throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
