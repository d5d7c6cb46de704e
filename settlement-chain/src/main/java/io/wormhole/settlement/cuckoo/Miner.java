package io.wormhole.settlement.cuckoo;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Tries one nonce after the other until a proof is good enough. */
public final class Miner {
    private Miner() {}

    /**
     * A nonce with a proof for it.
     *
     * @param nonce the nonce
     * @param proof the cycle in its graph
     */
    public record Find(long nonce, CuckooProof proof) {}

    /**
     * Searches upwards from a nonce; ends with the first proof that is good enough, or empty when
     * cancelled.
     *
     * @param headerOf the complete header bytes for a nonce
     * @param firstNonce where to begin; miners that begin elsewhere do other work
     * @param goodEnough whether a proof meets the target
     */
    public static Optional<Find> search(
            CuckooSolver solver,
            LongFunction<byte[]> headerOf,
            long firstNonce,
            Predicate<CuckooProof> goodEnough,
            BooleanSupplier cancelled) {
        for (long nonce = firstNonce; !cancelled.getAsBoolean(); nonce++) {
            for (CuckooProof proof : solver.solve(headerOf.apply(nonce), cancelled)) {
                if (goodEnough.test(proof)) {
                    return Optional.of(new Find(nonce, proof));
                }
            }
        }
        return Optional.empty();
    }
}
