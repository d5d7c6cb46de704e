package io.wormhole.isa.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueCodecTest {
    private final Arbitrary any = Arbitrary.forTest("ValueCodecTest", 12);

    @Test
    void everyDataValueComesBackFromBytesAndFromText() {
        for (int i = 0; i < 3_000; i++) {
            Value value = ArbitraryValues.value(any, 4);

            Bytes encoded = ValueCodec.encode(value);

            assertThat(ValueCodec.decode(encoded)).isEqualTo(value);
            assertThat(ValueCodec.decode(encoded).cells()).isEqualTo(value.cells());
            assertThat(ValueText.parse(value.toString())).isEqualTo(value);
        }
    }

    @Test
    void whatDecodesEncodesToTheSameBytes() {
        for (int i = 0; i < 3_000; i++) {
            Bytes changed = any.withOneBitFlipped(ValueCodec.encode(ArbitraryValues.value(any, 3)));
            try {
                assertThat(ValueCodec.encode(ValueCodec.decode(changed))).isEqualTo(changed);
            } catch (MalformedBytesException expected) {
                assertThat(expected).hasMessageStartingWith("malformed at byte");
            }
        }
    }

    @Test
    void orderIsTotalAndAgreesWithEquality() {
        for (int i = 0; i < 2_000; i++) {
            Value a = ArbitraryValues.value(any, 2);
            Value b = ArbitraryValues.value(any, 2);
            Value c = ArbitraryValues.value(any, 2);

            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
            if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
            }
            assertThat(a.equals(b)).isEqualTo(ValueCodec.encode(a).equals(ValueCodec.encode(b)));
            if (a.equals(b)) {
                assertThat(a).hasSameHashCodeAs(b);
            }
        }
    }

    @Test
    void mapBehavesAsASortedMapAndStaysFlat() {
        MapValue map = MapValue.EMPTY;
        SortedMap<Value, Value> model = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            Value key = Value.of(any.below(700));
            if (any.oneIn(3)) {
                map = map.remove(key);
                model.remove(key);
            } else {
                map = map.put(key, Value.of(i));
                model.put(key, Value.of(i));
            }
            assertThat(map.get(key).isPresent()).isEqualTo(model.containsKey(key));
        }
        assertThat(map.keys()).containsExactlyElementsOf(model.keySet());
        assertThat(map.size()).isEqualTo(model.size());
        assertThat(map.cells()).isEqualTo(1 + 3L * model.size());
        assertThat(map.height()).isLessThanOrEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | truncated",
                "08 | no value has tag 8",
                "0000 | integer of 0 bytes, allowed 1 to 32",
                "00020001 | integer is not minimal",
                "0002ff80 | integer is not minimal",
                "0021 | integer of 33 bytes",
                "047ff0000000000001 | not the canonical NaN",
                "0300000001 | truncated",
                "03ffffffff | over",
                "0502 | truncated",
                "06ffffffff | over",
                "0700000002 0102 0102 | map keys do not ascend",
                "0700000002 02 01 01 01 | map keys do not ascend",
                "0101 | 1 bytes left over"
            })
    void everyOtherFormIsMalformed(String hex, String fault) {
        assertThatThrownBy(() -> ValueCodec.decode(Bytes.ofHex(hex.replace(" ", ""))))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void depthAndLengthAreLimited() {
        assertThatThrownBy(() -> ValueCodec.decode(Bytes.ofHex("0501".repeat(200) + "01")))
                .hasMessageContaining("deeper than 128");
        assertThatThrownBy(() -> ValueCodec.decode(Bytes.of(new byte[300_000])))
                .hasMessageContaining("allowed 262144");
        List<Value> nested = new ArrayList<>(List.of(Value.of(1)));
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 200; i++) {
                                nested.set(0, Value.tuple(nested.get(0)));
                            }
                        })
                .isInstanceOf(TooDeepException.class);
    }

    @Test
    void functionsDoNotLeaveTheirModule() {
        assertThatThrownBy(() -> ValueCodec.encode(Value.tuple(FunctionValue.closure(0))))
                .hasMessageContaining("cannot leave");
    }

    @Test
    void integersEndAt256Bits() {
        BigInteger limit = BigInteger.ONE.shiftLeft(255);

        assertThat(Value.of(limit.negate()).bigValue()).isEqualTo(limit.negate());
        assertThatThrownBy(() -> Value.of(limit)).isInstanceOf(ArithmeticException.class);
    }
}
