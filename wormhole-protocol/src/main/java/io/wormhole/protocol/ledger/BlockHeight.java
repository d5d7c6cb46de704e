package io.wormhole.protocol.ledger;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/** How many blocks lie under a block; genesis has height 0. */
public record BlockHeight(long value) implements Canonical, Comparable<BlockHeight> {
    /** The first: zero. */
    public static final BlockHeight ZERO = new BlockHeight(0);

    /** Refuses values below zero. */
    public BlockHeight {
        if (value < 0) {
            throw new IllegalArgumentException("block height below zero: " + value);
        }
    }

    /** Reads eight bytes; a negative value is malformed. */
    public static BlockHeight readFrom(CanonicalReader in) {
        return new BlockHeight(in.readLong());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(value);
    }

    /** This one moved on by {@code steps}, which may not be negative; refuses overflow. */
    public BlockHeight plus(long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("block height cannot go back: " + steps);
        }
        return new BlockHeight(Math.addExact(value, steps));
    }

    /** The one after this. */
    public BlockHeight next() {
        return plus(1);
    }

    /** Whether this is greater than {@code other}; equal is not after. */
    public boolean isAfter(BlockHeight other) {
        return value > other.value;
    }

    /** Whether this is less than {@code other}. */
    public boolean isBefore(BlockHeight other) {
        return value < other.value;
    }

    @Override
    public int compareTo(BlockHeight other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
