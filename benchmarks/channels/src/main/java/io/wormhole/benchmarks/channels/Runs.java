package io.wormhole.benchmarks.channels;

import java.util.Arrays;
import java.util.Locale;

/** The same measurement several times, after a time in which the code gets warm. */
record Runs(double[] sorted) {
    static final int WARM_SECONDS = Integer.getInteger("warm", 40);
    static final int SECONDS = Integer.getInteger("seconds", 6);
    private static final int RUNS = Integer.getInteger("runs", 5);

    /** One measurement of some length. */
    interface Measurement {
        double run(int seconds) throws InterruptedException;
    }

    static Runs of(Measurement measurement) throws InterruptedException {
        measurement.run(WARM_SECONDS);
        return warm(measurement);
    }

    static Runs warm(Measurement measurement) throws InterruptedException {
        double[] all = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            all[i] = measurement.run(SECONDS);
        }
        Arrays.sort(all);
        return new Runs(all);
    }

    double median() {
        return sorted[sorted.length / 2];
    }

    /** The median and how far the others lie from it. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f to %,.0f)",
                median(),
                sorted[0],
                sorted[sorted.length - 1]);
    }
}
