package io.wormhole.protocol.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the canonical encoding strictly: every length is checked against its limit and against what
 * is left before anything is allocated. Each fault is a {@link MalformedBytesException}.
 */
public final class CanonicalReader {
    private final byte[] input;
    private int position;

    private CanonicalReader(byte[] input) {
        this.input = input;
    }

    /** A reader at the start of {@code input}. */
    public static CanonicalReader of(Bytes input) {
        return new CanonicalReader(input.content());
    }

    /**
     * Decodes {@code input} whole: {@code decoder} must leave nothing over, and a value that its
     * constructor refuses is malformed input as well.
     */
    public static <T> T decode(Bytes input, Function<CanonicalReader, T> decoder) {
        CanonicalReader in = of(input);
        T value = in.construct(() -> decoder.apply(in));
        in.expectEnd();
        return value;
    }

    /** One unsigned byte, 0 to 255. */
    public int readU8() {
        require(1, "byte");
        return input[position++] & 0xff;
    }

    /** 0 or 1; any other byte is malformed. */
    public boolean readBoolean() {
        int value = readU8();
        if (value > 1) {
            throw fault("boolean must be 0 or 1, found " + value);
        }
        return value == 1;
    }

    /** Four bytes, two's complement. */
    public int readInt() {
        require(4, "32-bit integer");
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = (value << 8) | (input[position++] & 0xff);
        }
        return value;
    }

    /** Eight bytes, two's complement. */
    public long readLong() {
        require(8, "64-bit integer");
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (input[position++] & 0xff);
        }
        return value;
    }

    /** Exactly {@code length} bytes. */
    public Bytes readFixed(int length) {
        require(length, length + " bytes");
        Bytes value = Bytes.wrapping(Arrays.copyOfRange(input, position, position + length));
        position += length;
        return value;
    }

    /** Passes over what {@link #readBytes} would read. */
    public void skipBytes(int maximum) {
        int length = readLength(maximum, "length");
        require(length, length + " bytes");
        position += length;
    }

    /** A length of at most {@code maximum}, then that many bytes. */
    public Bytes readBytes(int maximum) {
        return readFixed(readLength(maximum, "length"));
    }

    /** UTF-8 text of at most {@code maximumBytes} bytes. */
    public String readText(int maximumBytes) {
        Bytes encoded = readBytes(maximumBytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(encoded.toArray()))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw fault("text is not UTF-8");
        }
    }

    /** A count of at most {@code maximum}, then that many elements. */
    public <T> List<T> readList(int maximum, Function<CanonicalReader, T> element) {
        int count = readLength(maximum, "count");
        // Elements take a byte at least, so a count beyond what is left is a lie: refuse it early.
        require(count, count + " elements");
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(element.apply(this));
        }
        return List.copyOf(values);
    }

    /** 0, or 1 and the value. */
    public <T> Optional<T> readOptional(Function<CanonicalReader, T> value) {
        return readBoolean() ? Optional.of(value.apply(this)) : Optional.empty();
    }

    /** The constant of {@code type} whose ordinal is the next byte. */
    public <E extends Enum<E>> E readEnum(Class<E> type) {
        E[] constants = type.getEnumConstants();
        int ordinal = readU8();
        if (ordinal >= constants.length) {
            throw fault(type.getSimpleName() + " has no code " + ordinal);
        }
        return constants[ordinal];
    }

    /** A fault at the present position, to be thrown. */
    public MalformedBytesException fault(String what) {
        return new MalformedBytesException(position, what);
    }

    /** Bytes not yet read. */
    public int remaining() {
        return input.length - position;
    }

    private void expectEnd() {
        if (remaining() != 0) {
            throw fault(remaining() + " bytes left over");
        }
    }

    private <T> T construct(Supplier<T> decoder) {
        try {
            return decoder.get();
        } catch (MalformedBytesException already) {
            throw already;
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw fault(String.valueOf(refused.getMessage()));
        }
    }

    private int readLength(int maximum, String what) {
        int length = readInt();
        if (length < 0 || length > maximum) {
            throw fault(what + " " + Integer.toUnsignedString(length) + " over " + maximum);
        }
        return length;
    }

    private void require(int length, String what) {
        if (remaining() < length) {
            throw fault("truncated: " + what + " expected, " + remaining() + " bytes left");
        }
    }
}
