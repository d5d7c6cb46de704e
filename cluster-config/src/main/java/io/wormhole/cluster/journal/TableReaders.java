package io.wormhole.cluster.journal;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that read from the tables; few, since each needs a connection. */
final class TableReaders implements AutoCloseable {
    private static final int THREADS = 4;

    private final ExecutorService threads;

    TableReaders(String name) {
        this.threads =
                Executors.newFixedThreadPool(
                        THREADS,
                        task -> {
                            Thread daemon = new Thread(task, name);
                            daemon.setDaemon(true);
                            return daemon;
                        });
    }

    /** Something that is read. */
    interface Reading<T> {
        T read() throws SQLException;
    }

    /** Something that reads and passes on what it finds. */
    interface Action {
        void run() throws SQLException;
    }

    CompletableFuture<Void> run(Action action) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        action.run();
                    } catch (SQLException failed) {
                        throw new CompletionException(failed);
                    }
                },
                threads);
    }

    <T> CompletableFuture<T> read(Reading<T> reading) {
        return CompletableFuture.supplyAsync(() -> readNow(reading), threads);
    }

    private static <T> T readNow(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException failed) {
            throw new CompletionException(failed);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
