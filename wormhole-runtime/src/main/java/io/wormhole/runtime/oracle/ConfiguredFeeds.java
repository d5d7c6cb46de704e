package io.wormhole.runtime.oracle;

import io.wormhole.oracle.feed.Combination;
import io.wormhole.oracle.feed.Feed;
import io.wormhole.oracle.feed.FeedPlan;
import io.wormhole.oracle.feed.HeldFeed;
import io.wormhole.oracle.feed.Reading;
import io.wormhole.oracle.feed.SeriesFeed;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.runtime.line.DeviceMeasured;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The feeds and plans of a node's settings, and what fills those that do not read by themselves.
 */
final class ConfiguredFeeds {
    private final Map<String, Feed> feeds = new LinkedHashMap<>();
    private final Map<String, FeedPlan> plans = new LinkedHashMap<>();
    private final Map<String, FeedConfig> settings;

    ConfiguredFeeds(OracleConfig config, FeedConfig.Tools tools) {
        this.settings = config.feeds();
        config.feeds().forEach((name, feed) -> feeds.put(name, feed.feed(name, tools)));
        config.plans().forEach((name, plan) -> plans.put(name, plan(name, plan)));
    }

    private FeedPlan plan(String name, OracleConfig.Plan plan) {
        List<Feed> sources =
                plan.feeds().stream()
                        .flatMap(feed -> Optional.ofNullable(feeds.get(feed)).stream())
                        .toList();
        Combination combination =
                switch (plan.combine()) {
                    case MAJORITY -> new Combination.Majority(sources.size());
                    case MEDIAN -> new Combination.Median(sources.size());
                    case FUSION ->
                            new Combination.BrooksIyengar(
                                    sources.size(), plan.faulty(), plan.accuracy());
                };
        return new FeedPlan(name, sources, combination, plan.yesWhen());
    }

    /** By name. */
    Map<String, FeedPlan> plans() {
        return plans;
    }

    /** A measurement, for the series that name its device. */
    void measured(DeviceMeasured measured) {
        settings.forEach(
                (name, setting) -> {
                    boolean isMeant =
                            setting instanceof FeedConfig.Series series
                                    && series.device().equals(Optional.of(measured.path()));
                    if (isMeant && feeds.get(name) instanceof SeriesFeed series) {
                        series.add(measured.value());
                    }
                });
    }

    /** A partner's value for a held feed; false when that partner may not hand it in. */
    boolean heard(PublicKey partner, PartnerReading reading) {
        boolean isAllowed =
                settings.get(reading.feed()) instanceof FeedConfig.Held held
                        && held.from().contains(partner);
        if (isAllowed) {
            hand(reading.feed(), "wormhole " + partner.address(), reading.value());
        }
        return isAllowed;
    }

    /**
     * A value for a held feed or a series.
     *
     * @throws IllegalArgumentException when there is no such feed, or it does not take the value
     */
    void hand(String feed, String from, String value) {
        Feed found = feeds.get(feed);
        if (found instanceof HeldFeed held) {
            held.put(from, value);
        } else if (found instanceof SeriesFeed series) {
            series.add(number(feed, value));
        } else {
            throw new IllegalArgumentException(
                    "there is no feed %s that takes values".formatted(feed));
        }
    }

    private static BigDecimal number(String feed, String value) {
        return new Reading(feed, Instant.EPOCH, value)
                .number()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s takes numbers, found %s".formatted(feed, value)));
    }
}
