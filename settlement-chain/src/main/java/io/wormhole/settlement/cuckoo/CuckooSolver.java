package io.wormhole.settlement.cuckoo;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Finds the cycles in the graph of a header. A solver takes all its memory when it is created and
 * is used again for one header after the other; it is for one caller at a time.
 */
public interface CuckooSolver {
    /** Returns a solver for little memory: two or three bits per edge. */
    static CuckooSolver lean(CuckooParameters parameters) {
        return new LeanSolver(parameters);
    }

    /** Returns the memory in bytes that {@link #lean} takes, without taking it. */
    static long leanMemoryBytes(CuckooParameters parameters) {
        return LeanSolver.memoryBytes(parameters);
    }

    /** Returns the parameters that it solves for. */
    CuckooParameters parameters();

    /**
     * Finds all proofs for the complete header bytes, the nonce included, in ascending order; each
     * is verified.
     *
     * @param cancelled asked often; once it says true the search ends within microseconds, with
     *     what was found so far
     */
    List<CuckooProof> solve(byte[] header, BooleanSupplier cancelled);
}
