package io.wormhole.oracle.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.oracle.feed.Fusion.Interval;
import io.wormhole.oracle.feed.Fusion.Region;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Vectors;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static Interval interval(long low, long high) {
        return new Interval(BigDecimal.valueOf(low), BigDecimal.valueOf(high));
    }

    @Test
    void sensorsAreFusedAsTheVectorsSay() {
        for (JsonNode test : Vectors.cases("mechanisms/brooks_iyengar.json")) {
            List<Interval> sensors = new ArrayList<>();
            test.path("intervalsMilli")
                    .forEach(s -> sensors.add(interval(s.path(0).asLong(), s.path(1).asLong())));
            JsonNode expect = test.path("expect");

            Fusion.Result result = Fusion.fuse(sensors, test.path("faulty").asInt()).orElseThrow();

            List<Region> regions = new ArrayList<>();
            expect.path("regions")
                    .forEach(
                            r ->
                                    regions.add(
                                            new Region(
                                                    BigDecimal.valueOf(r.path(0).asLong()),
                                                    BigDecimal.valueOf(r.path(1).asLong()),
                                                    r.path(2).asInt())));
            assertThat(result.regions()).isEqualTo(regions);
            assertThat(result.interval())
                    .isEqualTo(
                            interval(
                                    expect.path("interval").path(0).asLong(),
                                    expect.path("interval").path(1).asLong()));
            Fraction exact =
                    new Fraction(
                            BigDecimal.valueOf(expect.path("estimateTimes2Num").asLong()),
                            expect.path("estimateDen").asLong());
            assertThat(result.estimate()).isEqualTo(exact);
        }
    }

    @Test
    void exactSensorsThatAgreeGiveTheirValue() {
        Fusion.Result result =
                Fusion.fuse(List.of(interval(5, 5), interval(5, 5), interval(9, 9)), 1)
                        .orElseThrow();

        assertThat(result.regions())
                .containsExactly(new Region(BigDecimal.valueOf(5), BigDecimal.valueOf(5), 2));
        assertThat(result.estimate().compareTo(BigDecimal.valueOf(5))).isZero();
    }

    @Test
    void sensorsThatDoNotAgreeGiveNothing() {
        assertThat(Fusion.fuse(List.of(interval(1, 2), interval(3, 4), interval(5, 6)), 1))
                .isEmpty();
        assertThatThrownBy(() -> Fusion.fuse(List.of(interval(1, 2)), 1))
                .hasMessageContaining("faulty");
    }

    @Test
    void faultySensorsNeverPushTheEstimateOutOfWhatGoodOnesSay() {
        Arbitrary arbitrary = Arbitrary.forTest("FusionTest", 4);
        for (int i = 0; i < 500; i++) {
            int faulty = 1 + arbitrary.below(2);
            int good = 2 * faulty + 1 + arbitrary.below(3);
            long truth = arbitrary.below(1000);
            List<Interval> sensors = new ArrayList<>();
            long lowest = Long.MAX_VALUE;
            long highest = Long.MIN_VALUE;
            for (int g = 0; g < good; g++) {
                Interval sensor =
                        interval(truth - arbitrary.below(50), truth + arbitrary.below(50));
                lowest = Math.min(lowest, sensor.low().longValue());
                highest = Math.max(highest, sensor.high().longValue());
                sensors.add(sensor);
            }
            for (int f = 0; f < faulty; f++) {
                long lie = arbitrary.below(2000) - 500L;
                sensors.add(interval(lie, lie + arbitrary.below(1000)));
            }

            Fraction estimate =
                    Fusion.fuse(arbitrary.shuffled(sensors), faulty).orElseThrow().estimate();

            assertThat(estimate.compareTo(BigDecimal.valueOf(lowest))).isNotNegative();
            assertThat(estimate.compareTo(BigDecimal.valueOf(highest))).isNotPositive();
        }
    }
}
