package io.wormhole.runtime.payment;

import com.typesafe.config.Config;
import io.wormhole.channel.node.WatchAlarm;
import io.wormhole.channel.node.WatchService;
import io.wormhole.channel.watch.WatchTerms;
import io.wormhole.cluster.settings.Settings;
import io.wormhole.cluster.settings.SettingsSection;
import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether a node watches channels of others, and for how much, below {@code wormhole.watching}.
 *
 * @param terms empty: it does not
 */
public record WatchConfig(Optional<WatchTerms> terms, int mostClients) {
    private static final int MOST_CLIENTS = 100_000;
    private static final Amount SOME = Amount.of(1);

    /** Reads and checks the settings. */
    public static WatchConfig of(Config config) {
        return Settings.read(config, "wormhole.watching", WatchConfig::read);
    }

    private static WatchConfig read(SettingsSection in) {
        Amount price = in.value("price", SOME, WatchConfig::price);
        Duration period = in.duration("period", Duration.ofSeconds(1), Duration.ofDays(3_660));
        Duration grace = in.duration("grace", Duration.ZERO, Duration.ofDays(3_660));
        int channels = in.smallInteger("channels-per-client", 1, MOST_CLIENTS);
        int bytes =
                in.smallInteger("state-bytes", WatchTerms.SMALLEST_BYTES, WatchTerms.LARGEST_BYTES);
        int clients = in.smallInteger("clients", 1, MOST_CLIENTS);
        if (!in.bool("offered")) {
            return new WatchConfig(Optional.empty(), clients);
        }
        // What is out of range is told when all is read, and something in range stands for it.
        WatchTerms terms =
                new WatchTerms(
                        price,
                        period.toSeconds() < 1 ? Duration.ofDays(30) : period,
                        grace,
                        Math.max(channels, 1),
                        Math.max(bytes, WatchTerms.SMALLEST_BYTES));
        return new WatchConfig(Optional.of(terms), clients);
    }

    private static Amount price(String text) {
        Amount price = Amount.parse(text);
        if (price.isZero()) {
            throw new IllegalArgumentException("is 0, allowed is more than that");
        }
        return price;
    }

    /** What a node's watching needs beside its keys. */
    public WatchService.Settings settings(InstantSource clock, WatchAlarm alarm) {
        return new WatchService.Settings(terms, mostClients, clock, alarm);
    }
}
