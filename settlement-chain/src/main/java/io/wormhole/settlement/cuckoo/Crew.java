package io.wormhole.settlement.cuckoo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * A fixed number of threads, the caller's among them, that work in step: each phase ends when all
 * are done.
 */
final class Crew implements AutoCloseable {
    private final int size;
    private final ExecutorService others;

    Crew(int size) {
        this.size = size;
        others =
                Executors.newFixedThreadPool(
                        Math.max(1, size - 1),
                        task -> {
                            Thread thread = new Thread(task, "cuckoo-solver");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    int size() {
        return size;
    }

    /** Runs a phase for each member number from 0, and returns when all have ended. */
    void run(IntConsumer phase) {
        List<Future<?>> running = new ArrayList<>(size);
        for (int member = 1; member < size; member++) {
            int number = member;
            running.add(others.submit(() -> phase.accept(number)));
        }
        phase.accept(0);
        running.forEach(Crew::await);
    }

    /**
     * Runs a phase for each member in the caller's thread: for phases shorter than waking a thread.
     */
    void runAlone(IntConsumer phase) {
        for (int member = 0; member < size; member++) {
            phase.accept(member);
        }
    }

    // An interrupted caller must still wait, as the others write to its memory; they end soon when
    // it cancels.
    private static void await(Future<?> task) {
        boolean interrupted = false;
        while (true) {
            try {
                task.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a solver thread failed", e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
