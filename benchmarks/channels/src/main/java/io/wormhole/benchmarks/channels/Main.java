package io.wormhole.benchmarks.channels;

import io.wormhole.channel.decider.Open;
import io.wormhole.protocol.channel.ChannelId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs the benchmarks named on the command line, or all. */
public final class Main {
    private static final long SECOND = 1_000_000_000L;
    private static final int SECONDS = Integer.getInteger("seconds", 6);

    private Main() {}

    /**
     * {@code sequential}, {@code batched}, {@code parallel}, {@code recovery}, {@code hops}, {@code
     * steps}.
     */
    public static void main(String[] names) throws InterruptedException {
        List<String> chosen =
                names.length == 0
                        ? List.of(
                                "sequential", "batched", "parallel", "recovery", "hops", "steps")
                        : List.of(names);
        System.out.printf("signature limit: %.0f updates/s on 2 cores%n", Limit.updatesPerSecond());
        if (chosen.contains("sequential")) {
            oneChannel("sequential, unbatched", 1);
            oneChannel("two in turn", 2);
        }
        if (chosen.contains("batched")) {
            oneChannel("batched", 4_000);
        }
        if (chosen.contains("parallel")) {
            parallel(1_000);
        }
        if (chosen.contains("recovery")) {
            recovery();
        }
        if (chosen.contains("hops")) {
            Hops.measure(1, SECONDS);
            Hops.measure(3, SECONDS);
        }
        if (chosen.contains("steps")) {
            System.out.printf(
                    "order contract: %.0f steps/s on one core%n", new Steps().perSecond(SECONDS));
        }
    }

    private static void oneChannel(String what, int waiting) throws InterruptedException {
        try (Pair pair = new Pair()) {
            ChannelId channel = pair.open(1).get(0);
            new Load(pair.alice, channel, System.nanoTime() + SECONDS * SECOND / 2)
                    .run(waiting)
                    .join();
            long from = pair.alice.channels.inspect(channel).toCompletableFuture().join()
                            instanceof Open open
                    ? open.standing().nonce().value()
                    : 0;
            long start = System.nanoTime();
            Load load = new Load(pair.alice, channel, start + SECONDS * SECOND);
            load.run(waiting).join();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "one channel, %s: %.0f payments/s in %.0f updates/s%n",
                    what, load.payments() / seconds, (load.newestState() - from) / seconds);
        }
    }

    private static void parallel(int count) throws InterruptedException {
        try (Pair pair = new Pair()) {
            List<ChannelId> channels = pair.open(count);
            runAll(pair, channels, SECONDS);
            long start = System.nanoTime();
            long updates = runAll(pair, channels, SECONDS);
            double perSecond = updates * 1e9 / (System.nanoTime() - start);
            double limit = Limit.updatesPerSecond();
            System.out.printf(
                    "%d channels: %.0f updates/s, %.0f %% of the limit of %.0f%n",
                    count, perSecond, 100 * perSecond / limit, limit);
        }
    }

    private static long runAll(Pair pair, List<ChannelId> channels, int seconds) {
        long end = System.nanoTime() + seconds * SECOND;
        List<Load> loads = new ArrayList<>();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (ChannelId channel : channels) {
            Load load = new Load(pair.alice, channel, end);
            loads.add(load);
            running.add(load.run(1));
        }
        running.forEach(CompletableFuture::join);
        return loads.stream().mapToLong(Load::payments).sum();
    }

    private static void recovery() throws InterruptedException {
        try (Pair pair = new Pair()) {
            List<ChannelId> channels = pair.open(2);
            for (ChannelId channel : channels) {
                new Load(pair.alice, channel, System.nanoTime() + SECONDS * SECOND).run(1).join();
            }
            pair.restartAlice();
            for (ChannelId channel : channels) {
                long start = System.nanoTime();
                Object memory = pair.alice.channels.inspect(channel).toCompletableFuture().join();
                System.out.printf(
                        "recovery: %.1f ms at state %s%n",
                        (System.nanoTime() - start) / 1e6,
                        memory instanceof Open open
                                ? open.standing().nonce()
                                : memory);
            }
        }
    }
}
