package io.wormhole.supervision.policy;

import java.time.Duration;

/**
 * A growing pause between the restarts of one child: doubled from {@code first} to {@code most},
 * then varied by chance.
 *
 * @param first pause before the first restart in a row, above zero
 * @param most longest pause before the variation, not below {@code first}
 * @param jitterPercent 0 to 100: the pause is lengthened by a random part of this share of it
 * @param resetAfter a child that ran this long starts again from {@code first}
 * @param countsInIntensity whether a delayed restart also counts in the supervisor's intensity
 */
public record Backoff(
        Duration first,
        Duration most,
        int jitterPercent,
        Duration resetAfter,
        boolean countsInIntensity) {

    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "back-off needs 0 < first <= most, got first " + first + ", most " + most);
        }
        if (jitterPercent < 0 || jitterPercent > 100) {
            throw new IllegalArgumentException(
                    "back-off jitter is 0 to 100 percent, got " + jitterPercent);
        }
        if (resetAfter.isNegative()) {
            throw new IllegalArgumentException("back-off reset below zero: " + resetAfter);
        }
    }

    /**
     * Doubling from {@code first} to {@code most}, 20 % jitter, reset after a run of {@code most},
     * not counted.
     */
    public static Backoff between(Duration first, Duration most) {
        return new Backoff(first, most, 20, most, false);
    }

    /** The same with another jitter, 0 to 100 percent. */
    public Backoff withJitterPercent(int percent) {
        return new Backoff(first, most, percent, resetAfter, countsInIntensity);
    }

    /** The same with another reset. */
    public Backoff withResetAfter(Duration ranFor) {
        return new Backoff(first, most, jitterPercent, ranFor, countsInIntensity);
    }

    /** The same, with every delayed restart counted in the supervisor's intensity. */
    public Backoff countedInIntensity() {
        return new Backoff(first, most, jitterPercent, resetAfter, true);
    }

    /**
     * The pause before a restart.
     *
     * @param restartsInARow restarts since the last long run, zero for the first
     * @param chance the variation, from 0 to below 1
     */
    public Duration pause(int restartsInARow, double chance) {
        Duration pause = first;
        for (int i = 0; i < restartsInARow && pause.compareTo(most) < 0; i++) {
            pause = pause.plus(pause);
        }
        Duration bounded = pause.compareTo(most) > 0 ? most : pause;
        long extraNanos = (long) (bounded.toNanos() * (jitterPercent / 100.0) * chance);
        return bounded.plusNanos(extraNanos);
    }
}
