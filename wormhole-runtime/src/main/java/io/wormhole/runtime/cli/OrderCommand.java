package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Orders of this node. */
@Command(
        name = "order",
        description = "Places and follows orders.",
        mixinStandardHelpOptions = true)
final class OrderCommand {
    private static final Set<String> OVER = Set.of("complete", "stopped", "refused");

    @Command(
            name = "place",
            description = "Sends an ISA package to a line and orders some of it.",
            mixinStandardHelpOptions = true)
    int place(
            @Option(
                            names = "--line",
                            required = true,
                            paramLabel = "NAME",
                            description = "Name of the line.")
                    String line,
            @Option(
                            names = "--channel",
                            required = true,
                            paramLabel = "ID",
                            description = "Channel to pay from.")
                    String channel,
            @Option(
                            names = "--package",
                            required = true,
                            paramLabel = "FILE",
                            description = "ISA package.")
                    Path isa,
            @Option(names = "--count", required = true, description = "How many pieces.") int count,
            @Option(
                            names = "--max-price",
                            required = true,
                            paramLabel = "DSD",
                            description = "Most to pay per piece.")
                    String price,
            @Mixin NodeOptions options) {
        ApiClient node = options.node();
        String hash = node.post("packages", isa).path("package").asText();
        JsonNode order =
                node.post(
                        "orders",
                        Json.object()
                                .put("line", line)
                                .put("channel", Known.CHANNEL.id(channel))
                                .put("package", hash)
                                .put("count", count)
                                .put("maximumPrice", price));
        options.print(order, order.path("id").asText());
        return 0;
    }

    @Command(name = "show", description = "Shows an order.", mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "Order id.") String id,
            @Mixin NodeOptions options) {
        options.print(options.node().get(Known.ORDER.path(id)));
        return 0;
    }

    @Command(name = "list", description = "Lists the orders.", mixinStandardHelpOptions = true)
    int list(@Mixin NodeOptions options) {
        options.print(options.node().get("orders"));
        return 0;
    }

    @Command(
            name = "wait",
            description = "Follows an order with a progress bar; returns when it is over.",
            mixinStandardHelpOptions = true)
    int await(
            @Parameters(paramLabel = "ID", description = "Order id.") String id,
            @Option(
                            names = "--patience",
                            defaultValue = "3600",
                            paramLabel = "SECONDS",
                            description = "How long to wait (default: ${DEFAULT-VALUE}).")
                    int patience,
            @Mixin NodeOptions options) {
        ApiClient node = options.node();
        JsonNode over;
        try (ProgressBar bar = ProgressBar.on(options.out(), options.json)) {
            over =
                    Waiting.until(
                            "order " + id,
                            Duration.ofSeconds(patience),
                            () -> {
                                JsonNode order = node.get(Known.ORDER.path(id));
                                bar.show(order);
                                return order;
                            },
                            order -> OVER.contains(order.path("phase").asText()));
        }
        options.print(
                over,
                "%s: %d of %d delivered %s"
                        .formatted(
                                over.path("phase").asText(),
                                over.path("delivered").asInt(),
                                over.path("count").asInt(),
                                over.path("reason").asText()));
        return over.path("phase").asText().equals("complete") ? 0 : CommandFailed.REFUSED;
    }
}
