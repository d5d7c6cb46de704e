package io.wormhole.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AmountTest {
    private static final Amount MOST = new Amount(Long.MAX_VALUE);

    private final Arbitrary any = Arbitrary.forTest("AmountTest", 9);

    @Test
    void arithmeticIsExactOrRefused() {
        for (int round = 0; round < 5_000; round++) {
            Amount a = any.amountUpTo(MOST);
            Amount b = any.amountUpTo(any.oneIn(2) ? MOST : Amount.of(100));
            BigInteger first = BigInteger.valueOf(a.baseUnits());
            BigInteger second = BigInteger.valueOf(b.baseUnits());

            assertExact(first.add(second), () -> a.plus(b));
            assertExact(first.subtract(second), () -> a.minus(b));
            assertExact(first.multiply(second), () -> a.times(b.baseUnits()));
            assertThat(a.covers(b)).isEqualTo(first.compareTo(second) >= 0);
            assertThat(a.min(b).baseUnits()).isEqualTo(first.min(second).longValueExact());
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(first.compareTo(second));
        }
    }

    @Test
    void moneyIsNeverNegative() {
        assertThatThrownBy(() -> new Amount(-1)).hasMessageContaining("amount below zero: -1");
        assertThatThrownBy(() -> MOST.times(-1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amount.ZERO.minus(Amount.of(1)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("0 - 1 is below zero");
        assertThatThrownBy(
                        () ->
                                CanonicalReader.decode(
                                        Bytes.ofHex("8000000000000000"), Amount::readFrom))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("amount below zero");
    }

    @Test
    void aSumIsThatOfAllOrRefused() {
        assertThat(Amount.sum(List.of())).isEqualTo(Amount.ZERO);
        assertThat(Amount.sum(List.of(Amount.of(1), Amount.of(2), Amount.of(3))))
                .isEqualTo(Amount.of(6));
        assertThatThrownBy(() -> Amount.sum(List.of(MOST, Amount.of(1))))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void textIsReadInDsdWithUpToNineDecimals() {
        assertThat(Amount.parse("12.5")).isEqualTo(Amount.of(12_500_000_000L));
        assertThat(Amount.parse("0.000000001")).isEqualTo(Amount.of(1));
        assertThat(Amount.parse("0")).isEqualTo(Amount.ZERO);
        assertThat(Amount.parse("9223372036.854775807")).isEqualTo(MOST);
    }

    @Test
    void anyOtherTextIsRefused() {
        for (String text :
                List.of(
                        "",
                        " 1",
                        "1 ",
                        "-1",
                        "+1",
                        "1e3",
                        "1.",
                        ".5",
                        "1,5",
                        "1.0000000001",
                        "0x10",
                        "NaN",
                        "1\n",
                        "\u0661",
                        "12345678901",
                        "9223372036.854775808")) {
            assertThatThrownBy(() -> Amount.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("amount");
        }
    }

    @Test
    void textIsReadBackAsWritten() {
        assertThat(Amount.ZERO).hasToString("0");
        assertThat(Amount.of(1)).hasToString("0.000000001");
        assertThat(Amount.of(10_000_000_000_000L)).hasToString("10000");
        for (int round = 0; round < 1_000; round++) {
            Amount amount = any.amountUpTo(MOST);

            assertThat(Amount.parse(amount.toString())).isEqualTo(amount);
            assertThat(CanonicalReader.decode(amount.encoded(), Amount::readFrom))
                    .isEqualTo(amount);
        }
    }

    private static void assertExact(BigInteger expected, Supplier<Amount> sum) {
        if (expected.signum() >= 0 && expected.bitLength() < 64) {
            assertThat(sum.get().baseUnits()).isEqualTo(expected.longValueExact());
        } else {
            assertThatThrownBy(sum::get).isInstanceOf(ArithmeticException.class);
        }
    }
}
