package io.wormhole.cluster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SparingPoolTest {
    private static final int PATIENCE_SECONDS = 20;

    private final SparingPool pool = pool(2, 6);

    private SparingPool pool(int width, int most) {
        return new SparingPool(
                width,
                most,
                task -> {
                    Thread thread = Executors.defaultThreadFactory().newThread(task);
                    thread.setDaemon(true);
                    // A task that fails is meant to, here.
                    thread.setUncaughtExceptionHandler((who, failure) -> {});
                    return thread;
                });
    }

    @AfterEach
    void close() {
        pool.shutdown();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aChainOfTasksStaysOnOneThread() throws InterruptedException {
        AtomicInteger changes = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);

        pool.execute(() -> chain(10_000, Thread.currentThread(), changes, done));
        await(done);

        // On a busy machine the watch may find a thread that is held up.
        assertThat(changes).hasValueLessThan(500);
    }

    private void chain(int left, Thread before, AtomicInteger changes, CountDownLatch done) {
        Thread now = Thread.currentThread();
        if (now != before) {
            changes.incrementAndGet();
        }
        if (left == 0) {
            done.countDown();
        } else {
            pool.execute(() -> chain(left - 1, now, changes, done));
        }
    }

    @Test
    void eachTaskOfManyThreadsRunsOnce() throws InterruptedException {
        int tasks = 20_000;
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4 * tasks * 2);
        List<CompletableFuture<Void>> givers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            givers.add(CompletableFuture.runAsync(() -> give(tasks, runs, done)));
        }

        givers.forEach(CompletableFuture::join);
        await(done);

        assertThat(runs).hasValue(4 * tasks);
    }

    private void give(int tasks, AtomicInteger runs, CountDownLatch done) {
        for (int i = 0; i < tasks; i++) {
            pool.execute(
                    () -> {
                        runs.incrementAndGet();
                        done.countDown();
                        pool.execute(done::countDown);
                    });
        }
    }

    @Test
    void whatWaitsBehindATaskThatIsHeldUpRunsOnAnotherThread() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);

        pool.execute(
                () -> {
                    pool.execute(ran::countDown);
                    hold(released);
                });

        await(ran);
        released.countDown();
    }

    @Test
    void moreThreadsThanTheWidthGetUpWhenAllAreHeldUp() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);

        for (int i = 0; i < 5; i++) {
            pool.execute(() -> hold(released));
        }
        pool.execute(ran::countDown);

        await(ran);
        assertThat(pool.threads()).isLessThanOrEqualTo(6);
        released.countDown();
    }

    private static void hold(CountDownLatch until) {
        try {
            await(until);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTaskThatFailsTakesNoOtherWithIt() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(10);

        for (int i = 0; i < 10; i++) {
            pool.execute(
                    () -> {
                        ran.countDown();
                        throw new IllegalStateException("meant to fail");
                    });
        }

        await(ran);
    }

    @Test
    void anInterruptOfOneTaskIsNotThatOfTheNext() throws InterruptedException {
        SparingPool single = pool(1, 1);
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch ran = new CountDownLatch(1);

        single.execute(
                () -> {
                    single.execute(
                            () -> {
                                interrupted.set(Thread.currentThread().isInterrupted());
                                ran.countDown();
                            });
                    Thread.currentThread().interrupt();
                });

        await(ran);
        assertThat(interrupted).isFalse();
        single.shutdown();
    }

    @Test
    void aClosedPoolDoesWhatWaitedAndTakesNoMore() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            pool.execute(runs::incrementAndGet);
        }

        pool.shutdown();

        assertThat(pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(1_000);
        assertThatThrownBy(() -> pool.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aPoolThatWasNeverUsedIsClosedAtOnce() throws InterruptedException {
        SparingPool unused = pool(1, 1);

        unused.shutdown();

        assertThat(unused.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
        assertThat(unused.isTerminated()).isTrue();
    }
}
