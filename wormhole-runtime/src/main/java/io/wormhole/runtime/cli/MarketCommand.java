package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.http.Json;
import java.math.BigDecimal;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prediction markets. */
@Command(
        name = "market",
        description = "Trades shares of YES and NO to a question at one price per block.",
        mixinStandardHelpOptions = true)
final class MarketCommand {
    private static final int PPM_DIGITS = 6;

    @Command(
            name = "create",
            description = "Makes a market about a question; returns its address when final.",
            mixinStandardHelpOptions = true)
    int create(
            @Parameters(paramLabel = "QUESTION", description = "Question id.") String question,
            @Option(
                            names = "--unit",
                            defaultValue = "1",
                            paramLabel = "DSD",
                            description =
                                    "What one YES and one NO cost together (default:"
                                            + " ${DEFAULT-VALUE}).")
                    String unit,
            @Mixin NodeOptions options) {
        JsonNode made =
                options.node()
                        .post(
                                "markets",
                                Json.object()
                                        .put("question", question)
                                        .put("unit", unit)
                                        .put("request", UUID.randomUUID().toString()));
        options.print(made, made.path("market").asText());
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows holders, orders and prices of a market.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "MARKET", description = "Address of the market.")
                    String market,
            @Mixin NodeOptions options) {
        options.print(options.node().get("markets/" + ApiClient.encode(market)));
        return 0;
    }

    @Command(
            name = "buy",
            description = "Orders shares; what meets an order of the other side makes new sets.",
            mixinStandardHelpOptions = true)
    int buy(
            @Mixin Which which,
            @Parameters(index = "1", paramLabel = "SIDE", description = "yes or no.") String side,
            @Parameters(index = "2", paramLabel = "COUNT", description = "How many shares.")
                    long count,
            @Option(
                            names = "--limit",
                            required = true,
                            paramLabel = "PRICE",
                            description = "The most to pay for a share, as part of the unit: 0.6.")
                    BigDecimal limit,
            @Mixin NodeOptions options) {
        long ppm;
        try {
            ppm = limit.movePointRight(PPM_DIGITS).longValueExact();
        } catch (ArithmeticException tooFine) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "--limit has at most six digits behind the point");
        }
        return send(
                options,
                which,
                "buy",
                Json.object().put("side", side).put("limitPpm", ppm).put("count", count));
    }

    @Command(
            name = "cancel",
            description = "Takes this node's order of one side back.",
            mixinStandardHelpOptions = true)
    int cancel(
            @Mixin Which which,
            @Parameters(index = "1", paramLabel = "SIDE", description = "yes or no.") String side,
            @Mixin NodeOptions options) {
        return send(options, which, "cancel", Json.object().put("side", side));
    }

    @Command(
            name = "mint",
            description = "Pays units for as many sets of one YES and one NO.",
            mixinStandardHelpOptions = true)
    int mint(
            @Mixin Which which,
            @Parameters(index = "1", paramLabel = "SETS", description = "How many.") long sets,
            @Mixin NodeOptions options) {
        return send(options, which, "mint", Json.object().put("count", sets));
    }

    @Command(
            name = "redeem",
            description = "Gives sets of one YES and one NO back for their units.",
            mixinStandardHelpOptions = true)
    int redeem(
            @Mixin Which which,
            @Parameters(index = "1", paramLabel = "SETS", description = "How many.") long sets,
            @Mixin NodeOptions options) {
        return send(options, which, "redeem", Json.object().put("count", sets));
    }

    @Command(
            name = "answer",
            description = "Shows the market the question's final answer.",
            mixinStandardHelpOptions = true)
    int answer(@Mixin Which which, @Mixin NodeOptions options) {
        return send(options, which, "answer", "");
    }

    @Command(
            name = "claim",
            description = "Pays this node what its shares are worth by the answer.",
            mixinStandardHelpOptions = true)
    int claim(@Mixin Which which, @Mixin NodeOptions options) {
        return send(options, which, "claim", "");
    }

    private static int send(NodeOptions options, Which which, String what, ObjectNode body) {
        return send(options, which, what, Json.text(body));
    }

    private static int send(NodeOptions options, Which which, String what, String body) {
        options.print(
                options.node()
                        .post(
                                "markets/%s/%s".formatted(ApiClient.encode(which.market), what),
                                body));
        return 0;
    }

    /** The market that is meant. */
    static final class Which {
        @Parameters(index = "0", paramLabel = "MARKET", description = "Its address.")
        private String market = "";
    }
}
