package io.wormhole.settlement.chain;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.consensus.BlockIndex;
import io.wormhole.settlement.consensus.IndexedBlock;
import io.wormhole.settlement.store.BlockStore;
import io.wormhole.settlement.store.StoreException;
import io.wormhole.settlement.store.StoredBlock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The valid blocks above the last final one, in memory, with the ones below from the store; for one
 * owner.
 */
final class Tree implements BlockIndex {
    // Ancestors kept below the final block: the median time of a block needs eleven.
    private static final int KEPT_BELOW_FINAL = 32;

    private final BlockStore store;
    private final TreeMap<Hash, StoredBlock> blocks = new TreeMap<>();

    Tree(BlockStore store) {
        this.store = store;
    }

    void add(StoredBlock block) {
        blocks.put(block.index().hash(), block);
    }

    void remove(Hash hash) {
        blocks.remove(hash);
    }

    Optional<StoredBlock> block(Hash hash) {
        StoredBlock known = blocks.get(hash);
        return known != null ? Optional.of(known) : store.block(hash);
    }

    /** A block that must be there. */
    StoredBlock stored(Hash hash) {
        return block(hash)
                .orElseThrow(
                        () ->
                                new StoreException(
                                        StoreException.Kind.DAMAGED,
                                        "the chain database lacks block "
                                                + hash
                                                + ": move the database away, then the node fetches the chain again"));
    }

    /** The way from one head to another: down to where they part, and up again. */
    HeadChange way(StoredBlock from, StoredBlock to, boolean isFinalityNew) {
        List<StoredBlock> undone = new ArrayList<>();
        List<StoredBlock> applied = new ArrayList<>();
        StoredBlock left = from;
        StoredBlock right = to;
        while (!left.index().hash().equals(right.index().hash())) {
            if (left.index().height() >= right.index().height()) {
                undone.add(left);
                left = stored(left.index().parent());
            } else {
                applied.add(0, right);
                right = stored(right.index().parent());
            }
        }
        return new HeadChange(undone, applied, isFinalityNew);
    }

    @Override
    public Optional<IndexedBlock> find(Hash hash) {
        return block(hash).map(StoredBlock::index);
    }

    @Override
    public Collection<IndexedBlock> tips() {
        Set<Hash> parents =
                blocks.values().stream()
                        .map(block -> block.index().parent())
                        .collect(Collectors.toSet());
        return blocks.values().stream()
                .map(StoredBlock::index)
                .filter(block -> !parents.contains(block.hash()))
                .toList();
    }

    /** Forgets what does not build on the final block, and its ancestors but the nearest. */
    void prune(IndexedBlock finalBlock) {
        Set<Hash> kept = new HashSet<>();
        kept.add(finalBlock.hash());
        Hash below = finalBlock.parent();
        for (int i = 0; i < KEPT_BELOW_FINAL; i++) {
            StoredBlock ancestor = blocks.get(below);
            if (ancestor == null) {
                break;
            }
            kept.add(below);
            below = ancestor.index().parent();
        }
        for (StoredBlock block : byHeight()) {
            IndexedBlock index = block.index();
            if (index.height() > finalBlock.height() && kept.contains(index.parent())) {
                kept.add(index.hash());
            }
        }
        blocks.keySet().retainAll(kept);
    }

    private List<StoredBlock> byHeight() {
        List<StoredBlock> sorted = new ArrayList<>(blocks.values());
        sorted.sort(Comparator.comparingLong(block -> block.index().height()));
        return sorted;
    }

    int size() {
        return blocks.size();
    }
}
