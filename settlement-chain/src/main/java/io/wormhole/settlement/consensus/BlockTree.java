package io.wormhole.settlement.consensus;

import io.wormhole.protocol.crypto.Hash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A block index in memory; mutable, for one thread. */
public final class BlockTree implements BlockIndex {
    private final TreeMap<Hash, IndexedBlock> blocks = new TreeMap<>();
    private final TreeSet<Hash> tips = new TreeSet<>();

    /** Creates a tree whose root is the given block: genesis, or a trusted checkpoint. */
    public BlockTree(IndexedBlock root) {
        blocks.put(root.hash(), root);
        tips.add(root.hash());
    }

    /** Adds a block whose parent is known; adding a known block again changes nothing. */
    public void add(IndexedBlock block) {
        IndexedBlock parent = blocks.get(block.parent());
        if (parent == null || parent.height() + 1 != block.height()) {
            throw new IllegalArgumentException(
                    "block "
                            + block.hash()
                            + " at height "
                            + block.height()
                            + " has no known parent below it");
        }
        if (blocks.putIfAbsent(block.hash(), block) == null) {
            tips.remove(parent.hash());
            tips.add(block.hash());
        }
    }

    @Override
    public Optional<IndexedBlock> find(Hash hash) {
        return Optional.ofNullable(blocks.get(hash));
    }

    @Override
    public Collection<IndexedBlock> tips() {
        return List.copyOf(tips.stream().flatMap(hash -> find(hash).stream()).toList());
    }
}
