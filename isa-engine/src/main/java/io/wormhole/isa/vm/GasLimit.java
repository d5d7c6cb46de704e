package io.wormhole.isa.vm;

/**
 * The most that a run may use.
 *
 * @param time sum of the prices of instructions
 * @param space peak of cells alive at one time; a cell is eight bytes
 */
public record GasLimit(long time, long space) {
    /** The largest time limit. */
    public static final long MAX_TIME = 1L << 48;

    /** The largest space limit, in cells. */
    public static final long MAX_SPACE = 1L << 26;

    /** Refuses negative limits and those above the maxima. */
    public GasLimit {
        if (time < 0 || time > MAX_TIME) {
            throw new IllegalArgumentException("time limit " + time + ", allowed 0 to " + MAX_TIME);
        }
        if (space < 0 || space > MAX_SPACE) {
            throw new IllegalArgumentException(
                    "space limit " + space + ", allowed 0 to " + MAX_SPACE);
        }
    }
}
