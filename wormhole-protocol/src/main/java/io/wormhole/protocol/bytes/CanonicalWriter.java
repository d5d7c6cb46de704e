package io.wormhole.protocol.bytes;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Appends values in the canonical encoding; the counterpart of {@link CanonicalReader}. */
public final class CanonicalWriter {
    private static final int FEW_BYTES = 128;

    private byte[] buffer;
    private int size;

    /** An empty writer. */
    public CanonicalWriter() {
        this(FEW_BYTES);
    }

    /** An empty writer with room for so many bytes before it must grow. */
    public CanonicalWriter(int expectedBytes) {
        this.buffer = new byte[expectedBytes];
    }

    /** One unsigned byte, 0 to 255. */
    public CanonicalWriter writeU8(int value) {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException("not an unsigned byte: " + value);
        }
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /** 0 or 1. */
    public CanonicalWriter writeBoolean(boolean value) {
        return writeU8(value ? 1 : 0);
    }

    /** The constant's place in its type as one byte: the order of constants is part of a format. */
    @SuppressWarnings("EnumOrdinal")
    public CanonicalWriter writeEnum(Enum<?> constant) {
        return writeU8(constant.ordinal());
    }

    /** Four bytes, two's complement. */
    public CanonicalWriter writeInt(int value) {
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Eight bytes, two's complement. */
    public CanonicalWriter writeLong(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Bytes whose length the format fixes; no length is written. */
    public CanonicalWriter writeFixed(Bytes value) {
        reserve(value.size());
        value.copyTo(buffer, size);
        size += value.size();
        return this;
    }

    /** The same of an array. */
    public CanonicalWriter writeFixed(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
        return this;
    }

    /** A four-byte length, then the bytes. */
    public CanonicalWriter writeBytes(Bytes value) {
        return writeInt(value.size()).writeFixed(value);
    }

    /** A four-byte length, then the UTF-8 bytes; refuses half a surrogate pair. */
    public CanonicalWriter writeText(String value) {
        if (value.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
            return writeBytes(Bytes.wrapping(value.getBytes(StandardCharsets.UTF_8)));
        }
        // String.getBytes would write a question mark: two texts must not have one encoding.
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] exact = new byte[encoded.remaining()];
            encoded.get(exact);
            return writeBytes(Bytes.wrapping(exact));
        } catch (CharacterCodingException halfPair) {
            throw new IllegalArgumentException("text with half a surrogate pair", halfPair);
        }
    }

    /** The fields of {@code value}, without a length. */
    public CanonicalWriter write(Canonical value) {
        value.writeTo(this);
        return this;
    }

    /** A four-byte count, then each element. */
    public <T> CanonicalWriter writeList(List<T> values, BiConsumer<CanonicalWriter, T> element) {
        writeInt(values.size());
        values.forEach(value -> element.accept(this, value));
        return this;
    }

    /** A four-byte count, then each element. */
    public CanonicalWriter writeList(List<? extends Canonical> values) {
        return writeList(values, (out, value) -> value.writeTo(out));
    }

    /** 0, or 1 and the value. */
    public CanonicalWriter writeOptional(Optional<? extends Canonical> value) {
        writeBoolean(value.isPresent());
        value.ifPresent(present -> present.writeTo(this));
        return this;
    }

    /** Forgets what was written, and keeps the room for more. */
    public void clear() {
        size = 0;
    }

    /** All that was written. */
    public Bytes toBytes() {
        return Bytes.wrapping(Arrays.copyOf(buffer, size));
    }

    private void reserve(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, more)));
        }
    }
}
