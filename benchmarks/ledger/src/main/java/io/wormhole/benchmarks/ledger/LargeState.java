package io.wormhole.benchmarks.ledger;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockVerifier;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.store.ChainStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A state of many accounts: build, blocks with witnesses, proofs, restart, heap and disk. */
final class LargeState {
    private static final int PAYERS = 20_000;
    private static final int PER_BLOCK = 1_000;
    private static final int PER_LARGE_BLOCK = 5_000;
    private static final int BLOCKS = 20;

    private LargeState() {}

    static void measure(int accounts) throws Exception {
        Mint mint = new Mint(PAYERS, 0);
        try (Folder folder = Folder.create()) {
            grow(folder, mint, accounts);
            restart(folder, mint, accounts);
        }
    }

    /** A chain that believes signatures, so that the state alone is measured. */
    private static Chain open(Mint mint, ChainStore store) {
        if (store.head().isEmpty()) {
            Chain.open(mint.genesis(), store, new NodeCache(store, 1_000), Optional.empty());
        }
        BlockVerifier verifier = new BlockVerifier(mint.genesis(), SignatureCheck.DONE_BEFORE);
        return Chain.open(
                new Chain.Memory(
                        mint.genesis(), store, new NodeCache(store, 100_000), Optional.empty()),
                new Chain.Judges(SignatureCheck.DONE_BEFORE, verifier::apply));
    }

    private static void grow(Folder folder, Mint mint, int accounts) throws Exception {
        try (ChainStore store =
                ChainStore.open(
                        folder.path().resolve("chain"), mint.genesis().networkId(), 64 << 20)) {
            Chain chain = open(mint, store);
            mint.replace(chain.headLedger());
            long start = System.nanoTime();
            int made = 0;
            while (made < accounts) {
                int count = Math.min(PER_LARGE_BLOCK, accounts - made);
                List<SignedTransaction> transfers = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    transfers.add(pay(mint, (made + i) % PAYERS, made + i));
                }
                take(chain, mint, mint.next(transfers));
                made += count;
            }
            System.out.printf(
                    "state of %d accounts: built by transfers in blocks in %.1f s%n",
                    accounts, since(start));
            blocks(chain, mint, accounts);
            store.compact();
        }
        System.out.printf(
                "  disk after compaction, blocks included: %d bytes an account%n",
                folder.bytes() / accounts);
    }

    private static void blocks(Chain chain, Mint mint, int accounts) {
        double making = 0;
        double importing = 0;
        long witness = 0;
        for (int block = 0; block < BLOCKS; block++) {
            List<SignedTransaction> transfers = new ArrayList<>();
            for (int i = 0; i < PER_BLOCK; i++) {
                int from = (block * PER_BLOCK + i) % PAYERS;
                transfers.add(
                        pay(mint, from, (int) ((from * 7919L + block * 104_729L) % accounts)));
            }
            long began = System.nanoTime();
            mint.assemble(transfers);
            making += since(began);
            Block made = mint.next(transfers);
            witness += made.witness().encoded().size();
            began = System.nanoTime();
            take(chain, mint, made);
            importing += since(began);
        }
        System.out.printf(
                "  blocks of %d transfers: %.0f account updates/s with root and witness,"
                        + " %.0f/s imported into a durable H2; witness %d bytes a transfer%n",
                PER_BLOCK,
                2.0 * PER_BLOCK * BLOCKS / making,
                2.0 * PER_BLOCK * BLOCKS / importing,
                witness / BLOCKS / PER_BLOCK);
        System.out.printf(
                "  proof of one account: %d bytes; heap in use %d MB%n",
                chain.headLedger().proveAccount(Mint.other(1)).encoded().size(),
                usedHeap() >> 20);
    }

    private static SignedTransaction pay(Mint mint, int payer, int account) {
        return mint.unsigned(payer, new Transfer(Mint.other(account), Amount.of(1_000)));
    }

    private static void take(Chain chain, Mint mint, Block block) {
        TransferBlocks.require(
                chain.importBlock(block, Long.MAX_VALUE / 4) instanceof ImportResult.Imported);
        mint.replace(chain.headLedger());
    }

    private static void restart(Folder folder, Mint mint, int accounts) {
        long start = System.nanoTime();
        try (ChainStore store =
                ChainStore.open(
                        folder.path().resolve("chain"), mint.genesis().networkId(), 64 << 20)) {
            Chain chain = open(mint, store);
            TransferBlocks.require(chain.headLedger().account(Mint.other(1)).isPresent());
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
