package io.wormhole.benchmarks.ledger;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockVerifier;
import io.wormhole.settlement.block.RehearsingJudge;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.ChainMemory;
import io.wormhole.settlement.chain.History;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.chain.Judges;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.node.NodeSettings;
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerSettings;
import io.wormhole.settlement.store.ChainStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A new node takes over a chain of transfers from another one, over a link. A long chain takes
 * longer to make than to sync: {@code -Dchain=FOLDER} keeps it there, and takes it from there.
 * {@code -Dtransfers=N} says how many a block holds, 50 otherwise.
 */
final class Sync {
    private static final int PER_BLOCK = Integer.getInteger("transfers", 50);
    private static final int PEOPLE = 2_000;
    private static final int BLOCKS_AT_ONCE = 500;
    private static final int PIECES = 8;

    private Sync() {}

    static void measure(int blocks) throws Exception {
        Mint mint = new Mint(PEOPLE, 0);
        Optional<String> kept = Optional.ofNullable(System.getProperty("chain"));
        if (kept.isPresent()) {
            measure(mint, blocks, Files.createDirectories(Path.of(kept.get())));
        } else {
            try (Folder made = Folder.create()) {
                measure(mint, blocks, made.path());
            }
        }
    }

    private static void measure(Mint mint, int blocks, Path first) throws Exception {
        make(mint, blocks, first);
        if (Boolean.getBoolean("make")) {
            return;
        }
        // Before and after: the machine may not stay as fast as it is.
        Spent before = signatures(mint, blocks, first);
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "sync");
        try (Folder second = Folder.create()) {
            SettlementNode server =
                    start(system, settings(mint, first, PeerSettings.of("127.0.0.1", 0, List.of())));
            PeerEndpoint endpoint = PeerEndpoint.of("127.0.0.1", server.address().getPort());
            Spent begun = Spent.now();
            SettlementNode client =
                    start(
                            system,
                            settings(
                                    mint,
                                    second.path(),
                                    PeerSettings.of("127.0.0.1", 0, List.of(endpoint))));
            while (client.status().head().height().value() < blocks) {
                LockSupport.parkNanos(50_000_000);
            }
            Spent spent = begun.until(Spent.now());
            client.stop().toCompletableFuture().join();
            server.stop().toCompletableFuture().join();
            Spent after = signatures(mint, blocks, first);
            print(blocks, spent, before, after);
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    private static void print(int blocks, Spent spent, Spent before, Spent after) {
        System.out.printf(
                "sync: %d blocks of %d transfers in %.1f s, %.0f transfers/s; signatures alone take %.1f s before and %.1f s after on %d cores; ratio %.2f%n",
                blocks,
                PER_BLOCK,
                spent.seconds(),
                (double) blocks * PER_BLOCK / spent.seconds(),
                before.seconds(),
                after.seconds(),
                Runtime.getRuntime().availableProcessors(),
                (before.seconds() + after.seconds()) / 2 / spent.seconds());
        System.out.printf(
                "  processor time, whatever else runs: %.0f s; signatures alone %.0f s before and %.0f s after; ratio %.2f%n",
                spent.processor(),
                before.processor(),
                after.processor(),
                (before.processor() + after.processor()) / 2 / spent.processor());
    }

    /** Seconds on the clock, and of all processors in this process. */
    private record Spent(double seconds, double processor) {
        static Spent now() {
            var system =
                    (com.sun.management.OperatingSystemMXBean)
                            ManagementFactory.getOperatingSystemMXBean();
            return new Spent(System.nanoTime() / 1e9, system.getProcessCpuTime() / 1e9);
        }

        Spent until(Spent later) {
            return new Spent(later.seconds - seconds, later.processor - processor);
        }

        Spent plus(Spent more, double times) {
            return new Spent(seconds + times * more.seconds, processor + times * more.processor);
        }
    }

    /**
     * How long all cores take for the signatures and for nothing else; of a long chain some pieces
     * are measured.
     */
    private static Spent signatures(Mint mint, int blocks, Path folder) {
        Spent spent = new Spent(0, 0);
        int measured = 0;
        long step = (long) BLOCKS_AT_ONCE * Math.max(1, blocks / BLOCKS_AT_ONCE / PIECES);
        try (ChainStore store = open(mint, folder)) {
            for (long from = 1; from <= blocks; from += step) {
                List<SignedTransaction> some = new ArrayList<>();
                int most = (int) Math.min(BLOCKS_AT_ONCE, blocks - from + 1);
                measured += most;
                for (Hash hash : store.canonical(from, most)) {
                    some.addAll(Block.decode(store.body(hash).orElseThrow()).transactions());
                }
                Spent begun = Spent.now();
                TransferBlocks.require(
                        some.parallelStream()
                                .allMatch(each -> each.isSignedFor(mint.genesis().networkId())));
                spent = spent.plus(begun.until(Spent.now()), 1);
            }
        }
        return new Spent(0, 0).plus(spent, (double) blocks / measured);
    }

    /** Makes a chain of so many blocks in a folder, unless it is there. */
    private static void make(Mint mint, int count, Path folder) {
        try (ChainStore store = open(mint, folder)) {
            Judges judges =
                    new Judges(
                            SignatureCheck.DONE_BEFORE,
                            new RehearsingJudge(
                                    new BlockVerifier(
                                            mint.genesis(), SignatureCheck.DONE_BEFORE)));
            Chain chain =
                    Chain.open(
                            ChainMemory.keeping(
                                    History.FULL,
                                    mint.genesis(),
                                    store,
                                    new NodeCache(store, 50_000),
                                    Optional.empty()),
                            judges);
            if (chain.head().index().height() >= count) {
                return;
            }
            for (int block = 0; block < count; block++) {
                Bytes encoded = mint.next(transfers(mint, block)).encoded();
                ImportResult result =
                        chain.importBlock(Block.decode(encoded), Long.MAX_VALUE / 4);
                TransferBlocks.require(result instanceof ImportResult.Imported);
            }
        }
    }

    private static List<SignedTransaction> transfers(Mint mint, int block) {
        List<SignedTransaction> transfers = new ArrayList<>(mint.votes(block + 1L));
        for (int i = 0; i < PER_BLOCK; i++) {
            int from = (block * PER_BLOCK + i) % PEOPLE;
            int to = Math.floorMod(from * 7 + 13 * block + 1, PEOPLE);
            transfers.add(mint.sign(from, new Transfer(mint.payer(to), Amount.of(1_000))));
        }
        return transfers;
    }

    private static ChainStore open(Mint mint, Path folder) {
        return ChainStore.open(folder.resolve("chain"), mint.genesis().networkId(), 16 << 20);
    }

    private static NodeSettings settings(Mint mint, Path folder, PeerSettings peers) {
        return NodeSettings.full(
                mint.genesis(),
                folder.resolve("chain"),
                KeyPair.generate(new SecureRandom()),
                peers);
    }

    static SettlementNode start(ActorSystem<?> system, NodeSettings settings) {
        return SettlementNode.start(system, settings).toCompletableFuture().join();
    }
}
