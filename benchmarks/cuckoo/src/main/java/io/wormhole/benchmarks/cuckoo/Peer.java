package io.wormhole.benchmarks.cuckoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A solver program of another implementation, called with {@code -n NONCE -r GRAPHS}. */
record Peer(Path program) {
    boolean exists() {
        return Files.isExecutable(program);
    }

    /** Milliseconds per graph, the start of the process not counted. */
    double millisPerGraph(int graphs) {
        long one = nanos(1);
        long all = nanos(1 + graphs);
        return (all - one) / 1e6 / graphs;
    }

    private long nanos(int graphs) {
        try {
            long start = System.nanoTime();
            Process process =
                    new ProcessBuilder(
                                    program.toString(), "-n", "1", "-r", Integer.toString(graphs))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program + " ended with " + process.exitValue());
            }
            return System.nanoTime() - start;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " ran", e);
        }
    }
}
