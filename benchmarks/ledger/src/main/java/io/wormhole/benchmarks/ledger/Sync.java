package io.wormhole.benchmarks.ledger;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.node.NodeSettings;
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerSettings;
import io.wormhole.settlement.store.ChainStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A new node takes over a chain of transfers from another one, over a link. */
final class Sync {
    private static final int PER_BLOCK = 50;
    private static final int PEOPLE = 2_000;

    private Sync() {}

    static void measure(int blocks) throws Exception {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "sync");
        try (Folder first = Folder.create();
                Folder second = Folder.create()) {
            Mint mint = new Mint(PEOPLE, 0);
            List<Bytes> chain = make(mint, blocks);
            store(first, mint, chain);
            SettlementNode server =
                    start(system, settings(mint, first, PeerSettings.of("127.0.0.1", 0, List.of())));
            long begun = System.nanoTime();
            SettlementNode client =
                    start(
                            system,
                            settings(
                                    mint,
                                    second,
                                    PeerSettings.of(
                                            "127.0.0.1",
                                            0,
                                            List.of(
                                                    PeerEndpoint.of(
                                                            "127.0.0.1",
                                                            server.address().getPort())))));
            while (client.status().head().height().value() < blocks) {
                LockSupport.parkNanos(5_000_000);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            double limit =
                    TransferBlocks.seconds(
                            () ->
                                    chain.forEach(
                                            encoded -> TransferBlocks.require(signed(mint, encoded))));
            System.out.printf(
                    "sync: %d blocks of %d transfers in %.1f s, %.0f transfers/s; signatures alone take %.1f s on %d cores; ratio %.2f%n",
                    blocks,
                    PER_BLOCK,
                    seconds,
                    (double) blocks * PER_BLOCK / seconds,
                    limit,
                    Runtime.getRuntime().availableProcessors(),
                    limit / seconds);
            client.stop().toCompletableFuture().join();
            server.stop().toCompletableFuture().join();
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    private static boolean signed(Mint mint, Bytes encoded) {
        return Block.decode(encoded).transactions().parallelStream()
                .allMatch(each -> each.isSignedFor(mint.genesis().networkId()));
    }

    private static List<Bytes> make(Mint mint, int count) {
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
        return blocks;
    }

    private static void store(Folder folder, Mint mint, List<Bytes> blocks) {
        try (ChainStore store =
                ChainStore.open(
                        folder.path().resolve("chain"), mint.genesis().networkId(), 16 << 20)) {
            Chain chain =
                    Chain.open(
                            mint.genesis(), store, new NodeCache(store, 50_000), Optional.empty());
            for (Bytes encoded : blocks) {
                ImportResult result =
                        chain.importBlock(Block.decode(encoded), Long.MAX_VALUE / 4);
                TransferBlocks.require(result instanceof ImportResult.Imported);
            }
        }
    }

    private static NodeSettings settings(Mint mint, Folder folder, PeerSettings peers) {
        return NodeSettings.full(
                mint.genesis(),
                folder.path().resolve("chain"),
                KeyPair.generate(new SecureRandom()),
                peers);
    }

    static SettlementNode start(ActorSystem<?> system, NodeSettings settings) {
        return SettlementNode.start(system, settings).toCompletableFuture().join();
    }
}
