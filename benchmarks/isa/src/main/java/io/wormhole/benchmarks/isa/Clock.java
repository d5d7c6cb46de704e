package io.wormhole.benchmarks.isa;

import java.util.Arrays;
import java.util.function.Supplier;

/** Medians of repeated runs in one warm process. */
final class Clock {
    private static volatile Object sink = "";

    private Clock() {}

    /** Nanoseconds of one run: the median of {@code rounds} after warming up for a while. */
    static double median(long warmUpMillis, int rounds, Supplier<?> work) {
        long end = System.nanoTime() + warmUpMillis * 1_000_000;
        do {
            sink = work.get();
        } while (System.nanoTime() < end);
        long[] times = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            sink = work.get();
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times[rounds / 2];
    }
}
