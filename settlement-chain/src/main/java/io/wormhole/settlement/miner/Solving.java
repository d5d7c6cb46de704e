package io.wormhole.settlement.miner;

import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.consensus.CompactTarget;
import io.wormhole.settlement.cuckoo.CuckooParameters;
import io.wormhole.settlement.cuckoo.CuckooSolver;
import io.wormhole.settlement.cuckoo.Miner;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Looks for a block's proof of work, nonce after nonce. */
final class Solving implements AutoCloseable {
    // The fast solver takes several bytes per edge; above this the lean one is used.
    private static final long FAST_MEMORY_BYTES = 64L << 20;

    private final CuckooParameters parameters;
    private final CuckooSolver solver;

    Solving(CuckooParameters parameters) {
        this.parameters = parameters;
        this.solver =
                CuckooSolver.meanMemoryBytes(parameters, 1) <= FAST_MEMORY_BYTES
                        ? CuckooSolver.mean(parameters, 1)
                        : CuckooSolver.lean(parameters, 1);
    }

    /**
     * The block with a proof that meets its target; empty when {@code cancelled} says so first. A
     * call waits for the one before, which ends within a millisecond of being cancelled.
     *
     * @param firstNonce where to begin, so that two miners do not try the same
     */
    synchronized Optional<Block> solve(Block unsolved, long firstNonce, BooleanSupplier cancelled) {
        CompactTarget target = CompactTarget.decode(unsolved.header().targetBits());
        return Miner.search(
                        solver,
                        nonce -> unsolved.header().withWork(nonce, List.of()).workBytes().toArray(),
                        firstNonce,
                        proof ->
                                target.isMetBy(
                                        HeaderVerifier.workHash(parameters, proof).toArray()),
                        cancelled)
                .map(
                        find ->
                                unsolved.withWork(
                                        find.nonce(),
                                        Arrays.stream(find.proof().edges()).boxed().toList()));
    }

    @Override
    public synchronized void close() {
        solver.close();
    }
}
