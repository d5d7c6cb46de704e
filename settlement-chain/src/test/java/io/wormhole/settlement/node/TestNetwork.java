package io.wormhole.settlement.node;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorSystem;

/** Nodes of a development network on loopback, in this process. */
public final class TestNetwork {
    public static final Amount DSD = Amount.of(1_000_000_000L);

    /** Another process of the same network is given the time of genesis by this property. */
    static final String START = "wormhole.test.start";

    public static final Genesis GENESIS =
            Genesis.development(
                    Long.getLong(START, System.currentTimeMillis() - 1000),
                    Map.of(
                            Alice.ADDRESS, DSD.times(1000),
                            Bob.ADDRESS, DSD.times(1000),
                            Mallory.ADDRESS, DSD.times(1000)),
                    Map.of(Alice.ADDRESS, DSD.times(100)));

    private final ActorSystem<?> system;
    private final Path folder;
    private final List<SettlementNode> running = new ArrayList<>();

    public TestNetwork(ActorSystem<?> system, Path folder) {
        this.system = system;
        this.folder = folder;
    }

    public static KeyPair nodeKey(int number) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        Arrays.fill(seed, (byte) number);
        return KeyPair.ofSeed(Bytes.of(seed));
    }

    public Path file(int number) {
        return folder.resolve("node-" + number);
    }

    public NodeSettings settings(int number, SettlementNode... dialled) {
        return NodeSettings.full(GENESIS, file(number), nodeKey(number), peers(dialled));
    }

    public static PeerSettings peers(SettlementNode... dialled) {
        return PeerSettings.of(
                "127.0.0.1",
                0,
                Arrays.stream(dialled)
                        .map(node -> PeerEndpoint.of("127.0.0.1", node.address().getPort()))
                        .toList());
    }

    public SettlementNode start(NodeSettings settings) {
        SettlementNode node = get(SettlementNode.start(system, settings));
        running.add(node);
        return node;
    }

    /** A node that mines and votes for Alice. */
    public SettlementNode startMiner(int number, SettlementNode... dialled) {
        return start(settings(number, dialled).withMiner(Alice.ADDRESS).withValidator(Alice.KEYS));
    }

    public void stop(SettlementNode node) {
        running.remove(node);
        get(node.stop());
    }

    public void stopAll() {
        List.copyOf(running).forEach(this::stop);
    }

    public static SignedTransaction transfer(
            SettlementNode node, KeyPair from, Address to, Amount amount) {
        Nonce nonce = get(node.settlement().nextNonce(from.address()));
        return transfer(node, from, to, amount, nonce.value());
    }

    public static SignedTransaction transfer(
            SettlementNode node, KeyPair from, Address to, Amount amount, long nonce) {
        return Transaction.of(
                        from.publicKey(),
                        new Nonce(nonce),
                        node.settlement().gasPrice(),
                        new Transfer(to, amount))
                .signedBy(from, GENESIS.networkId());
    }

    public static SignedTransaction submit(
            SettlementNode node, KeyPair from, Address to, Amount amount) {
        SignedTransaction transaction = transfer(node, from, to, amount);
        Submission answer = get(node.settlement().submit(transaction));
        if (answer instanceof Submission.Refused refused) {
            throw new AssertionError(refused.reason());
        }
        return transaction;
    }

    /** Waits until something holds, for at most 40 seconds. */
    public static void eventually(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 40 s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    public static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(failed.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError("no answer within 40 s", late);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
