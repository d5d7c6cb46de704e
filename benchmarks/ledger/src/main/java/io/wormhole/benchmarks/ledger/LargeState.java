package io.wormhole.benchmarks.ledger;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.store.ChainStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A state of many accounts: build, blocks with witnesses, proofs, restart, heap and disk. */
final class LargeState {
    private static final int PAYERS = 20_000;
    private static final int PER_BLOCK = 1_000;
    private static final int BLOCKS = 20;

    private LargeState() {}

    static void measure(int accounts) throws Exception {
        long start = System.nanoTime();
        Mint mint = new Mint(PAYERS, accounts - PAYERS);
        mint.ledger().roots(io.wormhole.protocol.crypto.Hash.ZERO, io.wormhole.protocol.crypto.Hash.ZERO);
        System.out.printf(
                "state of %d accounts: built with root in memory in %.1f s%n",
                accounts, since(start));
        try (Folder folder = Folder.create()) {
            grow(folder, mint, accounts);
            restart(folder, mint, accounts);
        }
    }

    private static void grow(Folder folder, Mint mint, int accounts) throws Exception {
        try (ChainStore store =
                ChainStore.open(
                        folder.path().resolve("chain"), mint.genesis().networkId(), 64 << 20)) {
            long start = System.nanoTime();
            NodeCache nodes = new NodeCache(store, 100_000);
            Chain chain = Chain.open(mint.genesis(), store, nodes, Optional.empty());
            System.out.printf("  stored in %.1f s%n", since(start));
            mint.replace(chain.headLedger());
            double making = 0;
            double importing = 0;
            long witness = 0;
            for (int block = 0; block < BLOCKS; block++) {
                List<SignedTransaction> transfers = transfers(mint, block, accounts);
                long began = System.nanoTime();
                mint.assemble(transfers);
                making += since(began);
                Block made = mint.next(transfers);
                witness += made.witness().encoded().size();
                began = System.nanoTime();
                TransferBlocks.require(
                        chain.importBlock(made, Long.MAX_VALUE / 4)
                                instanceof ImportResult.Imported);
                importing += since(began);
                mint.replace(chain.headLedger());
            }
            Ledger head = chain.headLedger();
            System.out.printf(
                    "  blocks of %d transfers: %.0f account updates/s with root and witness,"
                            + " %.0f/s imported into a durable H2; witness %d bytes a transfer%n",
                    PER_BLOCK,
                    2.0 * PER_BLOCK * BLOCKS / making,
                    2.0 * PER_BLOCK * BLOCKS / importing,
                    witness / BLOCKS / PER_BLOCK);
            System.out.printf(
                    "  proof of one account: %d bytes; heap in use %d MB%n",
                    head.proveAccount(Mint.other(1)).encoded().size(), usedHeap() >> 20);
            store.compact();
        }
        System.out.printf(
                "  disk after compaction: %d bytes an account%n", folder.bytes() / accounts);
    }

    private static List<SignedTransaction> transfers(Mint mint, int block, int accounts) {
        List<SignedTransaction> transfers = new ArrayList<>();
        for (int i = 0; i < PER_BLOCK; i++) {
            int from = (block * PER_BLOCK + i) % PAYERS;
            int to = (int) ((from * 7919L + block * 104_729L) % (accounts - PAYERS));
            transfers.add(mint.sign(from, new Transfer(Mint.other(to), Amount.of(1_000))));
        }
        return transfers;
    }

    private static void restart(Folder folder, Mint mint, int accounts) {
        long start = System.nanoTime();
        try (ChainStore store =
                ChainStore.open(
                        folder.path().resolve("chain"), mint.genesis().networkId(), 64 << 20)) {
            Chain chain =
                    Chain.open(
                            mint.genesis(),
                            store,
                            new NodeCache(store, 100_000),
                            Optional.empty());
            TransferBlocks.require(chain.headLedger().account(Mint.other(1)).isPresent());
            AuthenticatedMap map =
                    chain.headLedger().map(io.wormhole.settlement.ledger.StateTree.ACCOUNTS);
            TransferBlocks.require(!map.isEmpty());
            System.out.printf(
                    "  restart to ready with %d accounts: %.2f s%n", accounts, since(start));
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
