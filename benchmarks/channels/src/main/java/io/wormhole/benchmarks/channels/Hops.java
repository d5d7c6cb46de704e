package io.wormhole.benchmarks.channels;

import java.util.concurrent.TimeUnit;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** A hub between payers and payees, each with one channel to it; every payment has an invoice. */
final class Hops implements AutoCloseable {
    private static final List<Integer> LANES =
            Arrays.stream(System.getProperty("lanes", "1,8,16,32").split(","))
                    .map(Integer::valueOf)
                    .toList();
    private static final Amount DEPOSIT = Amount.of(1_000_000_000_000L);
    private static final Amount AMOUNT = Amount.of(1_000_000);
    private static final Amount MOST_FEE = Amount.of(10_000);
    private static final long INVOICE_BLOCKS = 10_000;

    private final OpenChain chain = new OpenChain(Pair.NETWORK);
    private final Path directory;
    private final List<BenchmarkNode> all = new ArrayList<>();
    private final BenchmarkNode hub;
    private final List<BenchmarkNode> payers = new ArrayList<>();
    private final List<BenchmarkNode> payees = new ArrayList<>();
    private final List<ChannelId> channels = new ArrayList<>();

    Hops(int spokes) throws InterruptedException {
        try {
            directory = Files.createTempDirectory("wormhole-hops");
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
        hub = node();
        for (int i = 0; i < spokes; i++) {
            BenchmarkNode payer = node();
            BenchmarkNode payee = node();
            payers.add(payer);
            payees.add(payee);
            open(payer, hub);
            open(hub, payee);
        }
        for (BenchmarkNode payer : payers) {
            while (payer.payments.network().toCompletableFuture().join().size() < 4 * spokes) {
                Thread.onSpinWait();
            }
        }
    }

    private BenchmarkNode node() {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        seed[0] = (byte) (all.size() + 1);
        BenchmarkNode node =
                new BenchmarkNode(
                        KeyPair.ofSeed(Bytes.of(seed)),
                        chain,
                        directory.resolve("node" + all.size()));
        all.add(node);
        return node;
    }

    private void open(BenchmarkNode one, BenchmarkNode other) throws InterruptedException {
        ChannelTerms terms =
                new ChannelTerms(
                        List.of(
                                new Participant(one.key.publicKey(), DEPOSIT),
                                new Participant(other.key.publicKey(), DEPOSIT)),
                        1_000,
                        CloseRule.CLOSE_AT_ONCE,
                        Amount.ZERO,
                        Hash.of(DomainTag.GENESIS, Bytes.of((byte) all.size())));
        one.channels.reach(other.key.publicKey(), "127.0.0.1", other.port);
        one.channels.open(terms);
        channels.add(terms.id(Pair.NETWORK));
        one.ready.acquire();
        other.ready.acquire();
    }

    /** What was measured. */
    record Figures(
            double perSecond, double medianMillis, double p99Millis, double updatesPerPayment) {}

    /** Pays for some seconds, so many payments of each payer under way at any time. */
    Figures run(int lanes, int seconds) {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        long before = updates();
        long start = System.nanoTime();
        for (int payer = 0; payer < payers.size(); payer++) {
            for (int lane = 0; lane < lanes; lane++) {
                running.add(next(payer, nanos, over).toCompletableFuture());
            }
        }
        CompletableFuture.runAsync(
                () -> over.set(true),
                CompletableFuture.delayedExecutor(
                        seconds, TimeUnit.SECONDS));
        running.forEach(CompletableFuture::join);
        double elapsed = (System.nanoTime() - start) / 1e9;
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Figures(
                sorted.length / elapsed,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                (double) (updates() - before) / sorted.length);
    }

    private long updates() {
        return channels.stream()
                .map(channel -> hub.channels.inspect(channel).toCompletableFuture().join())
                .filter(Open.class::isInstance)
                .mapToLong(memory -> ((Open) memory).standing().nonce().value())
                .sum();
    }

    private CompletionStage<Void> next(
            int payer, ConcurrentLinkedQueue<Long> nanos, AtomicBoolean over) {
        if (over.get()) {
            return CompletableFuture.completedFuture(null);
        }
        return payees.get(payer)
                .payments
                .invoice(AMOUNT, "", INVOICE_BLOCKS)
                .thenCompose(
                        invoice -> {
                            long start = System.nanoTime();
                            return payers.get(payer)
                                    .payments
                                    .pay(invoice, MOST_FEE)
                                    .thenAccept(paid -> note(paid, start, nanos));
                        })
                .thenComposeAsync(done -> next(payer, nanos, over));
    }

    private static void note(
            OutgoingPayment payment, long start, ConcurrentLinkedQueue<Long> nanos) {
        if (payment.state() != OutgoingPayment.State.PAID) {
            throw new IllegalStateException("not paid: " + payment.reason());
        }
        nanos.add(System.nanoTime() - start);
    }

    /** Measures with few and with many payments under way. */
    static void measure(int spokes) throws InterruptedException {
        try (Hops hops = new Hops(spokes)) {
            hops.run(16, Runs.WARM_SECONDS);
            for (int lanes : LANES) {
                List<Double> medians = new ArrayList<>();
                List<Double> late = new ArrayList<>();
                List<Double> updates = new ArrayList<>();
                Runs perSecond =
                        Runs.warm(
                                seconds -> {
                                    Figures figures = hops.run(lanes, seconds);
                                    medians.add(figures.medianMillis());
                                    late.add(figures.p99Millis());
                                    updates.add(figures.updatesPerPayment());
                                    return figures.perSecond();
                                });
                System.out.printf(
                        "hub, %d payers, %d payments under way each: %s payments/s,"
                                + " median %.1f ms, p99 %.1f ms, %.2f updates for each%n",
                        spokes,
                        lanes,
                        perSecond,
                        middle(medians),
                        middle(late),
                        middle(updates));
            }
        }
    }

    private static double middle(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Override
    public void close() {
        all.forEach(BenchmarkNode::close);
        Stores.delete(directory);
    }
}
