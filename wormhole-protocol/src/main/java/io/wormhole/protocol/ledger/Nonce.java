package io.wormhole.protocol.ledger;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/** A strictly growing counter: of an account's transactions, or of a channel's states. */
public record Nonce(long value) implements Canonical, Comparable<Nonce> {
    /** The first: zero. */
    public static final Nonce ZERO = new Nonce(0);

    /** Refuses values below zero. */
    public Nonce {
        if (value < 0) {
            throw new IllegalArgumentException("nonce below zero: " + value);
        }
    }

    /** Reads eight bytes; a negative value is malformed. */
    public static Nonce readFrom(CanonicalReader in) {
        return new Nonce(in.readLong());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(value);
    }

    /** This one moved on by {@code steps}, which may not be negative; refuses overflow. */
    public Nonce plus(long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("nonce cannot go back: " + steps);
        }
        return new Nonce(Math.addExact(value, steps));
    }

    /** The one after this. */
    public Nonce next() {
        return plus(1);
    }

    /** Whether this is greater than {@code other}; equal is not after. */
    public boolean isAfter(Nonce other) {
        return value > other.value;
    }

    /** Whether this is less than {@code other}. */
    public boolean isBefore(Nonce other) {
        return value < other.value;
    }

    @Override
    public int compareTo(Nonce other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
