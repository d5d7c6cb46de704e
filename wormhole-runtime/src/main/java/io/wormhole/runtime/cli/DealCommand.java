package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.http.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deals in channels by the answers of oracles. */
@Command(
        name = "deal",
        description = "Makes and settles deals in a channel by the answer to a question.",
        mixinStandardHelpOptions = true)
final class DealCommand {
    /** Which deal. */
    static final class Which {
        @Parameters(index = "0", paramLabel = "CHANNEL", description = "Channel id.")
        private String channel = "";

        @Parameters(index = "1", paramLabel = "DEAL", description = "Number of the deal.")
        private String deal = "";

        private ObjectNode body() {
            return Json.object().put("deal", deal);
        }
    }

    @Command(
            name = "make",
            description = "Locks money that the answer to a question moves.",
            mixinStandardHelpOptions = true)
    int make(
            @Parameters(index = "0", paramLabel = "CHANNEL", description = "Channel id.")
                    String channel,
            @Parameters(
                            index = "1",
                            paramLabel = "KIND",
                            description =
                                    "escrow (the partner gets it on yes), insurance (the same; no"
                                            + " or silence bring it back), or bet.")
                    String kind,
            @Parameters(index = "2", paramLabel = "QUESTION", description = "Question id.")
                    String question,
            @Option(
                            names = "--amount",
                            required = true,
                            paramLabel = "DSD",
                            description = "What this node puts in.")
                    String amount,
            @Option(
                            names = "--theirs",
                            paramLabel = "DSD",
                            description = "For a bet: what the partner puts in.")
                    @Nullable String theirs,
            @Option(
                            names = "--on",
                            paramLabel = "ANSWER",
                            description = "For a bet: yes or no, by which this node wins.")
                    @Nullable String mineOn,
            @Option(
                            names = "--expires-in",
                            required = true,
                            paramLabel = "BLOCKS",
                            description = "From then on no answer counts any more.")
                    long expiresIn,
            @Mixin NodeOptions options) {
        ObjectNode body =
                Json.object()
                        .put("kind", kind)
                        .put("question", question)
                        .put("amount", amount)
                        .put("expiresIn", expiresIn)
                        .put("request", UUID.randomUUID().toString());
        if (theirs != null) {
            body.put("theirs", theirs);
        }
        if (mineOn != null) {
            body.put("mineOn", mineOn);
        }
        JsonNode made = options.node().post(Known.DEAL.path(channel), body);
        options.print(made, made.path("deal").asText());
        return 0;
    }

    @Command(
            name = "list",
            description = "Lists the deals of a channel.",
            mixinStandardHelpOptions = true)
    int list(
            @Parameters(paramLabel = "CHANNEL", description = "Channel id.") String channel,
            @Mixin NodeOptions options) {
        options.print(options.node().get(Known.DEAL.path(channel)));
        return 0;
    }

    @Command(
            name = "join",
            description = "Puts in what is missing of a deal.",
            mixinStandardHelpOptions = true)
    int join(@Mixin Which which, @Mixin NodeOptions options) {
        return act("join", which, which.body(), options);
    }

    @Command(
            name = "claim",
            description = "Settles by the final answer, both sides signing.",
            mixinStandardHelpOptions = true)
    int claim(@Mixin Which which, @Mixin NodeOptions options) {
        return act("claim", which, which.body(), options);
    }

    @Command(
            name = "expire",
            description = "Settles a deal to which no answer came in time.",
            mixinStandardHelpOptions = true)
    int expire(@Mixin Which which, @Mixin NodeOptions options) {
        return act("expire", which, which.body(), options);
    }

    @Command(
            name = "concede",
            description = "Settles on an outcome by which this side gets least.",
            mixinStandardHelpOptions = true)
    int concede(
            @Mixin Which which,
            @Parameters(index = "2", paramLabel = "OUTCOME", description = "yes, no or neither.")
                    String outcome,
            @Mixin NodeOptions options) {
        return act("concede", which, which.body().put("outcome", outcome), options);
    }

    @Command(
            name = "release",
            description = "Takes a settled deal out of the channel.",
            mixinStandardHelpOptions = true)
    int release(@Mixin Which which, @Mixin NodeOptions options) {
        return act("release", which, which.body(), options);
    }

    @Command(
            name = "force",
            description = "Closes the channel alone; the chain settles by the answer.",
            mixinStandardHelpOptions = true)
    int force(@Mixin Which which, @Mixin ChainPatience patience, @Mixin NodeOptions options) {
        ApiClient node = options.node();
        node.post(Known.DEAL.path(which.channel) + "/force", which.body());
        options.print(
                Waiting.until(
                        "channel " + which.channel,
                        patience.time(),
                        () -> node.get(Known.CHANNEL.path(which.channel)),
                        seen -> seen.path("phase").asText().equals("closed")));
        return 0;
    }

    private static int act(String what, Which which, ObjectNode body, NodeOptions options) {
        options.print(options.node().post(Known.DEAL.path(which.channel) + "/" + what, body));
        return 0;
    }
}
