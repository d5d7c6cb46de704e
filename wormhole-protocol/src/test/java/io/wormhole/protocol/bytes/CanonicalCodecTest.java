package io.wormhole.protocol.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CanonicalCodecTest {
    private final Arbitrary any = Arbitrary.forTest("CanonicalCodecTest", 5);

    @Test
    void everyValueComesBackFromItsEncoding() {
        for (int round = 0; round < 300; round++) {
            Sample sample = sample();

            Sample decoded = CanonicalReader.decode(sample.encoded(), Sample::readFrom);

            assertThat(decoded).isEqualTo(sample);
        }
    }

    @Test
    void anEncodingCutAtAnyByteIsRefused() {
        Bytes encoded = sample().encoded();
        for (int size = 0; size < encoded.size(); size++) {
            Bytes cut = encoded.slice(0, size);

            assertThatThrownBy(() -> CanonicalReader.decode(cut, Sample::readFrom))
                    .isInstanceOf(MalformedBytesException.class)
                    .hasMessageStartingWith("malformed at byte ");
        }
    }

    @Test
    void bytesLeftOverAreRefused() {
        Bytes encoded = sample().encoded().concat(Bytes.of((byte) 0));

        assertMalformed(encoded, Sample::readFrom, "1 bytes left over");
    }

    @Test
    void anyChangedBitIsRefusedOrIsAnotherValue() {
        for (int round = 0; round < 2_000; round++) {
            Sample sample = sample();
            Bytes changed = any.withOneBitFlipped(sample.encoded());
            try {
                Sample decoded = CanonicalReader.decode(changed, Sample::readFrom);
                assertThat(decoded).isNotEqualTo(sample);
                assertThat(decoded.encoded()).isEqualTo(changed);
            } catch (MalformedBytesException refused) {
                assertThat(refused).hasMessageStartingWith("malformed at byte ");
            }
        }
    }

    @Test
    void numbersAreBigEndianAndOfFixedWidth() {
        Bytes encoded =
                new CanonicalWriter()
                        .writeU8(255)
                        .writeBoolean(true)
                        .writeInt(-2)
                        .writeLong(0x0102030405060708L)
                        .toBytes();

        assertThat(encoded.toHex()).isEqualTo("ff01fffffffe0102030405060708");
        assertThatThrownBy(() -> new CanonicalWriter().writeU8(256))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CanonicalWriter().writeU8(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lengthsOverTheirLimitAreRefusedBeforeAnythingIsAllocated() {
        Bytes huge = Bytes.ofHex("7fffffff");
        Bytes negative = Bytes.ofHex("ffffffff");

        assertMalformed(huge, in -> in.readBytes(10), "length 2147483647 over 10");
        assertMalformed(negative, in -> in.readBytes(10), "length 4294967295 over 10");
        assertMalformed(negative, in -> in.readText(10), "length 4294967295 over 10");
        assertMalformed(negative, in -> in.readList(10, CanonicalReader::readU8), "count 42949672");
        assertMalformed(
                huge, in -> in.readList(Integer.MAX_VALUE, CanonicalReader::readU8), "trun");
        assertMalformed(huge, in -> in.readBytes(Integer.MAX_VALUE), "truncated");
        assertMalformed(Bytes.ofHex("00000003aabbcc"), in -> in.readBytes(2), "length 3 over 2");
    }

    @Test
    void aCountBeyondWhatIsLeftIsRefused() {
        Bytes lie = Bytes.ofHex("000000030101");

        assertMalformed(lie, in -> in.readList(9, CanonicalReader::readU8), "3 elements expected");
    }

    @Test
    void aBooleanIsZeroOrOne() {
        assertMalformed(
                Bytes.ofHex("02"), CanonicalReader::readBoolean, "boolean must be 0 or 1, found 2");
        assertMalformed(
                Bytes.ofHex("0201"),
                in -> in.readOptional(CanonicalReader::readU8),
                "boolean must be 0 or 1");
    }

    @Test
    void anEnumHasNoUnknownCode() {
        Colour green = CanonicalReader.decode(Bytes.ofHex("01"), in -> in.readEnum(Colour.class));

        assertThat(green).isEqualTo(Colour.GREEN);
        assertMalformed(Bytes.ofHex("02"), in -> in.readEnum(Colour.class), "Colour has no code 2");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        for (String hex : List.of("c0af", "ff", "e282", "eda080", "f4908080", "80")) {
            Bytes text = Bytes.ofHex(hex);
            Bytes encoded = new CanonicalWriter().writeBytes(text).toBytes();

            assertMalformed(encoded, in -> in.readText(100), "text is not UTF-8");
        }
    }

    @Test
    void textWithHalfASurrogatePairIsNotWrittenAsSomethingElse() {
        assertThatThrownBy(() -> new CanonicalWriter().writeText("a\ud800"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("half a surrogate pair");
        assertThat(new CanonicalWriter().writeText("é😀").toBytes().toHex())
                .isEqualTo("00000006c3a9f09f9880");
    }

    @Test
    void aValueItsConstructorRefusesIsMalformed() {
        assertMalformed(
                Bytes.ofHex("00"),
                in -> {
                    throw new IllegalArgumentException("no such thing");
                },
                "no such thing");
        assertMalformed(
                Bytes.ofHex("00"),
                in -> {
                    throw new ArithmeticException("overflow");
                },
                "overflow");
    }

    private enum Colour {
        RED,
        GREEN
    }

    private record Sample(
            long number, String text, List<Bytes> parts, Optional<Word> word, Colour colour)
            implements Canonical {
        static Sample readFrom(CanonicalReader in) {
            return new Sample(
                    in.readLong(),
                    in.readText(40),
                    in.readList(5, element -> element.readBytes(9)),
                    in.readOptional(Word::readFrom),
                    in.readEnum(Colour.class));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeLong(number).writeText(text).writeList(parts, CanonicalWriter::writeBytes);
            out.writeOptional(word).writeU8(colour == Colour.RED ? 0 : 1);
        }
    }

    private record Word(Bytes fixed, boolean flag) implements Canonical {
        static Word readFrom(CanonicalReader in) {
            return new Word(in.readFixed(3), in.readBoolean());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeFixed(fixed).writeBoolean(flag);
        }
    }

    private Sample sample() {
        return new Sample(
                any.random().nextLong(),
                "π".repeat(any.below(20)),
                any.listUpTo(5, () -> any.bytesUpTo(9)),
                any.oneIn(2) ? Optional.of(new Word(any.bytes(3), any.oneIn(2))) : Optional.empty(),
                any.oneOf(List.of(Colour.values())));
    }

    private static void assertMalformed(
            Bytes input, Function<CanonicalReader, Object> decoder, String fault) {
        assertThatThrownBy(() -> CanonicalReader.decode(input, decoder))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining(fault);
    }
}
