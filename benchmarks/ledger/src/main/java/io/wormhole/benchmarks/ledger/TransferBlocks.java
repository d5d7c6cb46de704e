package io.wormhole.benchmarks.ledger;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockVerifier;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.Judgement;
import io.wormhole.settlement.block.PastBlocks;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.store.ChainStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;

/** Blocks of 1,000 transfers among 2,000 people. */
final class TransferBlocks {
    private static final int PEOPLE = 2_000;
    private static final int PER_BLOCK = 1_000;

    private TransferBlocks() {}

    private record Made(Mint mint, List<Bytes> blocks) {}

    private static Made make(int count) {
        Mint mint = new Mint(PEOPLE, 0);
        List<Bytes> blocks = new ArrayList<>();
        for (int block = 0; block < count; block++) {
            List<SignedTransaction> transfers = new ArrayList<>();
            for (int i = 0; i < PER_BLOCK; i++) {
                int from = (block * PER_BLOCK + i) % PEOPLE;
                int to = (from * 7 + 13 * block + 1) % PEOPLE;
                transfers.add(mint.sign(from, new Transfer(mint.payer(to), Amount.of(1_000))));
            }
            blocks.add(mint.next(transfers).encoded());
        }
        return new Made(mint, blocks);
    }

    /** Import with a durable H2 against the rate that signatures alone allow. */
    static void measureImport(int count) throws Exception {
        Made made = make(count);
        int transfers = count * PER_BLOCK;
        double limit = 0;
        double imported = 0;
        for (int round = 0; round < 3; round++) {
            limit = Math.max(limit, transfers / seconds(() -> signatures(made)));
            try (Folder folder = Folder.create()) {
                imported = Math.max(imported, transfers / importInto(folder, made));
            }
        }
        System.out.printf(
                "import: %.0f transfers/s; signatures alone allow %.0f/s on %d cores; ratio %.2f%n",
                imported, limit, Runtime.getRuntime().availableProcessors(), imported / limit);
    }

    private static void signatures(Made made) {
        for (Bytes encoded : made.blocks()) {
            boolean all =
                    Block.decode(encoded).transactions().parallelStream()
                            .allMatch(t -> t.isSignedFor(made.mint().genesis().networkId()));
            require(all);
        }
    }

    private static double importInto(Folder folder, Made made) {
        try (ChainStore store =
                ChainStore.open(
                        folder.path().resolve("chain"),
                        made.mint().genesis().networkId(),
                        16 << 20)) {
            Chain chain =
                    Chain.open(
                            made.mint().genesis(),
                            store,
                            new NodeCache(store, 50_000),
                            Optional.empty());
            return seconds(
                    () -> {
                        for (Bytes encoded : made.blocks()) {
                            ImportResult result =
                                    chain.importBlock(
                                            Block.decode(encoded), Long.MAX_VALUE / 4);
                            require(result instanceof ImportResult.Imported);
                        }
                    });
        }
    }

    /** Stateless verification of past blocks on one core and on all, and full verification. */
    static void measurePast(int count) {
        Made made = make(count);
        List<Block> blocks = made.blocks().stream().map(Block::decode).toList();
        int cores = Runtime.getRuntime().availableProcessors();
        double one = Double.MAX_VALUE;
        double all = Double.MAX_VALUE;
        double full = Double.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            one = Math.min(one, past(made, blocks, 1));
            all = Math.min(all, past(made, blocks, cores));
            ForkJoinPool single = new ForkJoinPool(1);
            full = Math.min(full, seconds(() -> single.submit(() -> full(made, blocks)).join()));
            single.shutdown();
        }
        System.out.printf(
                "past blocks, stateless: %.0f transfers/s on 1 core, %.0f on %d: %.2f times;"
                        + " full verification on 1 core %.0f: stateless takes %.2f of its time%n",
                count * PER_BLOCK / one,
                count * PER_BLOCK / all,
                cores,
                one / all,
                count * PER_BLOCK / full,
                one / full);
    }

    private static double past(Made made, List<Block> blocks, int threads) {
        try (PastBlocks past = new PastBlocks(made.mint().genesis(), threads)) {
            return seconds(
                    () ->
                            require(
                                    past.verify(
                                                    List.of(made.mint().headers().get(0)),
                                                    blocks)
                                            .isEmpty()));
        }
    }

    private static void full(Made made, List<Block> blocks) {
        BlockVerifier verifier = new BlockVerifier(made.mint().genesis());
        Ledger ledger = Ledger.atGenesis(made.mint().genesis());
        List<Long> times = new ArrayList<>();
        Block parent = GenesisBlock.of(made.mint().genesis());
        times.add(parent.header().timeMillis());
        for (Block block : blocks) {
            HeaderContext context =
                    new HeaderContext(
                            parent.header(),
                            times.subList(Math.max(0, times.size() - 11), times.size()));
            Judgement judgement = verifier.apply(context, ledger, block);
            require(judgement instanceof Judgement.Valid);
            ledger = ((Judgement.Valid) judgement).effects().ledger();
            times.add(block.header().timeMillis());
            parent = block;
        }
    }

    static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the benchmark itself is wrong");
        }
    }
}
