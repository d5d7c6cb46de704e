package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the stake decides about the network. */
@Command(
        name = "governance",
        description = "Shows, proposes and votes on parameters of the network.",
        mixinStandardHelpOptions = true)
final class GovernanceCommand {
    /** Yes or no. */
    enum Choice {
        YES,
        NO
    }

    @Command(
            name = "show",
            description = "Shows the parameters, their bounds, and what is voted on.",
            mixinStandardHelpOptions = true)
    int show(@Mixin NodeOptions options) {
        JsonNode answer = options.node().get("governance/parameters");
        StringBuilder lines =
                new StringBuilder("epoch %d".formatted(answer.path("epoch").asLong()));
        for (JsonNode parameter : answer.path("parameters")) {
            lines.append(
                    "%n%s = %d (%d to %d)"
                            .formatted(
                                    parameter.path("parameter").asText(),
                                    parameter.path("value").asLong(),
                                    parameter.path("minimum").asLong(),
                                    parameter.path("maximum").asLong()));
            JsonNode proposal = parameter.path("proposal");
            if (proposal.isObject()) {
                lines.append(
                        ", %s to %d: yes %s DSD, no %s DSD"
                                .formatted(
                                        proposal.path("open").asBoolean() ? "proposed" : "passed",
                                        proposal.path("value").asLong(),
                                        proposal.path("yes").asText(),
                                        proposal.path("no").asText()));
            }
        }
        options.print(answer, lines.toString());
        return 0;
    }

    @Command(
            name = "propose",
            description =
                    "Proposes to set a parameter, by at most a fifth; this node must be an active"
                            + " validator.",
            mixinStandardHelpOptions = true)
    int propose(
            @Parameters(paramLabel = "PARAMETER", description = "Name, such as gas.price.")
                    String parameter,
            @Parameters(paramLabel = "VALUE", description = "New value.") long value,
            @Mixin NodeOptions options) {
        JsonNode answer =
                options.node()
                        .post(
                                "governance/proposals",
                                Json.object()
                                        .put("parameter", parameter)
                                        .put("value", String.valueOf(value)));
        options.print(answer, "proposed in block %d".formatted(answer.path("height").asLong()));
        return 0;
    }

    @Command(
            name = "vote",
            description = "Votes on the open proposal with this node's stake.",
            mixinStandardHelpOptions = true)
    int vote(
            @Parameters(paramLabel = "PARAMETER", description = "Name, such as gas.price.")
                    String parameter,
            @Parameters(paramLabel = "VALUE", description = "The proposed value.") long value,
            @Parameters(paramLabel = "yes|no", description = "The vote.") Choice choice,
            @Mixin NodeOptions options) {
        JsonNode answer =
                options.node()
                        .post(
                                "governance/votes",
                                Json.object()
                                        .put("parameter", parameter)
                                        .put("value", String.valueOf(value))
                                        .put("vote", choice == Choice.YES ? "yes" : "no"));
        options.print(answer, "voted in block %d".formatted(answer.path("height").asLong()));
        return 0;
    }
}
