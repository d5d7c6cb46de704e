package io.wormhole.benchmarks.ledger;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.Assembly;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockVerifier;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.ChainMemory;
import io.wormhole.settlement.chain.Judges;
import io.wormhole.settlement.chain.History;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.ledger.LedgerKeys;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.store.ChainStore;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A state of many accounts: build, blocks with witnesses, proofs, restart, heap and disk. */
final class LargeState {
    private static final int PAYERS = 2_000;

    // Few make the accounts, so that what changes in a block is mostly what is new.
    private static final int BUILDERS = 100;
    private static final int NUMBER_BITS = 24;
    private static final int PER_BLOCK = 1_000;
    private static final int PER_LARGE_BLOCK = 5_000;
    private static final int BLOCKS = 60;
    private static final int CACHED_NODES = Integer.getInteger("nodes", 2_500_000);
    private static final long STORE_CACHE_BYTES = 16 << 20;

    // As few as a node may keep, so that the disk holds the state and not the blocks.
    private static final History SHORT = new History(96).withBodies(96);

    private LargeState() {}

    static void measure(int accounts) throws Exception {
        Mint mint = new Mint(PAYERS, 0);
        try (Folder folder = Folder.create()) {
            grow(folder, mint, accounts);
            restart(folder, mint, accounts);
        }
    }

    private static ChainStore store(Folder folder, Mint mint) {
        return ChainStore.open(
                folder.path().resolve("chain"), mint.genesis().networkId(), STORE_CACHE_BYTES);
    }

    /** A chain that believes signatures, so that the state alone is measured. */
    private static Chain open(Mint mint, ChainStore store) {
        BlockVerifier verifier = new BlockVerifier(mint.genesis(), SignatureCheck.DONE_BEFORE);
        return Chain.open(
                ChainMemory.keeping(
                        SHORT,
                        mint.genesis(),
                        store,
                        new NodeCache(store, CACHED_NODES),
                        Optional.empty()),
                new Judges(SignatureCheck.DONE_BEFORE, verifier::apply));
    }

    private static void grow(Folder folder, Mint mint, int accounts) throws Exception {
        try (ChainStore store = store(folder, mint)) {
            Chain chain = open(mint, store);
            mint.replace(chain.headLedger());
            long start = System.nanoTime();
            long[] order = inOrder(accounts);
            int made = 0;
            while (made < accounts) {
                int count = Math.min(PER_LARGE_BLOCK, accounts - made);
                List<SignedTransaction> transfers = new ArrayList<>(votes(chain, mint));
                for (int i = 0; i < count; i++) {
                    transfers.add(pay(mint, (made + i) % BUILDERS, numberOf(order[made + i])));
                }
                take(chain, mint, mint.next(transfers));
                made += count;
                if (made % 500_000 == 0) {
                    System.out.printf(
                            "  %d accounts after %.1f s, heap after collection at most %d MB%n",
                            made, since(start), peakHeap() >> 20);
                }
            }
            System.out.printf(
                    "state of %d accounts: built by transfers in blocks in %.1f s%n",
                    accounts, since(start));
            System.out.printf("  while built: %d bytes an account%n", folder.bytes() / accounts);
            blocks(chain, mint, accounts);
            for (int i = 0; i < 2 * SHORT.finalStates(); i++) {
                take(chain, mint, mint.next(votes(chain, mint)));
            }
            store.compact();
        }
        System.out.printf(
                "  disk after compaction, %d last blocks and their states included:"
                        + " %d bytes an account%n",
                SHORT.finalBodies(), folder.bytes() / accounts);
    }

    private static List<SignedTransaction> votes(Chain chain, Mint mint) {
        return mint.votes(chain.head().index().height() + 1);
    }

    private static void blocks(Chain chain, Mint mint, int accounts) {
        double[] making = new double[BLOCKS];
        double[] importing = new double[BLOCKS];
        long witness = 0;
        for (int block = 0; block < BLOCKS; block++) {
            List<SignedTransaction> transfers = new ArrayList<>(votes(chain, mint));
            for (int i = 0; i < PER_BLOCK; i++) {
                int from = i % PAYERS;
                // A large odd step: receivers are everywhere in the state.
                long to = ((long) block * PER_BLOCK + i) * 7_919_317L % accounts;
                transfers.add(pay(mint, from, (int) to));
            }
            long began = System.nanoTime();
            Assembly made = mint.assemble(transfers);
            making[block] = since(began);
            Block solved = mint.next(made);
            witness += solved.witness().encoded().size();
            began = System.nanoTime();
            take(chain, mint, solved);
            importing[block] = since(began);
        }
        System.out.printf(
                "  blocks of %d transfers: %.0f account updates/s made with roots and witness,"
                        + " %.0f/s imported into a durable H2 (medians; means %.0f and %.0f);"
                        + " witness %d bytes a transfer%n",
                PER_BLOCK,
                2.0 * PER_BLOCK / median(making),
                2.0 * PER_BLOCK / median(importing),
                2.0 * PER_BLOCK / Arrays.stream(making).average().orElseThrow(),
                2.0 * PER_BLOCK / Arrays.stream(importing).average().orElseThrow(),
                witness / BLOCKS / PER_BLOCK);
        System.out.printf(
                "  proof of one account: %d bytes; heap after collection at most %d MB%n",
                chain.headLedger().proveAccount(Mint.other(accounts / 3)).encoded().size(),
                peakHeap() >> 20);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /**
     * The numbers of so many accounts in the order in which they lie in the state, so that building
     * it need not change it all over in each block.
     */
    private static long[] inOrder(int accounts) {
        long[] order = new long[accounts];
        for (int i = 0; i < accounts; i++) {
            byte[] key = LedgerKeys.account(Mint.other(i)).bytes().toArray();
            order[i] = ByteBuffer.wrap(key).getLong() >>> 1 & -(1L << NUMBER_BITS) | i;
        }
        Arrays.sort(order);
        return order;
    }

    private static SignedTransaction pay(Mint mint, int payer, int account) {
        return mint.unsigned(payer, new Transfer(Mint.other(account), Amount.of(1_000)));
    }

    private static int numberOf(long placed) {
        return (int) (placed & (1L << NUMBER_BITS) - 1);
    }

    private static void take(Chain chain, Mint mint, Block block) {
        TransferBlocks.require(
                chain.importBlock(block, Long.MAX_VALUE / 4) instanceof ImportResult.Imported);
        mint.replace(chain.headLedger());
    }

    private static void restart(Folder folder, Mint mint, int accounts) {
        long start = System.nanoTime();
        try (ChainStore store = store(folder, mint)) {
            Chain chain = open(mint, store);
            TransferBlocks.require(chain.headLedger().account(Mint.other(accounts / 3)).isPresent());
            System.out.printf(
                    "  restart to ready with %d accounts: %.2f s%n", accounts, since(start));
        }
    }

    /** The most that a collection of the whole heap has ever left. */
    private static long peakHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long now = runtime.totalMemory() - runtime.freeMemory();
        long old =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .filter(pool -> pool.getCollectionUsage() != null)
                        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                        .sum();
        return Math.max(now, old);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
