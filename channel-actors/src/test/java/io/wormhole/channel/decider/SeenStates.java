package io.wormhole.channel.decider;

/** The fingerprints of states, and which of them are still being followed: 17 bytes for each. */
final class SeenStates {
    private static final int FIRST_ROOM = 1 << 16;

    private long[] high = new long[FIRST_ROOM];
    private long[] low = new long[FIRST_ROOM];
    private byte[] followed = new byte[FIRST_ROOM];
    private int count;

    boolean has(Fingerprint state) {
        return high[place(state.high(), state.low())] != 0;
    }

    /** Whether whatever the state leads to is not all known yet. */
    boolean isFollowed(Fingerprint state) {
        return followed[place(state.high(), state.low())] != 0;
    }

    void add(Fingerprint state) {
        if (count * 2 >= high.length) {
            grow();
        }
        int place = place(state.high(), state.low());
        high[place] = state.high();
        low[place] = state.low();
        followed[place] = 1;
        count++;
    }

    void done(Fingerprint state) {
        followed[place(state.high(), state.low())] = 0;
    }

    int count() {
        return count;
    }

    private int place(long first, long second) {
        int mask = high.length - 1;
        int place = Long.hashCode(first ^ second) & mask;
        while (high[place] != 0 && (high[place] != first || low[place] != second)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        byte[] oldFollowed = followed;
        high = new long[oldHigh.length * 2];
        low = new long[oldHigh.length * 2];
        followed = new byte[oldHigh.length * 2];
        for (int i = 0; i < oldHigh.length; i++) {
            if (oldHigh[i] != 0) {
                int place = place(oldHigh[i], oldLow[i]);
                high[place] = oldHigh[i];
                low[place] = oldLow[i];
                followed[place] = oldFollowed[i];
            }
        }
    }
}
