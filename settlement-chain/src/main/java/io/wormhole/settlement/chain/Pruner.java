package io.wormhole.settlement.chain;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.NodeSource;
import io.wormhole.protocol.merkle.StaleNodes;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Forgets states that lie far enough below the final block, height by height: of each the nodes
 * that the next state of the chain has not, unless a later block wrote them again. What it costs
 * grows with what blocks change, not with the state. Bodies of old blocks go where that is asked
 * for.
 */
final class Pruner {
    // So that catching up with a long history never holds up the chain.
    private static final int HEIGHTS_AT_ONCE = 64;

    private final ChainStore store;
    private final NodeSource nodes;
    private final History history;
    private long pruned;
    private long prunedBodies;

    Pruner(ChainStore store, NodeSource nodes, History history) {
        this.store = store;
        this.nodes = nodes;
        this.history = history;
        this.pruned = store.prunedHeight();
        this.prunedBodies = store.prunedBodies();
    }

    /** Follows the final block. */
    void follow(long finalHeight) {
        long last = finalHeight - Math.min(finalHeight, history.finalStates());
        for (int i = 0; i < HEIGHTS_AT_ONCE && pruned + 1 < last; i++) {
            prune(pruned + 1);
        }
        long lastBody = finalHeight - Math.min(finalHeight, history.finalBodies());
        long upTo = Math.min(lastBody - 1, prunedBodies + HEIGHTS_AT_ONCE);
        if (upTo > prunedBodies) {
            store.pruneBodies(prunedBodies + 1, upTo);
            prunedBodies = upTo;
        }
    }

    private void prune(long height) {
        Optional<Hash> kept = store.canonical(height);
        Optional<StoredBlock> next = store.canonical(height + 1).flatMap(store::block);
        if (kept.isEmpty() || next.isEmpty()) {
            return;
        }
        Set<Hash> stale = new HashSet<>();
        List<StoredBlock> all = store.blocksAt(height);
        for (StoredBlock block : all) {
            collect(block.header(), next.get().header(), stale);
        }
        List<Hash> abandoned =
                all.stream()
                        .map(block -> block.index().hash())
                        .filter(hash -> !hash.equals(kept.get()))
                        .toList();
        store.prune(height, stale, abandoned);
        pruned = height;
    }

    private void collect(BlockHeader old, BlockHeader next, Set<Hash> stale) {
        for (StateTree tree : StateTree.values()) {
            StaleNodes.of(
                    AuthenticatedMap.open(tree.rootIn(old.roots()), nodes),
                    AuthenticatedMap.open(tree.rootIn(next.roots()), nodes),
                    stale::add);
        }
    }
}
