package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Third parties that answer stale closes while this node is away. */
@Command(
        name = "watch",
        description = "Has this node's channels watched by a partner, for pay, while it is away.",
        mixinStandardHelpOptions = true)
final class ChannelWatchCommand {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final long MOST_DAYS = 3_660;

    @Command(
            name = "offer",
            description = "Asks the partner of a channel what it takes for watching.",
            mixinStandardHelpOptions = true)
    int offer(
            @Parameters(paramLabel = "ID", description = "A channel with the watcher.") String id,
            @Mixin NodeOptions options) {
        JsonNode offer =
                options.node()
                        .post("watchers/offer", Json.object().put("channel", Known.CHANNEL.id(id)));
        options.print(
                offer,
                "%s DSD for %d s and %d s of grace, up to %d channels"
                        .formatted(
                                offer.path("price").asText(),
                                offer.path("periodSeconds").asLong(),
                                offer.path("graceSeconds").asLong(),
                                offer.path("mostChannels").asLong()));
        return 0;
    }

    @Command(
            name = "subscribe",
            description = {
                "Has all channels watched by the partner of one, and pays for it through that one.",
                "It is paid again before each period ends, until stopped."
            },
            mixinStandardHelpOptions = true)
    int subscribe(
            @Parameters(paramLabel = "ID", description = "A channel with the watcher.") String id,
            @Option(
                            names = "--max-price",
                            required = true,
                            paramLabel = "DSD",
                            description = "Most to pay for a period.")
                    String maximumPrice,
            @Option(
                            names = "--period",
                            defaultValue = "30",
                            paramLabel = "DAYS",
                            description =
                                    "Least time to get for that; default ${DEFAULT-VALUE} days.")
                    double days,
            @Mixin NodeOptions options) {
        JsonNode watcher =
                options.node()
                        .post(
                                "watchers/subscribe",
                                Json.object()
                                        .put("channel", Known.CHANNEL.id(id))
                                        .put("maximumPrice", maximumPrice)
                                        .put("leastPeriodSeconds", seconds(days)));
        options.print(
                watcher,
                "watched by %s, paid until %s"
                        .formatted(
                                watcher.path("watcher").asText(),
                                watcher.path("paidUntil").asText()));
        return 0;
    }

    private static long seconds(double days) {
        if (!(days > 0 && days <= MOST_DAYS)) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    "--period must be above 0 and at most %d days, found %s"
                            .formatted(MOST_DAYS, days));
        }
        return (long) Math.ceil(days * SECONDS_PER_DAY);
    }

    @Command(
            name = "list",
            description = "Lists the watchers, and which state of each channel they hold.",
            mixinStandardHelpOptions = true)
    int list(@Mixin NodeOptions options) {
        options.print(options.node().get("watchers"));
        return 0;
    }

    @Command(
            name = "stop",
            description = "Is watched no more by a watcher; what is paid is paid.",
            mixinStandardHelpOptions = true)
    int stop(
            @Parameters(paramLabel = "KEY", description = "The watcher's key, as listed.")
                    String watcher,
            @Mixin NodeOptions options) {
        String key = Known.WATCHER.id(watcher);
        JsonNode stopped = options.node().post("watchers/stop", Json.object().put("watcher", key));
        options.print(stopped, "not watched by " + key + " any more");
        return 0;
    }
}
