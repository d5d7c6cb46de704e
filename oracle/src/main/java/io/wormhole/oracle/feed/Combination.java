package io.wormhole.oracle.feed;

import io.wormhole.protocol.oracle.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How several readings become one answer. */
public sealed interface Combination {
    /** The answer, and a line on how it came about; no answer when the readings do not give one. */
    Outcome combine(List<Reading> readings, Comparison yesWhen);

    /** An answer with its reason, or a reason why there is none. */
    record Outcome(Optional<Answer> answer, String because) {
        static Outcome none(String because) {
            return new Outcome(Optional.empty(), because);
        }

        static Outcome of(boolean isYes, String because) {
            return new Outcome(Optional.of(isYes ? Answer.YES : Answer.NO), because);
        }
    }

    /** More than half of {@code feeds} sources say the same. */
    record Majority(int feeds) implements Combination {
        @Override
        public Outcome combine(List<Reading> readings, Comparison yesWhen) {
            long yes = says(readings, yesWhen, true);
            long no = says(readings, yesWhen, false);
            String because = "%d of %d sources say yes, %d no".formatted(yes, feeds, no);
            return 2 * yes > feeds || 2 * no > feeds
                    ? Outcome.of(yes > no, because)
                    : Outcome.none(because);
        }

        private static long says(List<Reading> readings, Comparison yesWhen, boolean what) {
            return readings.stream()
                    .filter(reading -> yesWhen.meets(reading).equals(Optional.of(what)))
                    .count();
        }
    }

    /** The middle of the numbers, of more than half of {@code feeds} sources. */
    record Median(int feeds) implements Combination {
        @Override
        public Outcome combine(List<Reading> readings, Comparison yesWhen) {
            List<BigDecimal> numbers =
                    readings.stream().flatMap(r -> r.number().stream()).sorted().toList();
            if (2 * numbers.size() <= feeds) {
                return Outcome.none(
                        "%d of %d sources gave a number".formatted(numbers.size(), feeds));
            }
            int middle = numbers.size() / 2;
            Fraction median =
                    numbers.size() % 2 == 1
                            ? Fraction.of(numbers.get(middle))
                            : new Fraction(numbers.get(middle - 1).add(numbers.get(middle)), 2);
            return judged("median " + median, median, yesWhen);
        }
    }

    /**
     * Brooks–Iyengar fusion.
     *
     * @param feeds how many sensors there are; a silent one counts as faulty
     * @param faulty how many of them may lie
     * @param accuracy how far a good sensor may be off, either way
     */
    record BrooksIyengar(int feeds, int faulty, BigDecimal accuracy) implements Combination {
        /** Refuses too many faulty ones. */
        public BrooksIyengar {
            boolean isTooMany = faulty > 0 && 3L * faulty >= feeds;
            if (faulty < 0 || isTooMany || accuracy.signum() < 0) {
                throw new IllegalArgumentException(
                        "%d faulty of %d sensors with accuracy %s; allowed: fewer than a third"
                                .formatted(faulty, feeds, accuracy));
            }
        }

        @Override
        public Outcome combine(List<Reading> readings, Comparison yesWhen) {
            List<Fusion.Interval> sensors = new ArrayList<>();
            for (Reading reading : readings) {
                reading.number()
                        .ifPresent(
                                number ->
                                        sensors.add(
                                                new Fusion.Interval(
                                                        number.subtract(accuracy),
                                                        number.add(accuracy))));
            }
            int stillFaulty = faulty - (feeds - sensors.size());
            if (stillFaulty < 0) {
                return Outcome.none(
                        "%d of %d sensors gave a number".formatted(sensors.size(), feeds));
            }
            return Fusion.fuse(sensors, stillFaulty)
                    .map(fused -> judged("fused " + fused.estimate(), fused.estimate(), yesWhen))
                    .orElse(Outcome.none("the sensors do not agree"));
        }
    }

    private static Outcome judged(String what, Fraction value, Comparison yesWhen) {
        return yesWhen.meets(value)
                .map(isYes -> Outcome.of(isYes, what + (isYes ? " is " : " is not ") + yesWhen))
                .orElse(Outcome.none(what + " cannot be compared with " + yesWhen));
    }
}
