package io.wormhole.settlement.chain;

/** A value that one owner changes and everybody may read; there is always one. */
public final class Shown<T> {
    private volatile T value;

    /** Shows {@code first} to begin with. */
    public Shown(T first) {
        this.value = first;
    }

    /** The value now. */
    public T get() {
        return value;
    }

    /** Shows another value; for the owner. */
    public void set(T next) {
        value = next;
    }
}
