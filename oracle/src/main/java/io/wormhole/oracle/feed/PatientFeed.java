package io.wormhole.oracle.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A feed that tries again, ever more slowly, while a fault may pass; that keeps a good reading for
 * a while; and that many may ask at once with one question to the source.
 */
public final class PatientFeed implements Feed {
    /**
     * How patient.
     *
     * @param attempts 1 or more
     * @param firstPause before the second attempt; each further one waits twice as long
     * @param keep how long a reading is given out again
     */
    public record Patience(int attempts, Duration firstPause, Duration keep) {
        /** Refuses no attempt at all. */
        public Patience {
            if (attempts < 1 || attempts > 20 || firstPause.isNegative() || keep.isNegative()) {
                throw new IllegalArgumentException(
                        "%d attempts, pause %s, kept for %s; allowed: 1 to 20 attempts"
                                .formatted(attempts, firstPause, keep));
            }
        }
    }

    private record Kept(Reading reading, Instant until) {}

    private final Feed feed;
    private final Patience patience;
    private final InstantSource clock;
    private Optional<Kept> kept = Optional.empty();
    private @Nullable CompletableFuture<Reading> running;

    /** Makes {@code feed} patient. */
    public PatientFeed(Feed feed, Patience patience, InstantSource clock) {
        this.feed = feed;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public String name() {
        return feed.name();
    }

    @Override
    public synchronized CompletionStage<Reading> read() {
        Optional<Kept> fresh = kept.filter(last -> clock.instant().isBefore(last.until()));
        if (fresh.isPresent()) {
            return CompletableFuture.completedFuture(fresh.get().reading());
        }
        CompletableFuture<Reading> known = running;
        if (known != null) {
            return known.copy();
        }
        CompletableFuture<Reading> asked = new CompletableFuture<>();
        running = asked;
        attempt(1, patience.firstPause())
                .whenComplete((reading, failure) -> finish(asked, reading, failure));
        return asked.copy();
    }

    private CompletionStage<Reading> attempt(int number, Duration pause) {
        return feed.read()
                .handle(
                        (reading, failure) -> {
                            if (failure == null) {
                                return CompletableFuture.completedFuture(reading);
                            }
                            return number < patience.attempts() && isPassing(failure)
                                    ? later(number + 1, pause)
                                    : CompletableFuture.<Reading>failedFuture(failure);
                        })
                .thenCompose(next -> next);
    }

    private CompletableFuture<Reading> later(int number, Duration pause) {
        return CompletableFuture.supplyAsync(
                        () -> number,
                        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(next -> attempt(next, pause.multipliedBy(2)));
    }

    private static boolean isPassing(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof FeedFault fault && fault.isPassing();
    }

    private synchronized void finish(
            CompletableFuture<Reading> asked,
            @Nullable Reading reading,
            @Nullable Throwable failure) {
        running = null;
        if (reading != null) {
            kept = Optional.of(new Kept(reading, clock.instant().plus(patience.keep())));
            asked.complete(reading);
        } else {
            asked.completeExceptionally(
                    failure == null ? new IllegalStateException("no reading") : failure);
        }
    }
}
