package io.wormhole.benchmarks.channels;

import io.wormhole.channel.decider.Open;
import io.wormhole.protocol.channel.ChannelId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Runs the benchmarks named on the command line, or all. */
public final class Main {
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> ORDER =
            List.of("sequential", "turns", "batched", "parallel", "recovery", "hops", "steps", "many", "past");
    private static final Map<String, Part> PARTS =
            Map.of(
                    "sequential", () -> oneChannel("one payment after the other", 1),
                    "turns", () -> oneChannel("two payments in turn", 2),
                    "batched", () -> oneChannel("4000 payments waiting", 4_000),
                    "parallel", () -> parallel(1_000),
                    "recovery", Main::recovery,
                    "hops", Main::hops,
                    "steps", Main::steps,
                    "many", Main::many,
                    "past", Main::past);

    private interface Part {
        void run() throws InterruptedException;
    }

    private Main() {}

    /** Names of parts; none: all. */
    public static void main(String[] names) throws InterruptedException {
        Thread.currentThread()
                .setUncaughtExceptionHandler(
                        (main, failure) -> {
                            failure.printStackTrace();
                            System.exit(1);
                        });
        for (String name : names.length == 0 ? ORDER : List.of(names)) {
            Part part = PARTS.get(name);
            if (part == null) {
                throw new IllegalArgumentException(name + " is none of " + ORDER);
            }
            part.run();
        }
        System.exit(0);
    }

    private static void limits() throws InterruptedException {
        System.out.printf(
                "  limits now: signatures %s updates/s, disk %s forced writes/s%n",
                Runs.warm(seconds -> Limit.updatesPerSecond()),
                Runs.warm(seconds -> Limit.forcedPerSecond()));
    }

    private static void oneChannel(String what, int waiting) throws InterruptedException {
        try (Pair pair = new Pair()) {
            ChannelId channel = pair.open(1).get(0);
            AtomicLong states = new AtomicLong();
            AtomicLong nanos = new AtomicLong();
            Runs runs =
                    Runs.of(
                            seconds -> {
                                long before = state(pair, channel);
                                long start = System.nanoTime();
                                Load load = new Load(pair.alice, channel, start + seconds * SECOND);
                                load.run(waiting).join();
                                long took = System.nanoTime() - start;
                                states.set(state(pair, channel) - before);
                                nanos.set(took);
                                return load.payments() * 1e9 / took;
                            });
            System.out.printf(
                    "one channel, %s: %s payments/s, at last in %.0f updates/s%n",
                    what, runs, states.get() * 1e9 / nanos.get());
        }
        limits();
    }

    private static long state(Pair pair, ChannelId channel) {
        return pair.alice.channels.inspect(channel).toCompletableFuture().join()
                        instanceof Open open
                ? open.standing().nonce().value()
                : 0;
    }

    private static void parallel(int count) throws InterruptedException {
        try (Pair pair = new Pair()) {
            List<ChannelId> channels = pair.open(count);
            Busy busy = new Busy();
            Runs runs = Runs.of(seconds -> busy.during(() -> runAll(pair, channels, seconds)));
            Busy signing = new Busy();
            Runs limit = Runs.warm(seconds -> signing.during(Limit::updatesPerSecond));
            System.out.printf(
                    "%d channels: %s updates/s, %.0f %% of what signatures allow;"
                            + " %.0f µs of processor time for each, of which signatures take %.0f%n",
                    count,
                    runs,
                    100 * runs.median() / limit.median(),
                    busy.micros() / runs.median(),
                    signing.micros() / limit.median());
        }
        limits();
    }

    private static double runAll(Pair pair, List<ChannelId> channels, int seconds) {
        long start = System.nanoTime();
        List<Load> loads = new ArrayList<>();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (ChannelId channel : channels) {
            Load load = new Load(pair.alice, channel, start + seconds * SECOND);
            loads.add(load);
            running.add(load.run(1));
        }
        running.forEach(CompletableFuture::join);
        long updates = loads.stream().mapToLong(Load::payments).sum();
        return updates * 1e9 / (System.nanoTime() - start);
    }

    private static void recovery() throws InterruptedException {
        try (Pair pair = new Pair()) {
            List<ChannelId> channels = pair.open(2);
            for (ChannelId channel : channels) {
                new Load(pair.alice, channel, System.nanoTime() + Runs.SECONDS * SECOND)
                        .run(1)
                        .join();
            }
            pair.restartAlice();
            for (ChannelId channel : channels) {
                long start = System.nanoTime();
                long state = state(pair, channel);
                System.out.printf(
                        "recovery: %.1f ms at state %d%n",
                        (System.nanoTime() - start) / 1e6, state);
            }
        }
    }

    private static void hops() throws InterruptedException {
        for (String pairs : System.getProperty("pairs", "1,3").split(",")) {
            Hops.measure(Integer.parseInt(pairs));
            limits();
        }
    }

    private static void steps() throws InterruptedException {
        Steps steps = new Steps();
        System.out.printf("order contract: %s steps/s on one core%n", Runs.of(steps::perSecond));
    }

    // The store is made once, so that the start is that of a new process, and copied, so that every
    // start is from the same one.
    private static void many() throws InterruptedException {
        Path store = Path.of(System.getProperty("store", "target/many-channels"));
        if (Files.exists(store)) {
            Stores.onCopy(store, copy -> new ManyChannels(copy).measure());
        } else {
            new ManyChannels(store).prepare();
            System.out.println("run it again to measure");
        }
    }

    private static void past() throws InterruptedException {
        Path store = Path.of(System.getProperty("store", "target/long-past"));
        if (Files.exists(store)) {
            Stores.onCopy(store, copy -> new LongPast(copy).measure());
        } else {
            new LongPast(store).prepare();
            System.out.println("run it again to measure");
        }
    }
}
