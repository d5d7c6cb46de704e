package io.wormhole.settlement.chain;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.merkle.StaleNodes;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.PrunedHeight;
import io.wormhole.settlement.store.StoredBlock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Forgets states that lie far enough below the final block, height by height: of each the nodes
 * that the next state of the chain has not, unless a later block wrote them again. What it costs
 * grows with what blocks change, not with the state. Bodies of old blocks go where that is asked
 * for.
 */
final class Pruner implements Pruning {
    // So that catching up with a long history never holds up the chain.
    private static final int HEIGHTS_AT_ONCE = 64;

    private final ChainStore store;
    private final NodeCache recent;
    private final History history;
    private final Replaced replaced = new Replaced();
    private long pruned;
    private long prunedBodies;

    /**
     * A pruner.
     *
     * @param recent where the states of new blocks are at hand
     */
    Pruner(ChainStore store, NodeCache recent, History history) {
        this.store = store;
        this.recent = recent;
        this.history = history;
        this.pruned = store.prunedHeight();
        this.prunedBodies = store.prunedBodies();
    }

    @Override
    public void extended(BlockHeader parent, BlockHeader block) {
        if (history.finalStates() == Long.MAX_VALUE || replaced.isFull()) {
            return;
        }
        Set<Hash> nodes = new HashSet<>();
        collect(parent, block, root -> AuthenticatedMap.open(root, recent), nodes);
        replaced.note(block.hash(), nodes);
    }

    @Override
    public void follow(long finalHeight) {
        long kept = store.isBehind() ? history.statesWhileBehind() : history.finalStates();
        long last = finalHeight - Math.min(finalHeight, kept);
        List<PrunedHeight> heights = new ArrayList<>();
        for (long height = pruned + 1;
                height < last && heights.size() < HEIGHTS_AT_ONCE;
                height++) {
            Optional<PrunedHeight> next = prunable(height);
            if (next.isEmpty()) {
                break;
            }
            heights.add(next.get());
        }
        if (!heights.isEmpty()) {
            store.prune(heights);
            pruned += heights.size();
        }
        long lastBody = finalHeight - Math.min(finalHeight, history.finalBodies());
        long upTo = Math.min(lastBody - 1, prunedBodies + HEIGHTS_AT_ONCE);
        // What is to be forgotten must be written first, which is done for many at once.
        if (upTo > prunedBodies && (!store.isBehind() || upTo - prunedBodies >= HEIGHTS_AT_ONCE)) {
            store.pruneBodies(prunedBodies + 1, upTo);
            prunedBodies = upTo;
        }
    }

    private Optional<PrunedHeight> prunable(long height) {
        Optional<Hash> kept = store.canonical(height);
        Optional<StoredBlock> next = store.canonical(height + 1).flatMap(store::block);
        if (kept.isEmpty() || next.isEmpty()) {
            return Optional.empty();
        }
        Set<Hash> stale = new HashSet<>();
        List<Hash> abandoned = new ArrayList<>();
        for (StoredBlock block : store.blocksAt(height)) {
            Hash hash = block.index().hash();
            boolean isKept = hash.equals(kept.get());
            Optional<Collection<Hash>> noted =
                    isKept ? replaced.by(next.get().index().hash()) : Optional.empty();
            if (noted.isPresent()) {
                stale.addAll(noted.get());
            } else {
                collect(
                        block.header(),
                        next.get().header(),
                        root -> AuthenticatedMap.open(root, store),
                        stale);
            }
            if (!isKept) {
                abandoned.add(hash);
            }
            replaced.forget(hash);
        }
        return Optional.of(new PrunedHeight(height, stale, abandoned));
    }

    private static void collect(
            BlockHeader old,
            BlockHeader next,
            Function<Hash, AuthenticatedMap> states,
            Set<Hash> stale) {
        for (StateTree tree : StateTree.values()) {
            StaleNodes.of(
                    states.apply(tree.rootIn(old.roots())),
                    states.apply(tree.rootIn(next.roots())),
                    stale::add);
        }
    }
}
