package io.wormhole.settlement.cuckoo;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Finds the cycles in the graph of a header. A solver takes all its memory when it is created and
 * is used again for one header after the other; it is for one caller at a time. The result does not
 * depend on the kind or the threads.
 */
public interface CuckooSolver extends AutoCloseable {
    /** The most threads that a solver has. */
    int MAX_THREADS = 64;

    /** Returns a solver for little memory, two or three bits per edge, in the caller's thread. */
    static CuckooSolver lean(CuckooParameters parameters) {
        return lean(parameters, 1);
    }

    /**
     * Returns a solver for little memory: a bit per edge, and one or two per edge and thread; small
     * graphs are solved {@link #abreast} by several threads.
     */
    static CuckooSolver lean(CuckooParameters parameters, int threads) {
        return GraphsAbreast.isWorthIt(parameters, threads)
                ? GraphsAbreast.lean(parameters, threads)
                : TrimmingSolver.lean(parameters, threads);
    }

    /** Returns the fast solver, which takes about six bytes per edge. */
    static CuckooSolver mean(CuckooParameters parameters, int threads) {
        return TrimmingSolver.mean(parameters, threads);
    }

    /**
     * Returns the memory in bytes that {@link #lean(CuckooParameters, int)} takes, without taking
     * it.
     */
    static long leanMemoryBytes(CuckooParameters parameters, int threads) {
        return GraphsAbreast.isWorthIt(parameters, threads)
                ? GraphsAbreast.leanMemoryBytes(parameters, threads)
                : TrimmingSolver.leanMemoryBytes(parameters, threads);
    }

    /** Returns the memory in bytes that {@link #mean} takes, without taking it. */
    static long meanMemoryBytes(CuckooParameters parameters, int threads) {
        return TrimmingSolver.meanMemoryBytes(parameters, threads);
    }

    /** Returns the parameters that it solves for. */
    CuckooParameters parameters();

    /**
     * Finds all proofs for the complete header bytes, the nonce included, in ascending order; each
     * is verified.
     *
     * @param cancelled asked often, by all threads; once it says true the search ends within a
     *     millisecond
     */
    List<CuckooProof> solve(byte[] header, BooleanSupplier cancelled);

    /** How many graphs it solves at the same time: so many headers at once keep it busy. */
    default int abreast() {
        return 1;
    }

    /** The same as {@link #solve} for several headers; the proofs of each, in the same order. */
    default List<List<CuckooProof>> solveAll(List<byte[]> headers, BooleanSupplier cancelled) {
        return headers.stream().map(header -> solve(header, cancelled)).toList();
    }

    /** Ends the solver's threads, if it has any beside the caller's. */
    @Override
    void close();
}
