package io.wormhole.settlement.cuckoo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads, the caller's among them, that work in step: each phase ends when all
 * are done. Phases follow each other faster than a thread is woken up, so whoever waits looks for a
 * while before it sleeps. For one caller at a time.
 */
final class Crew implements AutoCloseable {
    // Some ten microseconds: as long as a thread takes to be woken up.
    private static final int LOOKS_BEFORE_SLEEP = 2_000;

    private final int size;
    private final List<Thread> others = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger working = new AtomicInteger();
    private IntConsumer phase = member -> {};
    private @Nullable Thread caller;
    private volatile @Nullable Throwable failure;
    private volatile boolean isClosed;

    Crew(int size) {
        this.size = size;
        for (int member = 1; member < size; member++) {
            int number = member;
            Thread thread = new Thread(() -> work(number), "cuckoo-solver");
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
    }

    int size() {
        return size;
    }

    /** Runs a phase for each member number from 0, and returns when all have ended. */
    void run(IntConsumer next) {
        phase = next;
        caller = Thread.currentThread();
        failure = null;
        working.set(others.size());
        // Whoever sees this turn sees all of the above, too.
        turn.incrementAndGet();
        others.forEach(LockSupport::unpark);
        try {
            next.accept(0);
        } finally {
            awaitOthers();
        }
        Throwable broken = failure;
        if (broken != null) {
            throw new IllegalStateException("a solver thread failed", broken);
        }
    }

    // An interrupted caller must still wait, as the others write to its memory; they end soon when
    // it cancels.
    private void awaitOthers() {
        boolean isInterrupted = false;
        for (int looks = 0; working.get() > 0; looks++) {
            if (looks < LOOKS_BEFORE_SLEEP) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
                isInterrupted |= Thread.interrupted();
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(int member) {
        int done = 0;
        while (awaitTurnAfter(done)) {
            done = turn.get();
            try {
                phase.accept(member);
            } catch (RuntimeException | Error broken) {
                failure = broken;
            }
            Thread waiting = caller;
            if (working.decrementAndGet() == 0) {
                LockSupport.unpark(waiting);
            }
        }
    }

    private boolean awaitTurnAfter(int done) {
        for (int looks = 0; turn.get() == done && !isClosed; looks++) {
            if (looks < LOOKS_BEFORE_SLEEP) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
        return !isClosed;
    }

    /**
     * Runs a phase for each member in the caller's thread: for phases shorter than waking a thread.
     */
    void runAlone(IntConsumer next) {
        for (int member = 0; member < size; member++) {
            next.accept(member);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        others.forEach(LockSupport::unpark);
    }
}
