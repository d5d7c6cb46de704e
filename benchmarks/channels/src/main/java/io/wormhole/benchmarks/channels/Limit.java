package io.wormhole.benchmarks.channels;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** What signatures alone, and the disk alone, allow. */
final class Limit {
    private static final int CORES = 2;
    private static final long NANOS = 2_000_000_000L;
    private static final int STATE_BYTES = 64;
    private static final int BLOCK = 4_096;
    private static final int BLOCKS = 2_048;

    private Limit() {}

    /** Updates with two signatures made and two checked for each, on two cores. */
    static double updatesPerSecond() {
        LongAdder updates = new LongAdder();
        long start = System.nanoTime();
        CompletableFuture<?>[] workers = new CompletableFuture<?>[CORES];
        for (int i = 0; i < CORES; i++) {
            byte[] seed = ByteBuffer.allocate(KeyPair.SEED_SIZE).putLong(start + i).array();
            KeyPair key = KeyPair.ofSeed(Bytes.of(seed));
            workers[i] = CompletableFuture.runAsync(() -> sign(key, start + NANOS, updates));
        }
        CompletableFuture.allOf(workers).join();
        return updates.sum() * 1e9 / (System.nanoTime() - start);
    }

    // Never the same content twice: a signature that was found valid is not checked again.
    private static void sign(KeyPair key, long end, LongAdder updates) {
        long state = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 2; i++) {
                byte[] bytes = ByteBuffer.allocate(STATE_BYTES).putLong(state++).array();
                Bytes content = Bytes.of(bytes);
                Signature made = key.sign(DomainTag.CHANNEL_STATE, Pair.NETWORK, content);
                if (!key.publicKey()
                        .verifies(made, DomainTag.CHANNEL_STATE, Pair.NETWORK, content)) {
                    throw new IllegalStateException("a signature does not verify");
                }
            }
            updates.increment();
        }
    }

    /** Writes of one block into a file of a fixed size, each forced before the next. */
    static double forcedPerSecond() {
        try {
            Path file = Files.createTempFile("wormhole-forced", "");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(BLOCKS * BLOCK), 0);
                channel.force(true);
                return force(channel);
            } finally {
                Files.delete(file);
            }
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    private static double force(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        long start = System.nanoTime();
        long writes = 0;
        while (System.nanoTime() < start + NANOS) {
            block.clear().putLong(0, writes);
            channel.write(block, writes % BLOCKS * BLOCK);
            channel.force(false);
            writes++;
        }
        return writes * 1e9 / (System.nanoTime() - start);
    }
}
