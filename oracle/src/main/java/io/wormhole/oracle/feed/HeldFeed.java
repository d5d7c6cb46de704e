package io.wormhole.oracle.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The last value that somebody handed in: a person, or another wormhole by message. */
public final class HeldFeed implements Feed {
    private final String name;
    private final Duration maximumAge;
    private final InstantSource clock;
    private volatile Optional<Reading> last = Optional.empty();

    /** A feed without a value, which forgets values older than {@code maximumAge}. */
    public HeldFeed(String name, Duration maximumAge, InstantSource clock) {
        this.name = name;
        this.maximumAge = maximumAge;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    /** Hands in a value; {@code from} says who, and goes into the evidence. */
    public void put(String from, String value) {
        last = Optional.of(new Reading(name + " from " + from, clock.instant(), value));
    }

    @Override
    public CompletionStage<Reading> read() {
        Optional<Reading> held = last;
        Instant oldest = clock.instant().minus(maximumAge);
        if (held.isEmpty()) {
            return CompletableFuture.failedFuture(FeedFault.passing(name, "nothing handed in yet"));
        }
        return held.get().at().isBefore(oldest)
                ? CompletableFuture.failedFuture(
                        FeedFault.passing(
                                name, "the last value is of " + held.get().at() + ", too old"))
                : CompletableFuture.completedFuture(held.get());
    }
}
