package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Blocks that will be stored as one, since forcing the disk and committing cost the same for one
 * block and for many. Until then they are read from here. For one writer and many readers.
 */
final class Gathered {
    // A dozen large blocks; the rest of the bound is the caller's patience.
    private static final long MOST_BYTES = 8L << 20;

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Hash, BlockCommit> blocks = new ConcurrentHashMap<>();
    private final Map<Hash, Bytes> nodes = new ConcurrentHashMap<>();
    private long bytes;

    /** A block, and how the followed chain changes with it. */
    record Entry(BlockCommit block, Optional<CanonicalChange> change) {}

    void add(BlockCommit block, Optional<CanonicalChange> change) {
        entries.add(new Entry(block, change));
        blocks.put(block.index().hash(), block);
        nodes.putAll(block.nodes());
        bytes += block.block().size();
    }

    /** Whether it is enough to be stored. */
    boolean isFull() {
        return bytes >= MOST_BYTES;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Oldest first. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    Optional<StoredBlock> block(Hash hash) {
        return Optional.ofNullable(blocks.get(hash))
                .map(block -> new StoredBlock(block.index(), block.header()));
    }

    Optional<Bytes> body(Hash hash) {
        return Optional.ofNullable(blocks.get(hash)).map(BlockCommit::block);
    }

    Optional<Bytes> node(Hash hash) {
        return Optional.ofNullable(nodes.get(hash));
    }

    /** All is stored. */
    void clear() {
        entries.clear();
        blocks.clear();
        nodes.clear();
        bytes = 0;
    }
}
