package io.wormhole.runtime.oracle;

import io.wormhole.cluster.settings.SettingsSection;
import io.wormhole.oracle.feed.Feed;
import io.wormhole.oracle.feed.FileFeed;
import io.wormhole.oracle.feed.HeldFeed;
import io.wormhole.oracle.feed.HttpFeed;
import io.wormhole.oracle.feed.PatientFeed;
import io.wormhole.oracle.feed.SeriesFeed;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.runtime.notice.Webhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The settings of one feed. */
public sealed interface FeedConfig {
    /** Most partners who may hand in a value. */
    int MOST_KEYS = 64;

    /** What a feed is made with. */
    record Tools(HttpClient client, InstantSource clock, Executor disk) {}

    /** The feed. */
    Feed feed(String name, Tools tools);

    /** The kinds of feeds. */
    enum Kind {
        HTTP,
        FILE,
        HELD,
        SERIES
    }

    /** A value in a JSON document on a server. */
    record Http(HttpFeed.Source source, PatientFeed.Patience patience) implements FeedConfig {
        @Override
        public Feed feed(String name, Tools tools) {
            HttpFeed feed = new HttpFeed(name, source, tools.client(), tools.clock());
            return new PatientFeed(feed, patience, tools.clock());
        }
    }

    /** A file that another program writes. */
    record File(Path file, Optional<String> path) implements FeedConfig {
        @Override
        public Feed feed(String name, Tools tools) {
            return new FileFeed(name, file, path, tools.clock(), tools.disk());
        }
    }

    /**
     * A value handed in by a person or another wormhole.
     *
     * @param from keys of partners who may hand it in by message
     */
    record Held(Duration keep, List<PublicKey> from) implements FeedConfig {
        @Override
        public Feed feed(String name, Tools tools) {
            return new HeldFeed(name, keep, tools.clock());
        }
    }

    /**
     * A sensor's measurements, handed in one by one.
     *
     * @param device where they come from by themselves: line, device and quantity
     */
    record Series(SeriesFeed.Figure figure, Duration span, Optional<String> device)
            implements FeedConfig {
        @Override
        public Feed feed(String name, Tools tools) {
            return new SeriesFeed(name, figure, span, tools.clock());
        }
    }

    /** Reads the settings of one feed. */
    static FeedConfig read(SettingsSection in) {
        return switch (in.choice("kind", Kind.class)) {
            case HTTP -> http(in);
            case FILE -> new File(in.path("file"), in.optional("path", key -> in.text(key, 500)));
            case HELD ->
                    new Held(
                            duration(in, "keep", Duration.ofHours(1)),
                            in.optional("from", key -> in.list(key, MOST_KEYS, FeedConfig::key))
                                    .orElse(List.of()));
            case SERIES ->
                    new Series(
                            in.choice("figure", SeriesFeed.Figure.class),
                            duration(in, "span", Duration.ofMinutes(5)),
                            in.optional("device", key -> in.text(key, 300)));
        };
    }

    private static FeedConfig http(SettingsSection in) {
        URI address = in.value("url", URI.create("http://localhost/"), Webhook::address);
        long most = in.optional("most-bytes", key -> in.size(key, 1, 16L << 20)).orElse(1L << 20);
        return new Http(
                new HttpFeed.Source(
                        address,
                        in.text("path", 500),
                        duration(in, "timeout", Duration.ofSeconds(10)),
                        Math.toIntExact(most)),
                new PatientFeed.Patience(
                        in.optional("attempts", key -> in.smallInteger(key, 1, 20)).orElse(3),
                        duration(in, "first-pause", Duration.ofSeconds(1)),
                        duration(in, "keep", Duration.ofSeconds(5))));
    }

    private static Duration duration(SettingsSection in, String key, Duration usual) {
        return in.optional(key, k -> in.duration(k, Duration.ofMillis(1), Duration.ofDays(365)))
                .orElse(usual);
    }

    private static PublicKey key(String hex) {
        return new PublicKey(Bytes.ofHex(hex));
    }
}
