package io.wormhole.settlement.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactTargetTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x2100ffff,
                0x1d00ffff,
                0x01010000,
                0x02010000,
                0x03123456,
                0x04123456,
                0x1802aee8
            })
    void compactFormIsReadBack(int bits) {
        assertThat(CompactTarget.decode(bits).bits()).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x1d000000, 0x1d800001, 0x01003456, 0x22010000, 0x23000001, 0xff000001})
    void whatIsNoTargetIsRefused(int bits) {
        assertThatThrownBy(() -> CompactTarget.decode(bits))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed: positive, at most 256 bits");
    }

    @Test
    void roundingNeverMakesATargetEasier() {
        SplittableRandom random = new SplittableRandom(11);
        for (int n = 0; n < 2000; n++) {
            byte[] bytes = new byte[1 + random.nextInt(32)];
            random.nextBytes(bytes);
            CompactTarget target = new CompactTarget(new BigInteger(1, bytes).max(BigInteger.ONE));

            CompactTarget rounded = target.rounded();

            assertThat(rounded).isLessThanOrEqualTo(target);
            assertThat(rounded.rounded()).isEqualTo(rounded);
        }
    }

    @Test
    void hashMustBeBelowTheTarget() {
        CompactTarget target = new CompactTarget(BigInteger.TWO);
        byte[] one = new byte[32];
        one[31] = 1;
        byte[] two = new byte[32];
        two[31] = 2;

        assertThat(target.isMetBy(one)).isTrue();
        assertThat(target.isMetBy(two)).isFalse();
    }

    @Test
    void halfTheTargetIsTwiceTheWork() {
        BigInteger easy = CompactTarget.decode(0x2000ffff).work();
        BigInteger hard =
                new CompactTarget(CompactTarget.decode(0x2000ffff).value().shiftRight(1)).work();

        assertThat(hard.subtract(easy.shiftLeft(1)).abs()).isLessThanOrEqualTo(BigInteger.TWO);
    }

    @Test
    void absurdTimesGiveTheLimitOrOne() {
        Asert asert = new Asert(0, 0, 0x1d00ffff, 1000, 288_000, 0x2100ffff);

        assertThat(asert.nextBits(1, Long.MAX_VALUE)).isEqualTo(0x2100ffff);
        assertThat(asert.nextBits(1, Long.MIN_VALUE)).isEqualTo(0x01010000);
        assertThat(asert.nextBits(Long.MAX_VALUE, 0)).isEqualTo(0x01010000);
    }

    @Test
    void medianIsOfAtMostElevenTimesInAnyOrder() {
        assertThat(MedianTime.median(List.of(5L))).isEqualTo(5);
        assertThat(MedianTime.median(List.of(9L, 1L, 5L))).isEqualTo(5);
        assertThat(MedianTime.isAfterMedian(List.of(9L, 1L, 5L), 5)).isFalse();
        assertThat(MedianTime.isAfterMedian(List.of(9L, 1L, 5L), 6)).isTrue();
        assertThat(MedianTime.isNotTooFarAhead(540_000, 1)).isTrue();
        assertThat(MedianTime.isNotTooFarAhead(540_001, 1)).isFalse();
        assertThatThrownBy(() -> MedianTime.median(List.of()))
                .hasMessageContaining("allowed: 1 to 11");
    }
}
