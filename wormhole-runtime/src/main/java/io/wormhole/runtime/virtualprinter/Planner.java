package io.wormhole.runtime.virtualprinter;

import java.util.ArrayDeque;

/** Marlin's block buffer seen from outside: moves are accepted ahead of time until it is full. */
final class Planner {
    private static final int BLOCKS = 16;

    private final double speedFactor;
    private final ArrayDeque<Long> ends = new ArrayDeque<>();
    private long lastEnd;

    Planner(double speedFactor) {
        this.speedFactor = speedFactor;
    }

    /** How long something takes on this machine. */
    long scaled(long nanos) {
        return speedFactor == 0 ? 0 : (long) (nanos / speedFactor);
    }

    void add(long durationNanos, long now) {
        long length = scaled(durationNanos);
        if (length > 0) {
            lastEnd = Math.max(lastEnd, now) + length;
            ends.add(lastEnd);
        }
    }

    /** When there is room for one more move: not after now if there is already. */
    long roomAt(long now) {
        finish(now);
        return ends.size() < BLOCKS ? now : ends.getFirst();
    }

    /** When everything planned has been done. */
    long idleAt(long now) {
        finish(now);
        return ends.isEmpty() ? now : lastEnd;
    }

    int free(long now) {
        finish(now);
        return BLOCKS - 1 - Math.min(BLOCKS - 1, ends.size());
    }

    void quickStop() {
        ends.clear();
    }

    private void finish(long now) {
        while (!ends.isEmpty() && ends.getFirst() <= now) {
            ends.removeFirst();
        }
    }
}
