package io.wormhole.settlement.consensus;

import io.wormhole.protocol.crypto.Hash;
import java.util.Collection;
import java.util.Optional;

/** The tree of valid blocks that a node knows, as far as fork choice needs it. */
public interface BlockIndex {
    /** Returns the block of this hash. */
    Optional<IndexedBlock> find(Hash hash);

    /**
     * Returns all blocks that no other block builds on, in an order that does not depend on hashing
     * in memory.
     */
    Collection<IndexedBlock> tips();

    /**
     * Returns the block at a height on the chain that ends in a block; empty when it is not known.
     */
    default Optional<IndexedBlock> ancestorAt(Hash tip, long height) {
        Optional<IndexedBlock> at = find(tip);
        while (at.isPresent() && at.get().height() > height) {
            at = find(at.get().parent());
        }
        return at.filter(block -> block.height() == height);
    }

    /** Returns whether a block is an ancestor of another, or the same block. */
    default boolean isAncestor(Hash ancestor, Hash descendant) {
        return find(ancestor)
                .flatMap(block -> ancestorAt(descendant, block.height()))
                .filter(block -> block.hash().equals(ancestor))
                .isPresent();
    }
}
