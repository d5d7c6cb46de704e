package io.wormhole.settlement.consensus;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Checkpoint;
import java.math.BigInteger;

/**
 * What fork choice must know of a valid block.
 *
 * @param hash its hash
 * @param parent the hash of its parent
 * @param height blocks below it
 * @param totalWork expected number of proofs tried for its whole chain
 * @param justified the last justified checkpoint of its chain, votes of this block included
 * @param finalised the last final checkpoint of its chain, votes of this block included
 */
public record IndexedBlock(
        Hash hash,
        Hash parent,
        long height,
        BigInteger totalWork,
        Checkpoint justified,
        Checkpoint finalised) {

    /** Returns a genesis block, which is justified and final by itself. */
    public static IndexedBlock genesis(Hash hash) {
        Checkpoint genesis = new Checkpoint(0, hash);
        return new IndexedBlock(hash, Hash.ZERO, 0, BigInteger.ZERO, genesis, genesis);
    }

    /** Returns a child of this block, after whose votes the chain is in the given state. */
    public IndexedBlock child(Hash childHash, BigInteger work, FinalityState after) {
        return new IndexedBlock(
                childHash,
                hash,
                Math.addExact(height, 1),
                totalWork.add(work),
                after.justified(),
                after.finalised());
    }

    /**
     * Returns whether fork choice prefers this block: higher justified epoch, then more work, then
     * smaller hash.
     */
    public boolean isBetterThan(IndexedBlock other) {
        int byEpoch = Long.compare(justified.epoch(), other.justified.epoch());
        if (byEpoch != 0) {
            return byEpoch > 0;
        }
        int byWork = totalWork.compareTo(other.totalWork);
        return byWork != 0 ? byWork > 0 : hash.compareTo(other.hash) < 0;
    }
}
