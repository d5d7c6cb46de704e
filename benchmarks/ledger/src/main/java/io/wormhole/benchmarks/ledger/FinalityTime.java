package io.wormhole.benchmarks.ledger;

import java.util.function.BooleanSupplier;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.node.NodeSettings;
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** How long it takes from the block that holds a transfer until that block is final. */
final class FinalityTime {
    private static final int DELAY_MILLIS = 100;
    private static final int GONE = 2;
    private static final Amount DSD = Amount.of(1_000_000_000L);

    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "finality");
    private final List<KeyPair> keys = new ArrayList<>();
    private final List<SettlementNode> nodes = new ArrayList<>();
    private final List<DelayedPipe> pipes = new ArrayList<>();
    private final Genesis genesis;

    private FinalityTime(int count) {
        TreeMap<Address, Amount> accounts = new TreeMap<>();
        TreeMap<Address, Amount> stakes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            KeyPair key = KeyPair.ofSeed(Hash.of(DomainTag.ENTROPY, Amount.of(i)).bytes());
            keys.add(key);
            accounts.put(key.address(), DSD.times(1_000));
            stakes.put(key.address(), DSD.times(100));
        }
        genesis = Genesis.development(System.currentTimeMillis() - 1_000, accounts, stakes);
    }

    /** The development network: one node, which is the only miner and validator. */
    static void measure(int transfers) throws Exception {
        run(1, transfers, 0);
    }

    /** So many nodes, each miner and validator, with a delay on every wire. */
    static void measureDelayed(int count) throws Exception {
        run(count, 20, DELAY_MILLIS);
    }

    /** The same network before and after two of its nodes are gone: what the others wait for. */
    static void measureGone(int count) throws Exception {
        FinalityTime network = new FinalityTime(count);
        try (Folder folder = Folder.create()) {
            network.start(folder, DELAY_MILLIS);
            await(() -> network.nodes.get(0).status().finalHeight() > 0);
            String before = network.pace(40);
            for (int i = 1; i <= GONE; i++) {
                network.nodes.get(count - i).stop().toCompletableFuture().join();
            }
            String first = network.pace(20);
            String then = network.pace(40);
            System.out.printf(
                    "gone: %d of %d nodes, %d ms of delay: %s before; %s for 20 blocks after; %s for the next 40%n",
                    GONE, count, DELAY_MILLIS, before, first, then);
            network.nodes.subList(0, count - GONE).forEach(each -> each.stop().toCompletableFuture().join());
            network.end();
        }
    }

    /** Milliseconds per block, and how far behind the head the final block is at most. */
    private String pace(int blocks) {
        SettlementNode node = nodes.get(0);
        long from = node.status().head().height().value();
        long begun = System.nanoTime();
        long[] lag = {0};
        await(
                () -> {
                    long head = node.status().head().height().value();
                    lag[0] = Math.max(lag[0], head - node.status().finalHeight());
                    return head >= from + blocks;
                });
        double millis = (System.nanoTime() - begun) / 1e6;
        long made = node.status().head().height().value() - from;
        return String.format(
                "%.0f ms a block, final at most %.1f epochs behind",
                millis / made, lag[0] / (double) genesis.parameters().finality().epochLength());
    }

    private static void run(int count, int transfers, int delayMillis) throws Exception {
        FinalityTime network = new FinalityTime(count);
        try (Folder folder = Folder.create()) {
            network.start(folder, delayMillis);
            network.measureTransfers(transfers, delayMillis);
        }
    }

    private void start(Folder folder, int delayMillis) throws IOException {
        for (int i = 0; i < keys.size(); i++) {
            List<PeerEndpoint> dialled = new ArrayList<>();
            for (SettlementNode other : nodes) {
                DelayedPipe pipe = new DelayedPipe(other.address().getPort(), delayMillis);
                pipes.add(pipe);
                dialled.add(PeerEndpoint.of("127.0.0.1", pipe.port()));
            }
            nodes.add(
                    Sync.start(
                            system,
                            NodeSettings.full(
                                            genesis,
                                            folder.path().resolve("node-" + i),
                                            keys.get(i),
                                            PeerSettings.of("127.0.0.1", 0, dialled))
                                    .withMiner(keys.get(i).address())
                                    .withValidator(keys.get(i))));
        }
    }

    private void measureTransfers(int transfers, int delayMillis) {
        await(() -> nodes.get(0).status().finalHeight() > 0);
        List<Double> seconds = new ArrayList<>();
        List<Double> epochs = new ArrayList<>();
        SettlementNode node = nodes.get(0);
        int epoch = genesis.parameters().finality().epochLength();
        for (int i = 0; i < transfers; i++) {
            SignedTransaction transfer = transfer(node, i);
            node.settlement().submit(transfer).toCompletableFuture().join();
            await(() -> status(node, transfer) instanceof TransactionStatus.Included);
            long included = System.nanoTime();
            await(
                    () ->
                            status(node, transfer) instanceof TransactionStatus.Included in
                                    && in.certainty() == Certainty.FINAL);
            seconds.add((System.nanoTime() - included) / 1e9);
            long height = ((TransactionStatus.Included) status(node, transfer)).height().value();
            epochs.add((node.status().head().height().value() - height) / (double) epoch);
        }
        seconds.sort(null);
        epochs.sort(null);
        System.out.printf(
                "finality: %d node(s), %d ms of delay: median %.2f s, worst %.2f s after inclusion; median %.2f epochs, worst %.2f%n",
                nodes.size(),
                delayMillis,
                seconds.get(transfers / 2),
                seconds.get(transfers - 1),
                epochs.get(transfers / 2),
                epochs.get(transfers - 1));
        nodes.forEach(each -> each.stop().toCompletableFuture().join());
        end();
    }

    private void end() {
        pipes.forEach(DelayedPipe::close);
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private SignedTransaction transfer(SettlementNode node, int number) {
        KeyPair from = keys.get(0);
        return Transaction.of(
                        from.publicKey(),
                        node.settlement().nextNonce(from.address()).toCompletableFuture().join(),
                        node.settlement().gasPrice(),
                        new Transfer(keys.get(keys.size() - 1).address(), Amount.of(1_000 + number)))
                .signedBy(from, genesis.networkId());
    }

    private static TransactionStatus status(SettlementNode node, SignedTransaction transaction) {
        return node.settlement().transaction(transaction.id()).toCompletableFuture().join();
    }

    private static void await(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            LockSupport.parkNanos(2_000_000);
        }
    }
}
