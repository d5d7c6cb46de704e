package io.wormhole.runtime.device;

import java.nio.ByteBuffer;

/**
 * The line numbers a part is sent under, chosen so that the number alone says which part it is.
 *
 * <p>Marlin remembers the number of the last line it accepted, in 31 bits, for as long as it has
 * power, and tells it to anybody who sends a wrong one. The upper bits name the part (hash of the
 * job, part, attempt), the lower ones the command in it. Two parts of one job never share numbers
 * within thousands of parts; parts of different jobs do so with a chance of one in 2^(31 - bits of
 * the file's length), one in 260,000 for a file of 5,000 commands.
 *
 * @param base number set with M110; the first command has the next one
 * @param total commands in all, the driver's own included
 */
record LineNumbers(long base, long total) {
    static final long MAX_COMMANDS = 1_000_000;
    private static final int BITS = 31;

    static LineNumbers of(PartId part, long total) {
        int low = Long.SIZE - Long.numberOfLeadingZeros(total + 1);
        long slots = 1L << (BITS - low);
        long hash = ByteBuffer.wrap(part.jobHash()).getLong() >>> 8;
        long slot = 1 + (hash + 31L * part.part() + part.attempt()) % (slots - 1);
        return new LineNumbers(slot << low, total);
    }

    /** Whether a printer whose last line has this number is at this part. */
    boolean holds(long last) {
        return last >= base && last <= base + total;
    }

    long number(long index) {
        return base + index;
    }

    long index(long number) {
        return number - base;
    }
}
