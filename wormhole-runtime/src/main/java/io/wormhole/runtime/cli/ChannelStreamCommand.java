package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Payments for what comes bit by bit. */
@Command(
        name = "stream",
        description = {
            "Pays, or is paid, bit by bit: so much for each unit, at most so many a second.",
            "Never more is delivered and not paid than the limit."
        },
        mixinStandardHelpOptions = true)
final class ChannelStreamCommand {
    /** What both sides agree on. */
    static final class Terms {
        @Option(
                names = "--price",
                required = true,
                paramLabel = "DSD",
                description = "For each unit.")
        private String price = "";

        @Option(
                names = "--rate",
                required = true,
                paramLabel = "N",
                description = "Most units a second.")
        private long rate;

        @Option(
                names = "--limit",
                required = true,
                paramLabel = "DSD",
                description = "Most that is delivered and not paid.")
        private String limit = "";
    }

    @Command(
            name = "pay",
            description = "Begins to pay the partner of a channel; prints the stream's id.",
            mixinStandardHelpOptions = true)
    int pay(
            @Parameters(paramLabel = "ID", description = "Channel id.") String channel,
            @Mixin Terms terms,
            @Mixin NodeOptions options) {
        return begin(channel, true, terms, options);
    }

    @Command(
            name = "serve",
            description = {
                "Begins to count what the partner of a channel pays; prints the stream's id.",
                "Everything that the partner pays in the channel counts."
            },
            mixinStandardHelpOptions = true)
    int serve(
            @Parameters(paramLabel = "ID", description = "Channel id.") String channel,
            @Mixin Terms terms,
            @Mixin NodeOptions options) {
        return begin(channel, false, terms, options);
    }

    private static int begin(String channel, boolean paying, Terms terms, NodeOptions options) {
        JsonNode stream =
                options.node()
                        .post(
                                "streams",
                                Json.object()
                                        .put("channel", Known.CHANNEL.id(channel))
                                        .put("paying", paying)
                                        .put("price", terms.price)
                                        .put("unitsPerSecond", terms.rate)
                                        .put("exposureLimit", terms.limit));
        options.print(stream, stream.path("id").asText());
        return 0;
    }

    @Command(
            name = "delivered",
            description = {
                "Tells how many units have come in all, and pays what is due; or, where this node",
                "delivers, how many are to go out in all, and whether they may."
            },
            mixinStandardHelpOptions = true)
    int delivered(
            @Parameters(paramLabel = "STREAM", description = "Stream id.") String id,
            @Parameters(paramLabel = "UNITS", description = "Since the stream began.") long units,
            @Mixin NodeOptions options) {
        JsonNode stream =
                options.node()
                        .post(
                                "streams/" + ApiClient.encode(id) + "/delivered",
                                Json.object().put("units", units));
        printLine(stream, options);
        return 0;
    }

    @Command(
            name = "end",
            description = "Pays the rest and ends a stream.",
            mixinStandardHelpOptions = true)
    int end(
            @Parameters(paramLabel = "STREAM", description = "Stream id.") String id,
            @Mixin NodeOptions options) {
        printLine(options.node().post("streams/" + ApiClient.encode(id) + "/end", ""), options);
        return 0;
    }

    @Command(
            name = "list",
            description = "Lists the streams since the node's start.",
            mixinStandardHelpOptions = true)
    int list(@Mixin NodeOptions options) {
        options.print(options.node().get("streams"));
        return 0;
    }

    private static void printLine(JsonNode stream, NodeOptions options) {
        options.print(
                stream,
                "%s units, paid %s, owed %s, %s more may come before the next payment"
                        .formatted(
                                stream.path("delivered").asText(),
                                stream.path("paid").asText(),
                                stream.path("owed").asText(),
                                stream.path("deliverable").asText()));
    }
}
