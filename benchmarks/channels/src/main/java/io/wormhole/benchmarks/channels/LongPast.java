package io.wormhole.benchmarks.channels;

import io.wormhole.channel.decider.Absent;
import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a channel takes to wake that has very many updates behind it, of which the store still
 * holds every event. What the store holds is written through the journal with the channel's codec;
 * the signatures in it are not checked when a channel wakes, so they are all the same one.
 */
final class LongPast {
    private static final int UPDATES = Integer.getInteger("past", 1_000_000);
    private static final int UPDATES_AT_ONCE = 1_000;
    // As many events as a channel has at most behind its last snapshot, and those of opening.
    private static final int EVENTS_AFTER_SNAPSHOT = 148;
    private static final Amount DEPOSIT = Amount.of(1_000_000_000L);
    private static final Update PAY = Update.of(new ChannelOperation.Pay(0, Amount.of(1)));

    private final Path directory;
    private final KeyPair alice = key(1);
    private final KeyPair bob = key(2);
    private final Tools tools = new Tools(new UpdateRules(new VmContracts()), alice);

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

    void prepare() throws InterruptedException {
        long start = System.nanoTime();
        try (OpenStore store = new OpenStore(directory.resolve("alice"), alice.address())) {
            write(store, terms(0), 1);
            write(store, terms(1), 1);
            write(store, terms(2), UPDATES);
            store.finish();
        }
        System.out.printf(
                "a channel with %d updates stored in %.0f s%n",
                UPDATES, (System.nanoTime() - start) / 1e9);
    }

    private void write(OpenStore store, ChannelTerms terms, int updates)
            throws InterruptedException {
        ChannelId channel = terms.id(Pair.NETWORK);
        Signature any = alice.sign(DomainTag.CHANNEL_TERMS, Pair.NETWORK, terms.encoded());
        List<Signature> both = List.of(any, any);
        long written = 0;
        ChannelMemory memory = new Absent();
        List<ChannelEvent> events = new ArrayList<>();
        events.add(new ChannelEvent.TermsAgreed(Pair.NETWORK, terms, 0, both));
        events.add(new ChannelEvent.OpenedOnChain());
        long snapshotAt = 2L + 2L * updates - EVENTS_AFTER_SNAPSHOT;
        for (int update = 1; update <= updates; update++) {
            events.add(
                    new ChannelEvent.UpdateOffered(
                            new Offer("payment-" + update, PAY, Optional.empty())));
            events.add(new ChannelEvent.OfferCompleted(both));
            boolean snapshot = written + events.size() == snapshotAt;
            if (snapshot || update % UPDATES_AT_ONCE == 0 || update == updates) {
                for (ChannelEvent event : events) {
                    memory = memory.after(event, tools);
                }
                store.append(channel, written, events);
                written += events.size();
                events.clear();
            }
            if (snapshot) {
                store.snapshot(channel, written, memory);
            }
        }
        // Not in the list of channels, or the node would wake it before it is asked to.
    }

    void measure() {
        OpenChain chain = new OpenChain(Pair.NETWORK);
        for (int i = 0; i <= 2; i++) {
            chain.holds(terms(i));
        }
        long start = System.nanoTime();
        try (BenchmarkNode hers = new BenchmarkNode(alice, chain, directory.resolve("alice"))) {
            System.out.printf("the node starts in %.2f s%n", (System.nanoTime() - start) / 1e9);
            for (int i = 0; i <= 2; i++) {
                wake(hers, terms(i).id(Pair.NETWORK));
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
