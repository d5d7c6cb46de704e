package io.wormhole.benchmarks.cuckoo;

import io.wormhole.settlement.cuckoo.CuckooParameters;
import io.wormhole.settlement.cuckoo.CuckooSolver;
import io.wormhole.settlement.cuckoo.CuckooVariant;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** One of our solvers, at one size and with so many threads, that works through nonces. */
final class Solving implements AutoCloseable {
    private static final int HEADER_BYTES = 80;
    private static final int PROOF_SIZE = 42;

    private final CuckooSolver solver;
    private final long memoryBytes;
    private long nonce;

    Solving(boolean mean, int edgeBits, int threads) {
        CuckooParameters parameters =
                new CuckooParameters(CuckooVariant.CUCKATOO, edgeBits, PROOF_SIZE);
        solver =
                mean
                        ? CuckooSolver.mean(parameters, threads)
                        : CuckooSolver.lean(parameters, threads);
        memoryBytes =
                mean
                        ? CuckooSolver.meanMemoryBytes(parameters, threads)
                        : CuckooSolver.leanMemoryBytes(parameters, threads);
    }

    double memoryMegabytes() {
        return memoryBytes / 1e6;
    }

    /** Milliseconds per graph, over at least the given time. */
    double millisPerGraph(long millis) {
        long start = System.nanoTime();
        long end = start + millis * 1_000_000;
        int graphs = 0;
        while (System.nanoTime() < end) {
            solver.solveAll(
                    Stream.generate(this::nextHeader).limit(solver.abreast()).toList(),
                    () -> false);
            graphs += solver.abreast();
        }
        return (System.nanoTime() - start) / 1e6 / graphs;
    }

    private byte[] nextHeader() {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putLong(HEADER_BYTES - Long.BYTES, nonce++)
                .array();
    }

    @Override
    public void close() {
        solver.close();
    }
}
