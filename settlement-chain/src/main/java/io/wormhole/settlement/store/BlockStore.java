package io.wormhole.settlement.store;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.BareBlock;
import java.util.List;
import java.util.Optional;

/**
 * What the followed chain needs of its memory; {@link ChainStore} keeps it on the disk. Whoever
 * keeps it elsewhere must keep the same promise: what is committed is there after a crash.
 */
public interface BlockStore {
    /** The block that is built on; empty before block 0. */
    Optional<Hash> head();

    /** The last final block; empty before block 0. */
    Optional<Hash> finalBlock();

    /** A block on any fork. */
    Optional<StoredBlock> block(Hash hash);

    /** All blocks on all forks from a height up, lowest first. */
    List<StoredBlock> blocksFrom(long height);

    /** Blocks that were acknowledged but must be imported again, in order; each is given once. */
    List<BareBlock> takeLatest();

    /** Stores a block for good, and the followed chain where it changed. */
    void commit(BlockCommit block, Optional<CanonicalChange> change);

    /**
     * The same as {@link #commit}, but for good only with the next {@link #settle}; what is added
     * can be read at once.
     */
    default void add(BlockCommit block, Optional<CanonicalChange> change) {
        commit(block, change);
    }

    /** Stores what was added for good. */
    default void settle() {}

    /** Stores a block of {@link #takeLatest} again. */
    void restore(BlockCommit block, Optional<CanonicalChange> change);
}
