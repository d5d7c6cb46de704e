package io.wormhole.settlement.cuckoo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Solves as many small graphs at the same time as it has threads, each in one of them: threads that
 * share a small graph wait for each other about as long as they work.
 */
final class GraphsAbreast implements CuckooSolver {
    /** Up to so many edges, all that one thread goes over stays in its second-level cache. */
    static final int MOST_EDGE_BITS = 20;

    private final Crew crew;
    private final CuckooSolver[] solvers;

    private GraphsAbreast(CuckooSolver[] solvers) {
        this.solvers = solvers;
        crew = new Crew(solvers.length);
    }

    static GraphsAbreast lean(CuckooParameters parameters, int threads) {
        return new GraphsAbreast(
                Stream.generate(() -> TrimmingSolver.lean(parameters, 1))
                        .limit(threads)
                        .toArray(CuckooSolver[]::new));
    }

    /** Whether graphs are so small, and threads so many. */
    static boolean isWorthIt(CuckooParameters parameters, int threads) {
        return threads > 1 && threads <= MAX_THREADS && parameters.edgeBits() <= MOST_EDGE_BITS;
    }

    static long leanMemoryBytes(CuckooParameters parameters, int threads) {
        return threads * TrimmingSolver.leanMemoryBytes(parameters, 1);
    }

    @Override
    public CuckooParameters parameters() {
        return solvers[0].parameters();
    }

    @Override
    public int abreast() {
        return solvers.length;
    }

    @Override
    public List<CuckooProof> solve(byte[] header, BooleanSupplier cancelled) {
        return solvers[0].solve(header, cancelled);
    }

    @Override
    public List<List<CuckooProof>> solveAll(List<byte[]> headers, BooleanSupplier cancelled) {
        List<List<CuckooProof>> proofs =
                new ArrayList<>(Collections.nCopies(headers.size(), List.of()));
        crew.run(
                member -> {
                    for (int at = member; at < headers.size(); at += solvers.length) {
                        proofs.set(at, solvers[member].solve(headers.get(at), cancelled));
                    }
                });
        return proofs;
    }

    @Override
    public void close() {
        crew.close();
        Arrays.stream(solvers).forEach(CuckooSolver::close);
    }
}
