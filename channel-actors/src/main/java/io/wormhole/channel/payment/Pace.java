package io.wormhole.channel.payment;

/**
 * How long the book waits between two batches. When many payments are under way a moment costs each
 * of them little, and what has come by then shares one write, one update of each channel and its
 * signatures. A few payments wait for nothing.
 */
final class Pace {
    private static final int FEW = 2;
    private static final long NANOS_PER_HOP = 125_000;
    private static final long MOST_NANOS = 2_000_000;

    private long periodNanos;
    private long lastNanos;
    private boolean begun;

    /** So many hops are under way. */
    void underWay(int hops) {
        periodNanos = hops <= FEW ? 0 : Math.min(MOST_NANOS, hops * NANOS_PER_HOP);
    }

    /** A batch begins. */
    void begins(long nowNanos) {
        lastNanos = nowNanos;
        begun = true;
    }

    /** How long the next batch is to wait yet; 0: not at all. */
    long nanosLeft(long nowNanos) {
        return begun ? Math.max(0, lastNanos + periodNanos - nowNanos) : 0;
    }
}
