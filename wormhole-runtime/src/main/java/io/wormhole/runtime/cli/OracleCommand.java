package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Questions to the world. */
@Command(
        name = "oracle",
        description = "Asks, answers, disputes and votes on questions to the world.",
        mixinStandardHelpOptions = true)
final class OracleCommand {
    private static final Duration ASKING = Duration.ofMinutes(3);

    /** What is said about a question. */
    static final class Saying {
        @Parameters(index = "0", paramLabel = "ID", description = "Question id.")
        private String id = "";

        @Parameters(index = "1", paramLabel = "ANSWER", description = "yes, no or bad-question.")
        private String answer = "";

        @Option(
                names = "--reason",
                defaultValue = "",
                paramLabel = "TEXT",
                description = "Kept as evidence; its hash goes with the answer.")
        private String reason = "";
    }

    @Command(
            name = "ask",
            description = "Asks a yes/no question; returns its id when it is final on the chain.",
            mixinStandardHelpOptions = true)
    int ask(
            @Parameters(paramLabel = "TEXT", description = "The question.") String text,
            @Option(
                            names = "--window",
                            required = true,
                            paramLabel = "BLOCKS",
                            description = "How long it can be answered; the deposit grows with it.")
                    long window,
            @Option(
                            names = "--opens-in",
                            defaultValue = "10",
                            paramLabel = "BLOCKS",
                            description = "When it opens (default: in ${DEFAULT-VALUE} blocks).")
                    long opensIn,
            @Option(
                            names = "--content",
                            paramLabel = "HASH",
                            description = "Hash of a longer question or of terms.")
                    @Nullable String content,
            @Option(
                            names = "--plan",
                            paramLabel = "NAME",
                            description = "Feed plan that answers it; none: you do.")
                    @Nullable String plan,
            @Mixin NodeOptions options) {
        ApiClient node = options.node();
        String request = UUID.randomUUID().toString();
        ObjectNode body =
                Json.object()
                        .put("text", text)
                        .put("window", window)
                        .put("opensIn", opensIn)
                        .put("request", request);
        Optional.ofNullable(content).ifPresent(hash -> body.put("content", hash));
        Optional.ofNullable(plan).ifPresent(name -> body.put("plan", name));
        node.post("oracles", body);
        JsonNode operator =
                Waiting.until(
                        "question",
                        ASKING,
                        () -> node.get("duties").path("operator"),
                        memory -> duty(memory, request).isPresent() || isDropped(memory, request));
        JsonNode duty =
                duty(operator, request)
                        .orElseThrow(
                                () ->
                                        new CommandFailed(
                                                CommandFailed.REFUSED,
                                                "the question is refused: "
                                                        + operator.path("refused")
                                                                .path(request)
                                                                .asText()));
        options.print(duty, duty.path("oracle").asText());
        return 0;
    }

    private static Optional<JsonNode> duty(JsonNode memory, String request) {
        return StreamSupport.stream(memory.path("duties").spliterator(), false)
                .filter(duty -> duty.path("request").asText().equals(request))
                .findFirst();
    }

    private static boolean isDropped(JsonNode memory, String request) {
        return StreamSupport.stream(memory.path("asked").spliterator(), false)
                .noneMatch(asked -> asked.asText().equals(request));
    }

    @Command(
            name = "answer",
            description = "Answers a question of this node, once, in its window.",
            mixinStandardHelpOptions = true)
    int answer(@Mixin Saying saying, @Mixin NodeOptions options) {
        return say("answer", saying, options);
    }

    @Command(
            name = "dispute",
            description = "Says the contrary with an equal deposit, or claims a missed question.",
            mixinStandardHelpOptions = true)
    int dispute(@Mixin Saying saying, @Mixin NodeOptions options) {
        return say("dispute", saying, options);
    }

    @Command(
            name = "vote",
            description = "Votes on a disputed question with this node's stake and blocks.",
            mixinStandardHelpOptions = true)
    int vote(@Mixin Saying saying, @Mixin NodeOptions options) {
        return say("vote", saying, options);
    }

    private static int say(String what, Saying saying, NodeOptions options) {
        options.print(
                options.node()
                        .post(
                                Known.QUESTION.path(saying.id) + "/" + what,
                                Json.object()
                                        .put("answer", saying.answer)
                                        .put("reason", saying.reason)));
        return 0;
    }

    @Command(name = "list", description = "Lists open questions.", mixinStandardHelpOptions = true)
    int list(@Mixin NodeOptions options) {
        options.print(options.node().get("oracles"));
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows a question with its votes, and keeps the answer's proof.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "Question id.") String id,
            @Option(
                            names = "--proof",
                            paramLabel = "FILE",
                            description = "Writes the proof of the answer to this file.")
                    @Nullable Path proof,
            @Mixin NodeOptions options)
            throws IOException {
        ApiClient node = options.node();
        JsonNode question = node.get(Known.QUESTION.path(id));
        if (proof != null) {
            Files.writeString(
                    proof, Json.pretty(node.get(Known.QUESTION.path(id) + "/proof")) + "\n");
        }
        options.print(question);
        return 0;
    }

    @Command(
            name = "follow",
            description = "Waits until a question is settled and final; returns its answer.",
            mixinStandardHelpOptions = true)
    int follow(
            @Parameters(paramLabel = "ID", description = "Question id.") String id,
            @Option(
                            names = "--patience",
                            defaultValue = "3600",
                            paramLabel = "SECONDS",
                            description = "How long to wait (default: ${DEFAULT-VALUE}).")
                    int patience,
            @Mixin NodeOptions options) {
        ApiClient node = options.node();
        JsonNode settled =
                Waiting.until(
                        "question " + id,
                        Duration.ofSeconds(patience),
                        () -> node.get(Known.QUESTION.path(id)),
                        question -> question.path("final").asBoolean(false));
        options.print(settled, settled.path("answer").asText(settled.path("ending").asText()));
        return 0;
    }

    @Command(
            name = "duties",
            description = "Shows what this node's operator, challenger and voter have to do.",
            mixinStandardHelpOptions = true)
    int duties(@Mixin NodeOptions options) {
        options.print(options.node().get("duties"));
        return 0;
    }

    @Command(
            name = "tell",
            description = "Tells a value to a held feed of another wormhole, by message.",
            mixinStandardHelpOptions = true)
    int tell(
            @Parameters(index = "0", paramLabel = "KEY", description = "The partner's public key.")
                    String partner,
            @Parameters(index = "1", paramLabel = "NAME", description = "The feed there.")
                    String name,
            @Parameters(index = "2", paramLabel = "VALUE", description = "The value.") String value,
            @Mixin NodeOptions options) {
        options.print(
                options.node()
                        .post(
                                "readings",
                                Json.object()
                                        .put("to", partner)
                                        .put("feed", name)
                                        .put("value", value)));
        return 0;
    }

    @Command(
            name = "feed",
            description = "Hands a value to a held feed or a series.",
            mixinStandardHelpOptions = true)
    int feed(
            @Parameters(paramLabel = "NAME", description = "The feed.") String name,
            @Parameters(paramLabel = "VALUE", description = "The value.") String value,
            @Mixin NodeOptions options) {
        options.print(
                options.node()
                        .post(
                                "feeds/" + ApiClient.encode(name),
                                Json.object().put("value", value)));
        return 0;
    }
}
