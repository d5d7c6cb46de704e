package io.wormhole.settlement.cuckoo;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.LongStream;

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
        int abreast = solver.abreast();
        for (long nonce = firstNonce; !cancelled.getAsBoolean(); nonce += abreast) {
            long begun = nonce;
            List<byte[]> headers =
                    LongStream.range(0, abreast)
                            .map(ahead -> begun + ahead)
                            .mapToObj(headerOf)
                            .toList();
            List<List<CuckooProof>> proofs = solver.solveAll(headers, cancelled);
            for (int ahead = 0; ahead < abreast; ahead++) {
                for (CuckooProof proof : proofs.get(ahead)) {
                    if (goodEnough.test(proof)) {
                        return Optional.of(new Find(begun + ahead, proof));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
