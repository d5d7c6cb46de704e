package io.wormhole.protocol.bytes;

/** A value with a canonical encoding. */
public interface Canonical {
    /** Appends this value's fields to {@code out}. */
    void writeTo(CanonicalWriter out);

    /** The canonical encoding of this value alone. */
    default Bytes encoded() {
        CanonicalWriter out = new CanonicalWriter();
        writeTo(out);
        return out.toBytes();
    }
}
