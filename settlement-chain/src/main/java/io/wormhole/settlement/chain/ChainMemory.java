package io.wormhole.settlement.chain;

import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.store.BlockStore;
import io.wormhole.settlement.store.ChainStore;
import java.util.Optional;

/**
 * What a chain remembers.
 *
 * @param genesis the network
 * @param store blocks
 * @param nodes the state, a cache over the store
 * @param trusted a checkpoint from outside that every followed chain must contain
 * @param pruning forgets what is not needed any more
 */
public record ChainMemory(
        Genesis genesis,
        BlockStore store,
        NodeCache nodes,
        Optional<Checkpoint> trusted,
        Pruning pruning) {
    /** What a chain remembers that keeps as much of the past as {@code history} says. */
    public static ChainMemory keeping(
            History history,
            Genesis genesis,
            ChainStore store,
            NodeCache nodes,
            Optional<Checkpoint> trusted) {
        return new ChainMemory(genesis, store, nodes, trusted, new Pruner(store, nodes, history));
    }
}
