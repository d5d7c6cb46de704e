package io.wormhole.channel.entity;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is said to others than the partner when it is durable, in the order in which it came. */
final class Untold {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long added;

    void add(Runnable words) {
        waiting.add(words);
        added++;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The number of the newest; the first ever has number 1. */
    long last() {
        return added;
    }

    /** Says all up to this number. */
    void tell(long upTo) {
        while (!waiting.isEmpty() && added - waiting.size() < upTo) {
            waiting.remove().run();
        }
    }
}
