package io.wormhole.channel.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long NOW = -5_000_000_000L;
    private static final long MANY_MILLIS_LATER = NOW + 100_000_000;

    private final Pace pace = new Pace();

    @Test
    void theFirstBatchWaitsForNothing() {
        pace.underWay(100);

        assertThat(pace.nanosLeft(NOW)).isZero();
    }

    @Test
    void aFewPaymentsWaitForNothing() {
        pace.underWay(2);

        pace.begins(NOW);

        assertThat(pace.nanosLeft(NOW)).isZero();
    }

    @Test
    void ofManyPaymentsABatchWaitsUntilAMomentAfterTheOneBefore() {
        pace.underWay(8);

        pace.begins(NOW);

        long wait = pace.nanosLeft(NOW);
        assertThat(wait).isPositive();
        assertThat(pace.nanosLeft(NOW + 1_000)).isEqualTo(wait - 1_000);
        assertThat(pace.nanosLeft(MANY_MILLIS_LATER)).isZero();
    }

    @Test
    void howeverManyTheyAreTheMomentIsShort() {
        pace.underWay(Integer.MAX_VALUE);

        pace.begins(NOW);

        assertThat(pace.nanosLeft(NOW)).isPositive().isLessThanOrEqualTo(5_000_000);
    }
}
