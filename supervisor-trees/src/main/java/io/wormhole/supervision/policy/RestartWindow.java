package io.wormhole.supervision.policy;

import java.time.Duration;

/**
 * Counts restarts in a sliding window: at most {@code intensity} restarts within {@code period},
 * the one exactly a period ago included. Mutable, owned by one supervisor; constant time per
 * restart on average.
 */
public final class RestartWindow {

    private final int intensity;
    private final long periodNanos;
    private long[] times = new long[4];
    private int head;
    private int size;

    /**
     * An empty window.
     *
     * @param intensity restarts allowed within the period, zero or more
     * @param period above zero
     */
    public RestartWindow(int intensity, Duration period) {
        this.intensity = intensity;
        this.periodNanos = saturatedNanos(period);
    }

    /**
     * Records a restart and says whether it is allowed.
     *
     * @param nowNanos monotonic time, never before that of an earlier call
     * @return false when this restart is one too many
     */
    public boolean admit(long nowNanos) {
        while (size > 0 && nowNanos - times[head] > periodNanos) {
            head = (head + 1) % times.length;
            size--;
        }
        if (size >= intensity) {
            return false;
        }
        append(nowNanos);
        return true;
    }

    /** Restarts that counted at the last call of {@link #admit}. */
    public int count() {
        return size;
    }

    private void append(long nowNanos) {
        if (size == times.length) {
            long[] wider = new long[times.length * 2];
            for (int i = 0; i < size; i++) {
                wider[i] = times[(head + i) % times.length];
            }
            times = wider;
            head = 0;
        }
        times[(head + size) % times.length] = nowNanos;
        size++;
    }

    private static long saturatedNanos(Duration period) {
        try {
            return period.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }
}
