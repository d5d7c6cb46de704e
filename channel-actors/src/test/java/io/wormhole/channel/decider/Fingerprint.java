package io.wormhole.channel.decider;

/** 128 bits of a sequence of numbers: two states with the same would be taken for one. */
final class Fingerprint {
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xC2B2AE3D27D4EB4FL;

    private long high = FIRST;
    private long low = SECOND;

    void add(int number) {
        high = mixed(high ^ (number * SECOND));
        low = mixed(low + number * FIRST + high);
    }

    private static long mixed(long value) {
        long mixing = (value ^ (value >>> 32)) * 0xD6E8FEB86659FD93L;
        mixing = (mixing ^ (mixing >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixing ^ (mixing >>> 32);
    }

    long high() {
        return high == 0 ? 1 : high;
    }

    long low() {
        return low;
    }
}
