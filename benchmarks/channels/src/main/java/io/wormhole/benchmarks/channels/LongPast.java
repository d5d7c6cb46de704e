package io.wormhole.benchmarks.channels;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.DoneRequests;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * How long a channel takes to wake that has very many updates behind it, and how much room they
 * left behind. Both sides are the actors of a node and sign each state; only the link between them
 * is left out.
 */
final class LongPast {
    private static final int UPDATES = Integer.getInteger("past", 1_000_000);
    private static final List<Integer> WOKEN =
            List.of(System.getProperty("wake", "2,0,1").split(",")).stream()
                    .map(Integer::valueOf)
                    .toList();
    private static final int LONG = 2;
    private static final Amount DEPOSIT = Amount.of(1_000_000_000L);
    private static final Update PAY = Update.of(new ChannelOperation.Pay(0, Amount.of(1)));

    private final Path directory;
    private final KeyPair alice = key(1);
    private final KeyPair bob = key(2);

    LongPast(Path directory) {
        this.directory = directory;
    }

    private static KeyPair key(int number) {
        byte[] seed = ByteBuffer.allocate(KeyPair.SEED_SIZE).putInt(number).array();
        return KeyPair.ofSeed(Bytes.of(seed));
    }

    private ChannelTerms terms(int channel) {
        return new ChannelTerms(
                List.of(
                        new Participant(alice.publicKey(), DEPOSIT),
                        new Participant(bob.publicKey(), DEPOSIT)),
                10,
                CloseRule.CLOSE_AT_ONCE,
                Amount.ZERO,
                Hash.of(DomainTag.GENESIS, Bytes.of((byte) channel)));
    }

    // Not in the list of channels, or the node would wake them before it is asked to.
    void prepare() {
        long start = System.nanoTime();
        Path store = directory.resolve("alice");
        try (JournalSystem journal = new JournalSystem(store)) {
            for (int channel = 0; channel <= LONG; channel++) {
                Couple couple = new Couple(journal, terms(channel), alice, bob);
                couple.open();
                update(couple, store, channel == LONG ? UPDATES : 1);
            }
        }
        System.out.printf(
                "a channel with %d updates stored in %.0f s; closed, both sides have %.1f MB%n",
                UPDATES, (System.nanoTime() - start) / 1e9, megabytes(store));
    }

    private static void update(Couple couple, Path store, int updates) {
        for (int update = 1; update <= updates; update++) {
            // Named as by somebody who asks again after a crash, so that their names are kept.
            ChannelEntity.Answer answer =
                    couple.update(DoneRequests.ONCE + "payment-" + update, PAY).join();
            if (!(answer instanceof ChannelEntity.Completed)) {
                throw new IllegalStateException("not paid: " + answer);
            }
            if (updates > 1 && Integer.bitCount(update) == 1 || update % 100_000 == 0) {
                System.out.printf(
                        "after %d updates both sides have %.1f MB%n", update, megabytes(store));
            }
        }
    }

    private static double megabytes(Path store) {
        return Stores.bytes(store) / 1e6;
    }

    void measure() {
        OpenChain chain = new OpenChain(Pair.NETWORK);
        for (int i = 0; i <= LONG; i++) {
            chain.holds(terms(i));
        }
        long start = System.nanoTime();
        try (BenchmarkNode hers = new BenchmarkNode(alice, chain, directory.resolve("alice"))) {
            System.out.printf("the node starts in %.2f s%n", (System.nanoTime() - start) / 1e9);
            for (int channel : WOKEN) {
                wake(hers, terms(channel).id(Pair.NETWORK));
            }
        }
    }

    private static void wake(BenchmarkNode hers, ChannelId channel) {
        long start = System.nanoTime();
        ChannelMemory memory = hers.channels.inspect(channel).toCompletableFuture().join();
        double millis = (System.nanoTime() - start) / 1e6;
        System.out.printf(
                "recovery: %.1f ms at state %s%n", millis, ((Open) memory).standing().nonce());
    }
}
