package io.wormhole.runtime.gcode;

/**
 * What a G-code file may cost to read.
 *
 * @param maxFileBytes largest file, in bytes
 * @param maxLines most text lines, comments included
 * @param maxCommandBytes longest command without comment; Marlin keeps 96 bytes for a line with its
 *     number and checksum, so 79 is what is left
 * @param maxRawLineBytes longest text line with its comment
 * @param maxFaults faults that are listed; the rest is counted
 */
public record GcodeLimits(
        long maxFileBytes, long maxLines, int maxCommandBytes, int maxRawLineBytes, int maxFaults) {

    /** Marlin's MAX_CMD_SIZE (96) less its terminator, {@code N<10 digits> } and {@code *255}. */
    public static final int MARLIN_COMMAND_BYTES = 79;

    /** Checks that every limit is above zero. */
    public GcodeLimits {
        if (maxFileBytes <= 0
                || maxLines <= 0
                || maxCommandBytes <= 0
                || maxRawLineBytes < maxCommandBytes
                || maxFaults <= 0) {
            throw new IllegalArgumentException("G-code limits must be above zero");
        }
    }

    /** 64 MiB, a million lines, Marlin's line length, twenty faults. */
    public static GcodeLimits defaults() {
        return new GcodeLimits(64L << 20, 1_000_000, MARLIN_COMMAND_BYTES, 16_384, 20);
    }
}
