package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Names on the settlement chain. */
@Command(name = "name", description = "Claims and resolves names.", mixinStandardHelpOptions = true)
final class NameCommand {
    @Command(
            name = "claim",
            description =
                    "Claims a line's name, and free names above it, and points it to this node;"
                            + " returns when final.",
            mixinStandardHelpOptions = true)
    int claim(
            @Parameters(paramLabel = "NAME", description = "Name, such as /acme/line7.")
                    String name,
            @Mixin NodeOptions options) {
        JsonNode entry = options.node().post("names?name=" + ApiClient.encode(name), "");
        options.print(
                entry,
                "%s is yours until block %s"
                        .formatted(entry.path("name").asText(), entry.path("expiresAt").asText()));
        return 0;
    }

    @Command(name = "show", description = "Resolves a name.", mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "NAME", description = "Name, such as /acme/line7.")
                    String name,
            @Mixin NodeOptions options) {
        options.print(options.node().get("names?name=" + ApiClient.encode(name)));
        return 0;
    }
}
