package io.wormhole.runtime.oracle;

import com.typesafe.config.Config;
import io.wormhole.cluster.settings.Settings;
import io.wormhole.cluster.settings.SettingsSection;
import io.wormhole.oracle.duty.Watch;
import io.wormhole.oracle.feed.Comparison;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.notice.Webhook;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a node's oracle roles do; {@code reference.conf} documents each setting.
 *
 * @param feeds sources by name
 * @param plans how they are combined, by name
 * @param watches which questions of others are looked at
 * @param budget most to put up as bonds at once
 * @param webhook told of questions that somebody has to decide
 */
public record OracleConfig(
        Map<String, FeedConfig> feeds,
        Map<String, Plan> plans,
        List<Watch> watches,
        Amount budget,
        Optional<URI> webhook) {
    /** How readings become one answer. */
    public enum Combine {
        MAJORITY,
        MEDIAN,
        FUSION
    }

    /**
     * A feed plan before its feeds are there.
     *
     * @param faulty for fusion: how many sensors may be
     * @param accuracy for fusion: how far a good one may be off
     */
    public record Plan(
            List<String> feeds,
            Comparison yesWhen,
            Combine combine,
            int faulty,
            BigDecimal accuracy) {
        static Plan read(SettingsSection in) {
            return new Plan(
                    in.list("feeds", MOST, Function.identity()),
                    in.value(
                            "yes-when",
                            new Comparison(Comparison.Operator.EQUAL, "yes"),
                            Comparison::parse),
                    in.choice("combine", Combine.class),
                    in.optional("faulty", key -> in.smallInteger(key, 0, MOST)).orElse(0),
                    in.optional(
                                    "accuracy",
                                    key ->
                                            in.decimal(
                                                    key,
                                                    BigDecimal.ZERO,
                                                    BigDecimal.valueOf(Long.MAX_VALUE)))
                            .orElse(BigDecimal.ZERO));
        }
    }

    private static final int MOST = 64;
    private static final int MOST_WATCHES = 256;

    /** Reads and checks the settings below {@code wormhole.oracle}. */
    public static OracleConfig of(Config config) {
        return Settings.read(config, "wormhole.oracle", OracleConfig::read);
    }

    private static OracleConfig read(SettingsSection in) {
        Map<String, FeedConfig> feeds = in.named("feeds", (name, feed) -> FeedConfig.read(feed));
        Map<String, Plan> plans = in.named("plans", (name, plan) -> Plan.read(plan));
        List<Watch> watches = in.sections("watch", MOST_WATCHES, OracleConfig::watch);
        Amount budget = in.value("budget", Amount.ZERO, Amount::parse);
        Optional<URI> webhook =
                in.optional("webhook", key -> in.value(key, URI.create("/"), Webhook::address));
        plans.forEach(
                (name, plan) -> {
                    if (plan.feeds().isEmpty() || !feeds.keySet().containsAll(plan.feeds())) {
                        in.refuse(
                                "plans",
                                "%s names the feeds %s; there are %s"
                                        .formatted(name, plan.feeds(), feeds.keySet()));
                    }
                });
        watches.forEach(
                watch -> {
                    if (!plans.containsKey(watch.plan())) {
                        in.refuse(
                                "watch",
                                "names the plan %s; there are %s"
                                        .formatted(watch.plan(), plans.keySet()));
                    }
                });
        return new OracleConfig(feeds, plans, watches, budget, webhook);
    }

    private static Watch watch(SettingsSection in) {
        return new Watch(
                in.text("contains", 200),
                in.text("plan", 100),
                in.value("most-bond", Amount.ZERO, Amount::parse));
    }
}
