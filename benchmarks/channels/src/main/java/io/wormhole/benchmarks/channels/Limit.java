package io.wormhole.benchmarks.channels;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** How many updates the signatures alone allow: two made and two checked for each. */
final class Limit {
    private static final int CORES = 2;
    private static final long NANOS = 3_000_000_000L;

    private Limit() {}

    static double updatesPerSecond() {
        run(NANOS / 3);
        return run(NANOS);
    }

    private static double run(long nanos) {
        LongAdder updates = new LongAdder();
        long start = System.nanoTime();
        CompletableFuture<?>[] workers = new CompletableFuture<?>[CORES];
        for (int i = 0; i < CORES; i++) {
            workers[i] = CompletableFuture.runAsync(() -> work(start + nanos, updates));
        }
        CompletableFuture.allOf(workers).join();
        return updates.sum() * 1e9 / (System.nanoTime() - start);
    }

    private static void work(long end, LongAdder updates) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        KeyPair key = KeyPair.ofSeed(Bytes.of(seed));
        Bytes content = Bytes.of(new byte[64]);
        while (System.nanoTime() < end) {
            for (int i = 0; i < 2; i++) {
                Signature made = key.sign(DomainTag.CHANNEL_STATE, Pair.NETWORK, content);
                if (!key.publicKey()
                        .verifies(made, DomainTag.CHANNEL_STATE, Pair.NETWORK, content)) {
                    throw new IllegalStateException("a signature does not verify");
                }
            }
            updates.increment();
        }
    }
}
