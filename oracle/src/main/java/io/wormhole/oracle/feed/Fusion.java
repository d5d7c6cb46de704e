package io.wormhole.oracle.feed;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Brooks–Iyengar fusion of redundant sensors, of which up to some may be faulty: each says an
 * interval; what at least all but those many agree on is weighted by how many agree.
 */
public final class Fusion {
    private Fusion() {}

    /** What a sensor says: the true value is from {@code low} to {@code high}. */
    public record Interval(BigDecimal low, BigDecimal high) {
        /** Refuses a reversed interval. */
        public Interval {
            if (low.compareTo(high) > 0) {
                throw new IllegalArgumentException("from %s to %s".formatted(low, high));
            }
        }

        private boolean covers(BigDecimal from, BigDecimal to) {
            return low.compareTo(from) <= 0 && high.compareTo(to) >= 0;
        }
    }

    /** A stretch on which {@code weight} sensors agree. */
    public record Region(BigDecimal low, BigDecimal high, int weight) {}

    /**
     * What the sensors say together.
     *
     * @param regions where enough agree, ascending
     * @param estimate the mean of the regions' middles by weight
     */
    public record Result(List<Region> regions, Fraction estimate) {
        /** From the lowest to the highest value on which enough agree. */
        public Interval interval() {
            return new Interval(regions.get(0).low(), regions.get(regions.size() - 1).high());
        }
    }

    /** Fuses; empty when nowhere all but {@code faulty} agree. */
    public static Optional<Result> fuse(List<Interval> sensors, int faulty) {
        int enough = sensors.size() - faulty;
        if (faulty < 0 || enough < 1) {
            throw new IllegalArgumentException(
                    "%d faulty of %d sensors".formatted(faulty, sensors.size()));
        }
        List<Region> regions = regions(sensors, enough);
        if (regions.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal sum = BigDecimal.ZERO;
        long weights = 0;
        for (Region region : regions) {
            BigDecimal twiceMiddle = region.low().add(region.high());
            sum = sum.add(twiceMiddle.multiply(BigDecimal.valueOf(region.weight())));
            weights += region.weight();
        }
        return Optional.of(new Result(regions, new Fraction(sum, 2 * weights)));
    }

    private static List<Region> regions(List<Interval> sensors, int enough) {
        SortedSet<BigDecimal> ends = new TreeSet<>();
        sensors.forEach(sensor -> ends.addAll(List.of(sensor.low(), sensor.high())));
        List<Region> regions = new ArrayList<>();
        List<BigDecimal> points = List.copyOf(ends);
        for (int i = 0; i < points.size(); i++) {
            BigDecimal here = points.get(i);
            boolean isJoined =
                    !regions.isEmpty()
                            && regions.get(regions.size() - 1).high().compareTo(here) == 0;
            int onward = i + 1 < points.size() ? agreeing(sensors, here, points.get(i + 1)) : 0;
            int alone = agreeing(sensors, here, here);
            if (onward >= enough) {
                regions.add(new Region(here, points.get(i + 1), onward));
            } else if (alone >= enough && !isJoined) {
                // Exact sensors agree on a point only.
                regions.add(new Region(here, here, alone));
            }
        }
        return regions;
    }

    private static int agreeing(List<Interval> sensors, BigDecimal from, BigDecimal to) {
        return (int) sensors.stream().filter(sensor -> sensor.covers(from, to)).count();
    }
}
