package io.wormhole.supervision.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.doubles;
import static org.quicktheories.generators.SourceDSL.integers;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff BACKOFF =
            Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(10)).withJitterPercent(50);

    @Test
    void pauseDoublesUpToTheMost() {
        assertThat(BACKOFF.pause(0, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(BACKOFF.pause(3, 0)).isEqualTo(Duration.ofMillis(800));
        assertThat(BACKOFF.pause(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void jitterLengthensByAtMostItsShare() {
        qt().forAll(integers().between(0, 1000), doubles().between(0, 0.999))
                .check(
                        (restarts, chance) -> {
                            Duration plain = BACKOFF.pause(restarts, 0);
                            Duration varied = BACKOFF.pause(restarts, chance);
                            return varied.compareTo(plain) >= 0
                                    && varied.compareTo(plain.multipliedBy(3).dividedBy(2)) <= 0;
                        });
    }

    @Test
    void impossibleBackoffIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> Backoff.between(Duration.ZERO, second))
                .hasMessageContaining("0 < first");
        assertThatThrownBy(() -> Backoff.between(second, Duration.ofMillis(1)))
                .hasMessageContaining("first <= most");
        assertThatThrownBy(() -> BACKOFF.withJitterPercent(101)).hasMessageContaining("0 to 100");
    }
}
