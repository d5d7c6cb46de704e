package io.wormhole.isa.value;

import io.wormhole.protocol.bytes.Bytes;

/** A byte string. */
public final class BytesValue extends Value {
    private final Bytes bytes;

    BytesValue(Bytes bytes) {
        super(ValueType.BYTES, cellsFor(bytes.size()), 0, true);
        this.bytes = bytes;
    }

    /** Cells of a byte string of {@code length} bytes: one, and one per begun eight bytes. */
    public static long cellsFor(long length) {
        return 1 + ((length + 7) >>> 3);
    }

    /** The content. */
    public Bytes bytes() {
        return bytes;
    }

    @Override
    int compareSameType(Value other) {
        return bytes.compareTo(((BytesValue) other).bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }
}
