package io.wormhole.benchmarks.channels;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two nodes with a link between them. */
final class Pair implements AutoCloseable {
    static final NetworkId NETWORK = 
            new NetworkId(Hash.of(DomainTag.GENESIS, Bytes.of((byte) 1)));
    private static final Amount DEPOSIT = Amount.of(1_000_000_000_000L);

    final OpenChain chain = new OpenChain(NETWORK);
    final Path directory;
    BenchmarkNode alice;
    BenchmarkNode bob;
    private long salt;

    Pair() {
        try {
            directory = Files.createTempDirectory("wormhole-channels");
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
        alice = node("alice", 1);
        bob = node("bob", 2);
        alice.channels.reach(bob.key.publicKey(), "127.0.0.1", bob.port);
    }

    private BenchmarkNode node(String name, int seed) {
        byte[] bytes = new byte[KeyPair.SEED_SIZE];
        bytes[0] = (byte) seed;
        return new BenchmarkNode(
                KeyPair.ofSeed(Bytes.of(bytes)), chain, directory.resolve(name));
    }

    /** Stops Alice and starts her again from her journal. */
    void restartAlice() {
        alice.close();
        alice = node("alice", 1);
        alice.channels.reach(bob.key.publicKey(), "127.0.0.1", bob.port);
    }

    /** Opens channels and waits until both sides can use them. */
    List<ChannelId> open(int count) throws InterruptedException {
        List<ChannelId> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(salt++).array();
            ChannelTerms terms =
                    new ChannelTerms(
                            List.of(
                                    new Participant(alice.key.publicKey(), DEPOSIT),
                                    new Participant(bob.key.publicKey(), DEPOSIT)),
                            10,
                            CloseRule.CLOSE_AT_ONCE,
                            Amount.ZERO,
                            Hash.of(DomainTag.GENESIS, Bytes.of(bytes)));
            alice.channels.open(terms);
            opened.add(terms.id(NETWORK));
            if (i % 50 == 49) {
                alice.ready.acquire(50);
                bob.ready.acquire(50);
            }
        }
        alice.ready.acquire(count % 50);
        bob.ready.acquire(count % 50);
        return opened;
    }

    @Override
    public void close() {
        alice.close();
        bob.close();
        Stores.delete(directory);
    }
}
