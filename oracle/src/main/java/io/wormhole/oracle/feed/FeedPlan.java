package io.wormhole.oracle.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * How a question is answered: which feeds are read, how they are combined, and what means yes.
 *
 * @param name what people call it
 * @param feeds the sources, read at once
 * @param combination how their readings become one
 * @param yesWhen which value means yes
 */
public record FeedPlan(String name, List<Feed> feeds, Combination combination, Comparison yesWhen) {
    /** Refuses a plan without feeds. */
    public FeedPlan {
        feeds = List.copyOf(feeds);
        if (feeds.isEmpty()) {
            throw new IllegalArgumentException(name + " has no feed");
        }
    }

    private record Tried(List<Reading> readings, List<String> faults) {
        Tried with(Tried other) {
            List<Reading> more = new ArrayList<>(readings);
            more.addAll(other.readings);
            List<String> bad = new ArrayList<>(faults);
            bad.addAll(other.faults);
            return new Tried(more, bad);
        }
    }

    /** Reads all feeds and judges; a feed that fails is written down and counts as silent. */
    public CompletionStage<Evidence> evaluate() {
        CompletionStage<Tried> all =
                CompletableFuture.completedFuture(new Tried(List.of(), List.of()));
        for (Feed feed : feeds) {
            all = all.thenCombine(tried(feed), Tried::with);
        }
        return all.thenApply(
                tried ->
                        Evidence.of(
                                this,
                                tried.readings(),
                                tried.faults(),
                                combination.combine(tried.readings(), yesWhen)));
    }

    private static CompletionStage<Tried> tried(Feed feed) {
        return feed.read()
                .handle(
                        (reading, failure) ->
                                failure == null
                                        ? new Tried(List.of(reading), List.of())
                                        : new Tried(List.of(), List.of(fault(feed, failure))));
    }

    private static String fault(Feed feed, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof FeedFault
                ? String.valueOf(cause.getMessage())
                : feed.name() + ": " + cause;
    }
}
