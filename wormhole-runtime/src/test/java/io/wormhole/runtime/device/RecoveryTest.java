package io.wormhole.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecoveryTest {
    private static final LineNumbers NUMBERS = LineNumbers.of(PartId.first("job", 1), 5_000);
    private static final Begun MAYBE = new Begun.Maybe(0, Optional.empty());
    private static final Optional<DeviceCounters> THREE = Optional.of(new DeviceCounters(4, 3, 9));
    private static final Optional<DeviceCounters> FOUR = Optional.of(new DeviceCounters(5, 4, 9));

    @Test
    void numberInsideThePartGoesOnBehindIt() {
        assertThat(decide(MAYBE, NUMBERS.number(77))).isEqualTo(new Recovery.Resume(77));
        assertThat(decide(Begun.NOT, NUMBERS.number(0))).isEqualTo(new Recovery.Resume(0));
    }

    @Test
    void lastNumberOfThePartIsAPrintedPart() {
        assertThat(decide(MAYBE, NUMBERS.number(5_000))).isEqualTo(new Recovery.Printed());
        assertThat(decide(Begun.NOT, NUMBERS.number(5_000))).isEqualTo(new Recovery.Printed());
    }

    @Test
    void partThatWasNeverBegunStartsFreshWhateverThePrinterDidBefore() {
        assertThat(decide(Begun.NOT, 0)).isEqualTo(new Recovery.Fresh());
        assertThat(decide(Begun.NOT, 12)).isEqualTo(new Recovery.Fresh());
    }

    @Test
    void restartedPrinterLosesThePartUnlessItsCountersKnowBetter() {
        assertThat(lostReason(MAYBE, 0)).isEqualTo(FailureReason.DEVICE_LOST_POWER);
        assertThat(Recovery.decide(NUMBERS, new Begun.Maybe(9, THREE), 0, FOUR))
                .isEqualTo(new Recovery.Printed());
        assertThat(Recovery.decide(NUMBERS, new Begun.Maybe(9, THREE), 0, THREE))
                .isInstanceOf(Recovery.Lost.class);
    }

    @Test
    void foreignNumberMeansLostTrackOnceThePartHadBegun() {
        assertThat(decide(MAYBE, 12)).isEqualTo(new Recovery.Fresh());
        assertThat(lostReason(new Begun.Maybe(5, Optional.empty()), 12))
                .isEqualTo(FailureReason.DEVICE_LOST_TRACK);
        assertThat(lostReason(new Begun.Maybe(0, THREE), 12))
                .isEqualTo(FailureReason.DEVICE_LOST_TRACK);
    }

    @Test
    void numbersFitMarlinsThirtyOneBitsAndNeverTouchZero() {
        qt().forAll(integers().between(1, 1_000_000), integers().between(6, 1_000_005))
                .check(
                        (part, total) -> {
                            LineNumbers n = LineNumbers.of(PartId.first("j" + total, part), total);
                            return n.base() > 0
                                    && n.number(total) + 1 < Integer.MAX_VALUE
                                    && n.holds(n.number(total))
                                    && !n.holds(n.number(total) + 1);
                        });
    }

    @Test
    void neighbouringPartsAndAttemptsNeverShareNumbers() {
        for (int part = 1; part < 200; part++) {
            LineNumbers mine = LineNumbers.of(PartId.first("job", part), 5_000);
            for (int other = part + 1; other < 200; other++) {
                LineNumbers theirs = LineNumbers.of(PartId.first("job", other), 5_000);
                assertThat(mine.holds(theirs.base())).isFalse();
            }
            LineNumbers again = LineNumbers.of(new PartId("job", part, 2), 5_000);
            assertThat(mine.holds(again.base())).isFalse();
        }
    }

    private static Recovery decide(Begun begun, long last) {
        return Recovery.decide(NUMBERS, begun, last, Optional.empty());
    }

    private static FailureReason lostReason(Begun begun, long last) {
        Recovery recovery = decide(begun, last);
        assertThat(recovery).isInstanceOf(Recovery.Lost.class);
        return ((Recovery.Lost) recovery).reason();
    }
}
