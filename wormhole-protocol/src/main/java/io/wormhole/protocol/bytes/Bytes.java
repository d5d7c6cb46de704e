package io.wormhole.protocol.bytes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** An immutable byte string, ordered as unsigned bytes. */
public final class Bytes implements Comparable<Bytes> {
    /** The empty byte string. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final int LONGEST_SHOWN = 80;

    private final byte[] content;
    // Computed when first asked for, as 0 until then: two threads find the same.
    private int hashCode;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** Copies {@code content}; later changes to the array are not seen. */
    public static Bytes of(byte... content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /** Copies what remains of {@code content}. */
    public static Bytes of(ByteBuffer content) {
        byte[] copy = new byte[content.remaining()];
        content.get(copy);
        return wrapping(copy);
    }

    /** Takes over {@code content}, which nobody else may keep. */
    static Bytes wrapping(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /** The content itself, not to be changed and not to leave this package. */
    byte[] content() {
        return content;
    }

    /** Parses lower- or upper-case hexadecimal digits; throws on anything else. */
    public static Bytes ofHex(String hex) {
        try {
            return new Bytes(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "pairs of hexadecimal digits are expected, found "
                            + (hex.length() > LONGEST_SHOWN
                                    ? hex.substring(0, LONGEST_SHOWN) + "…"
                                    : hex));
        }
    }

    /** A copy of the content. */
    public byte[] toArray() {
        return content.clone();
    }

    /** The content for reading, not copied. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /** Length in bytes. */
    public int size() {
        return content.length;
    }

    /** Whether the length is zero. */
    public boolean isEmpty() {
        return content.length == 0;
    }

    /** The byte at {@code index}, from 0. */
    public byte at(int index) {
        return content[index];
    }

    /** The bit at {@code index} counted from the most significant bit of the first byte. */
    public boolean bit(int index) {
        return ((content[index >>> 3] >>> (7 - (index & 7))) & 1) == 1;
    }

    /** The bytes from {@code from} (inclusive) to {@code to} (exclusive), both inside. */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, content.length);
        return new Bytes(Arrays.copyOfRange(content, from, to));
    }

    /** This byte string followed by {@code other}. */
    public Bytes concat(Bytes other) {
        byte[] joined = Arrays.copyOf(content, content.length + other.content.length);
        System.arraycopy(other.content, 0, joined, content.length, other.content.length);
        return new Bytes(joined);
    }

    /** Copies the content into {@code target} at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(content, 0, target, offset, content.length);
    }

    /** Adds the content to what {@code digest} hashes. */
    public void addTo(MessageDigest digest) {
        digest.update(content);
    }

    /** Lower-case hexadecimal. */
    public String toHex() {
        return HexFormat.of().formatHex(content);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        int known = hashCode;
        if (known == 0) {
            known = Arrays.hashCode(content);
            hashCode = known;
        }
        return known;
    }

    /** Hexadecimal, cut after 32 bytes, for people. */
    @Override
    public String toString() {
        return content.length <= 32
                ? toHex()
                : slice(0, 32).toHex() + "…(" + content.length + " bytes)";
    }
}
