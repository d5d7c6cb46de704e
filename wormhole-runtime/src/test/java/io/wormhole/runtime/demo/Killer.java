package io.wormhole.runtime.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills acme or bob at random moments and starts them again, sometimes before they are up. */
final class Killer implements AutoCloseable {
    private static final int STARTUPS_CUT_SHORT_PERCENT = 20;
    private static final int BOTH_AT_ONCE_PERCENT = 25;

    private final Stage stage;
    private final SplittableRandom random;
    private final int wanted;
    private final PrintWriter log;
    private int longestPauseMillis = 5_000;
    private final AtomicInteger kills = new AtomicInteger();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "killer");
    private volatile String trouble = "";

    Killer(Stage stage, long seed, int wanted, PrintWriter log) {
        this.stage = stage;
        this.random = new SplittableRandom(seed);
        this.wanted = wanted;
        this.log = log;
    }

    /** The longest time between a start and the next kill. */
    Killer pausing(int millis) {
        longestPauseMillis = millis;
        return this;
    }

    void start() {
        thread.start();
    }

    /** How many processes were killed so far. */
    int kills() {
        return kills.get();
    }

    boolean isDone() {
        return kills.get() >= wanted || !trouble.isEmpty();
    }

    /** What the killer itself could not do: a node that did not come back. */
    String trouble() {
        return trouble;
    }

    private void run() {
        try {
            while (!isDone() && !stop.await(pause(), TimeUnit.MILLISECONDS)) {
                List<String> victims = victims();
                for (String who : victims) {
                    stage.kill(who);
                    log.printf("kill -9 %s (%d)%n", who, kills.incrementAndGet());
                }
                for (String who : victims) {
                    stage.start(who);
                }
                if (random.nextInt(100) >= STARTUPS_CUT_SHORT_PERCENT) {
                    victims.forEach(stage::awaitUp);
                }
            }
            stage.awaitUp("acme");
            stage.awaitUp("bob");
        } catch (IOException | RuntimeException failed) {
            trouble = failed.toString();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> victims() {
        if (random.nextInt(100) < BOTH_AT_ONCE_PERCENT) {
            return List.of("acme", "bob");
        }
        return List.of(random.nextBoolean() ? "acme" : "bob");
    }

    private long pause() {
        return random.nextInt(longestPauseMillis);
    }

    /** Stops killing; returns when both nodes are up. */
    void finish() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finish();
    }
}
