package io.wormhole.oracle.feed;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A device's sensor over time, of which one figure is read. Thread-safe. */
public final class SeriesFeed implements Feed {
    /** Most measurements that are kept; the oldest go first. */
    public static final int MOST_SAMPLES = 10_000;

    /** What is read of the series. */
    public enum Figure {
        LAST,
        LOWEST,
        HIGHEST,
        MEDIAN,
        COUNT
    }

    private record Sample(Instant at, BigDecimal value) {}

    private final String name;
    private final Figure figure;
    private final Duration span;
    private final InstantSource clock;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** An empty series, of which the last {@code span} counts. */
    public SeriesFeed(String name, Figure figure, Duration span, InstantSource clock) {
        this.name = name;
        this.figure = figure;
        this.span = span;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    /** Adds a measurement of now. */
    public synchronized void add(BigDecimal value) {
        samples.addLast(new Sample(clock.instant(), value));
        if (samples.size() > MOST_SAMPLES) {
            samples.removeFirst();
        }
    }

    @Override
    public synchronized CompletionStage<Reading> read() {
        Instant oldest = clock.instant().minus(span);
        while (!samples.isEmpty() && samples.getFirst().at().isBefore(oldest)) {
            samples.removeFirst();
        }
        if (samples.isEmpty() && figure != Figure.COUNT) {
            return CompletableFuture.failedFuture(
                    FeedFault.passing(name, "no measurement in the last " + span));
        }
        String source = "%s (%s of %d in %s)".formatted(name, figure, samples.size(), span);
        return CompletableFuture.completedFuture(
                new Reading(source, clock.instant(), value().toPlainString()));
    }

    private BigDecimal value() {
        List<BigDecimal> sorted = samples.stream().map(Sample::value).sorted().toList();
        return switch (figure) {
            case COUNT -> BigDecimal.valueOf(samples.size());
            case LAST -> samples.getLast().value();
            case LOWEST -> sorted.get(0);
            case HIGHEST -> sorted.get(sorted.size() - 1);
            case MEDIAN -> sorted.get(sorted.size() / 2);
        };
    }
}
