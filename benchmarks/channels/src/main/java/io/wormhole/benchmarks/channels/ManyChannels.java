package io.wormhole.benchmarks.channels;

import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * One node with very many open channels, each with one payment in its past: how soon it serves
 * after a start, what memory it takes, and how soon it answers a stale close. One channel in a
 * hundred is with a partner that is there and pays.
 */
final class ManyChannels {
    private static final int COUNT = Integer.getInteger("channels", 100_000);
    private static final int ACTIVE = Math.max(1, COUNT / 100);
    private static final int CHANNELS_PER_ABSENT_PARTNER = 10;
    private static final int FIRST_ABSENT = 1_000;
    private static final Amount DEPOSIT = Amount.of(1_000_000_000L);
    private static final Update PAST = Update.of(new ChannelOperation.Pay(0, Amount.of(5)));
    private static final long SECOND = 1_000_000_000L;

    private final Path directory;
    private final KeyPair alice = key(1);
    private final KeyPair bob = key(2);
    private final UpdateRules rules = new UpdateRules(new VmContracts());

    ManyChannels(Path directory) {
        this.directory = directory;
    }

    private static KeyPair key(long number) {
        byte[] seed = ByteBuffer.allocate(KeyPair.SEED_SIZE).putLong(number).array();
        return KeyPair.ofSeed(Bytes.of(seed));
    }

    private KeyPair partner(int channel) {
        return channel < ACTIVE
                ? bob
                : key(FIRST_ABSENT + channel / CHANNELS_PER_ABSENT_PARTNER);
    }

    private ChannelTerms terms(int channel, KeyPair partner) {
        byte[] salt = ByteBuffer.allocate(Integer.BYTES).putInt(channel).array();
        return new ChannelTerms(
                List.of(
                        new Participant(alice.publicKey(), DEPOSIT),
                        new Participant(partner.publicKey(), DEPOSIT)),
                10,
                CloseRule.CLOSE_AT_ONCE,
                Amount.ZERO,
                Hash.of(DomainTag.GENESIS, Bytes.of(salt)));
    }

    private static Signature sign(KeyPair key, DomainTag tag, Canonical content) {
        return key.sign(tag, Pair.NETWORK, content.encoded());
    }

    /** Makes the stores of both nodes, once. */
    void prepare() throws InterruptedException {
        long start = System.nanoTime();
        try (OpenStore hers = new OpenStore(directory.resolve("alice"), alice.address());
                OpenStore his = new OpenStore(directory.resolve("bob"), bob.address())) {
            for (int i = 0; i < COUNT; i++) {
                KeyPair partner = partner(i);
                ChannelTerms terms = terms(i, partner);
                ChannelId id = terms.id(Pair.NETWORK);
                hers.add(id, partner.publicKey(), past(terms, partner, 0));
                if (i < ACTIVE) {
                    his.add(id, alice.publicKey(), past(terms, partner, 1));
                }
            }
            hers.finish();
            his.finish();
        }
        System.out.printf(
                "%d channels stored in %.0f s%n", COUNT, (System.nanoTime() - start) / 1e9);
    }

    private List<ChannelEvent> past(ChannelTerms terms, KeyPair partner, int me) {
        ChannelPosition first =
                new ChannelPosition(terms.initialState(Pair.NETWORK), List.of());
        ChannelState paid =
                ((UpdateRules.Result.Moved) rules.apply(terms, first, PAST)).position().state();
        Signature hers = sign(alice, DomainTag.CHANNEL_STATE, paid);
        Signature theirs = sign(partner, DomainTag.CHANNEL_STATE, paid);
        List<Signature> agreed =
                List.of(
                        sign(alice, DomainTag.CHANNEL_TERMS, terms),
                        sign(partner, DomainTag.CHANNEL_TERMS, terms));
        List<ChannelEvent> past = new ArrayList<>();
        past.add(new ChannelEvent.TermsAgreed(Pair.NETWORK, terms, me, agreed));
        past.add(new ChannelEvent.OpenedOnChain());
        if (me == 0) {
            past.add(
                    new ChannelEvent.UpdateOffered(new Offer("first", PAST, Optional.empty())));
            past.add(new ChannelEvent.OfferCompleted(List.of(hers, theirs)));
        } else {
            past.add(new ChannelEvent.UpdateSigned(PAST, theirs));
            past.add(new ChannelEvent.PendingCompleted(List.of(hers, theirs)));
        }
        return past;
    }

    /** Starts the nodes on these stores and measures. */
    void measure() throws InterruptedException {
        OpenChain chain = new OpenChain(Pair.NETWORK);
        List<ChannelId> ids = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            ChannelTerms terms = terms(i, partner(i));
            chain.holds(terms);
            ids.add(terms.id(Pair.NETWORK));
        }
        try (BenchmarkNode his = new BenchmarkNode(bob, chain, directory.resolve("bob"))) {
            his.channels.inspect(ids.get(0)).toCompletableFuture().join();
            System.out.printf("the chain alone: %d MB%n", usedMegabytes());
            long start = System.nanoTime();
            try (BenchmarkNode hers =
                    new BenchmarkNode(alice, chain, directory.resolve("alice"))) {
                hers.channels.reach(bob.publicKey(), "127.0.0.1", his.port);
                new Load(hers, ids.get(0), System.nanoTime()).once().join();
                report("first payment after", start);
                stale(chain, ids.get(COUNT / 2), "a stale close right after the start");
                active(hers, ids);
                stale(chain, ids.get(COUNT / 2 + 1), "a stale close while all pay");
                awaitLookedAt(chain, start);
                active(hers, ids);
                stale(chain, ids.get(COUNT / 2 + 2), "a stale close later");
                System.out.printf("heap in use: %d MB%n", usedMegabytes());
            }
        }
    }

    private static void report(String what, long start) {
        System.out.printf("%s %.2f s%n", what, (System.nanoTime() - start) / 1e9);
    }

    private void active(BenchmarkNode hers, List<ChannelId> ids) {
        long start = System.nanoTime();
        List<Load> loads =
                ids.subList(0, ACTIVE).stream()
                        .map(id -> new Load(hers, id, start + Runs.SECONDS * SECOND))
                        .toList();
        CompletableFuture.allOf(
                        loads.stream().map(load -> load.run(1)).toArray(CompletableFuture[]::new))
                .join();
        long payments = loads.stream().mapToLong(Load::payments).sum();
        System.out.printf(
                "%d active channels: %.0f payments/s%n",
                ACTIVE, payments * 1e9 / (System.nanoTime() - start));
    }

    private static void stale(OpenChain chain, ChannelId channel, String when) {
        CompletableFuture<Void> answered = chain.awaitChallenge(channel);
        long start = System.nanoTime();
        chain.closesAlone(channel);
        answered.orTimeout(60, TimeUnit.SECONDS).join();
        System.out.printf("%s: answered after %.1f ms%n", when, (System.nanoTime() - start) / 1e6);
    }

    private static void awaitLookedAt(OpenChain chain, long start) {
        while (chain.looks() < COUNT) {
            Thread.onSpinWait();
        }
        report("all channels looked up on the chain after at most", start);
    }

    private static long usedMegabytes() {
        // Twice, since what the first one finalises is freed by the second.
        IntStream.range(0, 2).forEach(i -> System.gc());
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
