package io.wormhole.benchmarks.ledger;

import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.History;
import io.wormhole.settlement.store.ChainStore;
import java.util.List;
import java.util.Optional;

/** How a chain grows on the disk on which nothing happens. */
final class IdleChain {
    // What a node with `chain.keep-blocks = 1000` keeps.
    private static final List<History> ALL =
            List.of(History.ARCHIVE, History.FULL, History.FULL.withBodies(1_000));

    private IdleChain() {}

    static void measure(int count) throws Exception {
        for (History history : ALL) {
            Mint mint = new Mint(3, 0);
            try (Folder folder = Folder.create()) {
                try (ChainStore store =
                        ChainStore.open(
                                folder.path().resolve("chain"),
                                mint.genesis().networkId(),
                                4 << 20)) {
                    Chain chain =
                            Chain.open(
                                    mint.genesis(),
                                    store,
                                    new NodeCache(store, 20_000),
                                    Optional.empty(),
                                    history);
                    long body = 0;
                    for (int i = 0; i < count; i++) {
                        Block block = mint.next(mint.votes(i + 1));
                        body += block.encoded().size();
                        TransferBlocks.require(
                                chain.importBlock(block, Long.MAX_VALUE / 4)
                                        instanceof
                                        ImportResult.Imported);
                    }
                    System.out.printf(
                            "idle, %s: %d blocks, %d bytes a block encoded, final %d, pruned %d, running %d"
                                    + " bytes a block%n",
                            history,
                            count,
                            body / count,
                            chain.finalBlock().index().height(),
                            store.prunedHeight(),
                            folder.bytes() / count);
                    store.compact();
                }
                System.out.printf("  after compaction: %d bytes a block%n", folder.bytes() / count);
            }
        }
    }
}
