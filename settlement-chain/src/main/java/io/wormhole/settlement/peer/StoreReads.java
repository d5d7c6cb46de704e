package io.wormhole.settlement.peer;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The blocks of a node's store. */
record StoreReads(ChainStore store, Supplier<ChainView> view) implements StoredChain {
    @Override
    public long headHeight() {
        return view.get().head().index().height();
    }

    @Override
    public Optional<BlockHeader> header(Hash block) {
        return store.block(block).map(StoredBlock::header);
    }

    @Override
    public List<Hash> followed(long fromHeight, int most) {
        return store.canonical(fromHeight, most);
    }
}
