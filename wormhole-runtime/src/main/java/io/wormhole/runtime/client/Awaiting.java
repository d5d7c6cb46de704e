package io.wormhole.runtime.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks again and again until something is so, for a while; a cancelled future asks no more. */
final class Awaiting<T> {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LAST_PAUSE_MILLIS = 2_000;

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Supplier<CompletionStage<T>> ask;
    private final Predicate<T> wanted;
    private final String what;
    private final Duration patience;
    private final Instant end;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    private Awaiting(
            Supplier<CompletionStage<T>> ask, Predicate<T> wanted, String what, Duration patience) {
        this.ask = ask;
        this.wanted = wanted;
        this.what = what;
        this.patience = patience;
        this.end = Instant.now().plus(patience);
    }

    /**
     * Complete with the first answer that is wanted; fails as the question does, and with a {@link
     * TimeoutException} when no such answer has come in time.
     */
    static <T> CompletionStage<T> until(
            Supplier<CompletionStage<T>> ask, Predicate<T> wanted, String what, Duration patience) {
        Awaiting<T> awaiting = new Awaiting<>(ask, wanted, what, patience);
        awaiting.askOnce();
        return awaiting.result;
    }

    private void askOnce() {
        if (!result.isDone()) {
            ask.get().whenComplete(this::answered);
        }
    }

    private void answered(@Nullable T seen, @Nullable Throwable failure) {
        if (failure != null) {
            result.completeExceptionally(failure);
        } else if (seen != null && wanted.test(seen)) {
            result.complete(seen);
        } else if (!Instant.now().isBefore(end)) {
            result.completeExceptionally(
                    new TimeoutException(
                            "%s: not so after %d s; now it is %s"
                                    .formatted(what, patience.toSeconds(), seen)));
        } else {
            Executor later = CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS);
            pauseMillis = Math.min(LAST_PAUSE_MILLIS, pauseMillis + pauseMillis / 2);
            later.execute(this::askOnce);
        }
    }
}
