package io.wormhole.benchmarks.isa;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Medians of repeated runs in one warm process, in CPU time of the thread, so that a busy machine
 * does not show in them; collecting garbage happens on another thread and is not in them either.
 */
final class Clock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static volatile Object sink = "";

    private Clock() {}

    /** Nanoseconds of one run: the median of {@code rounds} after warming up for a while. */
    static double median(long warmUpMillis, int rounds, Supplier<?> work) {
        long end = THREADS.getCurrentThreadCpuTime() + warmUpMillis * 1_000_000;
        do {
            sink = work.get();
        } while (THREADS.getCurrentThreadCpuTime() < end);
        long[] times = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            sink = work.get();
            times[i] = THREADS.getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(times);
        return times[rounds / 2];
    }

    /** Nanoseconds of one run when nothing disturbs it: the least of {@code rounds}. */
    static double least(long warmUpMillis, int rounds, Supplier<?> work) {
        long end = THREADS.getCurrentThreadCpuTime() + warmUpMillis * 1_000_000;
        do {
            sink = work.get();
        } while (THREADS.getCurrentThreadCpuTime() < end);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            sink = work.get();
            least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
        }
        return least;
    }
}
