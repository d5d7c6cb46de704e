package io.wormhole.supervision.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RestartWindowTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void intensityZeroAdmitsNothing() {
        assertThat(new RestartWindow(0, Duration.ofSeconds(5)).admit(0)).isFalse();
    }

    @Test
    void restartExactlyOnePeriodAgoStillCounts() {
        RestartWindow window = new RestartWindow(1, Duration.ofSeconds(5));

        assertThat(window.admit(0)).isTrue();
        assertThat(window.admit(5 * SECOND)).isFalse();
        assertThat(window.admit(5 * SECOND + 1)).isTrue();
    }

    @Test
    void clockMayStartAnywhereAndWrapAround() {
        RestartWindow window = new RestartWindow(1, Duration.ofSeconds(5));

        assertThat(window.admit(Long.MAX_VALUE - SECOND)).isTrue();
        assertThat(window.admit(Long.MAX_VALUE)).isFalse();
        assertThat(window.admit(Long.MAX_VALUE + 5 * SECOND)).isTrue();
    }

    @Test
    void periodBeyondNanosecondsNeverEnds() {
        RestartWindow window = new RestartWindow(1, Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(window.admit(0)).isTrue();
        assertThat(window.admit(Long.MAX_VALUE / 2)).isFalse();
    }

    @Test
    void agreesWithCountingFromTheDefinition() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int intensity = random.nextInt(0, 12);
            long period = random.nextLong(1, 50);
            RestartWindow window = new RestartWindow(intensity, Duration.ofNanos(period));
            List<Long> admitted = new ArrayList<>();
            long now = random.nextLong();
            for (int i = 0; i < 200; i++) {
                now += random.nextLong(0, 9);
                long time = now;
                long within = admitted.stream().filter(t -> time - t <= period).count();
                boolean allowed = window.admit(now);
                assertThat(allowed)
                        .as("seed %d, restart %d", seed, i)
                        .isEqualTo(within < intensity);
                if (allowed) {
                    admitted.add(now);
                }
            }
        }
    }
}
