package io.wormhole.cluster.dispatch;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A pool for actors that passes a chain of messages from one to the next on one thread.
 *
 * <p>Other pools wake a sleeping thread for each task. An actor's task is over in microseconds, so
 * the thread that woke would find that the one before has come to it already; where every message
 * does that, half of the time goes into waking and falling asleep. Here a task that a thread of the
 * pool hands over wakes another thread only when more than one waits; what comes from outside wakes
 * one while fewer are awake than the pool is wide. A watch looks whether the first in line is still
 * the same as a moment ago: then those awake are held up, and one more thread gets up, so that code
 * that blocks by mistake delays others by little.
 */
final class SparingPool extends AbstractExecutorService {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LOOK_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final int width;
    private final int most;
    private final ThreadFactory factory;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger awake = new AtomicInteger();
    private final AtomicInteger threads = new AtomicInteger();
    // Those who sleep, the last one first: its caches are warm.
    private final Deque<Worker> asleep = new ConcurrentLinkedDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean closed;

    /**
     * A pool.
     *
     * @param width how many threads are awake at most while none is held up
     * @param most how many threads there are at most
     */
    SparingPool(int width, int most, ThreadFactory factory) {
        if (width < 1 || most < width) {
            throw new IllegalArgumentException("a pool of " + width + " to " + most + " threads");
        }
        this.width = width;
        this.most = most;
        this.factory = factory;
        start(this::watch);
    }

    private Thread start(Runnable work) {
        Thread thread = factory.newThread(work);
        if (thread == null) {
            throw new IllegalStateException("there is no thread for the pool");
        }
        thread.start();
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the pool is closed");
        }
        tasks.add(task);
        int waiting = queued.incrementAndGet();
        boolean comesToIt = waiting <= 1 && Worker.isOf(this);
        if (!comesToIt && awake.get() < width) {
            wakeOne();
        }
    }

    // Counted before it is awake, so that not everyone who looks wakes another.
    private void wakeOne() {
        Worker next = asleep.pollFirst();
        if (next != null) {
            awake.incrementAndGet();
            next.wake();
        } else if (threads.getAndUpdate(count -> Math.min(most, count + 1)) < most) {
            awake.incrementAndGet();
            start(new Worker(this));
        }
    }

    private void watch() {
        Runnable before = null;
        while (!closed) {
            LockSupport.parkNanos(this, awake.get() > 0 ? LOOK_NANOS : LOOK_IDLE_NANOS);
            Runnable first = tasks.peek();
            if (first != null && first == before) {
                wakeOne();
            }
            before = first;
        }
    }

    private @Nullable Runnable take() {
        Runnable task = tasks.poll();
        if (task != null) {
            queued.decrementAndGet();
        }
        return task;
    }

    /** One thread, and whether it was woken. */
    private static final class Worker implements Runnable {
        private static final ThreadLocal<SparingPool> CURRENT = new ThreadLocal<>();

        private final SparingPool pool;
        private volatile @Nullable Thread thread;
        private volatile boolean woken;

        Worker(SparingPool pool) {
            this.pool = pool;
        }

        static boolean isOf(SparingPool pool) {
            return CURRENT.get() == pool;
        }

        void wake() {
            woken = true;
            LockSupport.unpark(thread);
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            CURRENT.set(pool);
            try {
                Runnable task = pool.take();
                while (task != null || sleep()) {
                    if (task != null) {
                        // Who was interrupted was the task before.
                        Thread.interrupted();
                        task.run();
                    }
                    task = pool.take();
                }
            } finally {
                // Also when a task failed: whoever waits gets another thread.
                CURRENT.remove();
                pool.gone();
            }
        }

        /** Sleeps until there may be something to do; false when the pool is closed. */
        private boolean sleep() {
            woken = false;
            pool.asleep.addFirst(this);
            pool.awake.decrementAndGet();
            // Whoever added a task before it saw this one asleep counts on it.
            boolean more = !pool.tasks.isEmpty() || pool.closed;
            if (more && pool.asleep.remove(this)) {
                pool.awake.incrementAndGet();
                return !pool.tasks.isEmpty() || !pool.closed;
            }
            while (!woken) {
                LockSupport.park(pool);
                // Interrupted by its last task, it would not sleep at all.
                Thread.interrupted();
            }
            return !pool.tasks.isEmpty() || !pool.closed;
        }
    }

    private void gone() {
        awake.decrementAndGet();
        int left = threads.decrementAndGet();
        if (!tasks.isEmpty()) {
            wakeOne();
        } else if (closed && left == 0) {
            over.countDown();
        }
    }

    /** Takes no more; what waits is done. */
    @Override
    public void shutdown() {
        closed = true;
        for (Worker each = asleep.pollFirst(); each != null; each = asleep.pollFirst()) {
            awake.incrementAndGet();
            each.wake();
        }
        if (threads.get() == 0) {
            over.countDown();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> left = new ArrayList<>();
        for (Runnable task = take(); task != null; task = take()) {
            left.add(task);
        }
        shutdown();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return over.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return over.await(timeout, unit);
    }

    /** How many threads do something now. */
    int awake() {
        return awake.get();
    }

    /** How many threads there are. */
    int threads() {
        return threads.get();
    }
}
