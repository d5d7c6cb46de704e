package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.isa.bytecode.CodeLimits;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.project.Sources;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Contracts in accounts of the chain. */
@Command(
        name = "contract",
        description = "Makes contracts on the chain, shows and calls them.",
        mixinStandardHelpOptions = true)
final class ContractCommand {
    private static final int MOST_SOURCE_BYTES = 1024 * 1024;

    @Command(
            name = "create",
            description = "Makes a contract with an account of its own; returns when final.",
            mixinStandardHelpOptions = true)
    int create(
            @Parameters(
                            paramLabel = "CODE",
                            description =
                                    "Source or module, or the name of one in the library:"
                                            + " crowdfunding-account.")
                    String code,
            @Option(
                            names = "--terms",
                            required = true,
                            paramLabel = "VALUE",
                            description =
                                    "Its terms, such as '{#c0ffee, me, 5DSD, now+300, \"text\"}'.")
                    String terms,
            @Option(
                            names = "--state",
                            required = true,
                            paramLabel = "VALUE",
                            description = "Its first state.")
                    String state,
            @Option(
                            names = "--amount",
                            defaultValue = "0",
                            paramLabel = "DSD",
                            description = "What it has to begin with (default: nothing).")
                    String amount,
            @Mixin NodeOptions options)
            throws IOException {
        ObjectNode body =
                Json.object()
                        .put("code", module(code).toHex())
                        .put("terms", terms)
                        .put("state", state)
                        .put("amount", amount)
                        .put("request", UUID.randomUUID().toString());
        JsonNode made = options.node().post("contracts", body);
        options.print(made, made.path("contract").asText());
        return 0;
    }

    private static Bytes module(String code) throws IOException {
        Path file = Path.of(code);
        try {
            if (!Files.exists(file) && !code.contains(".")) {
                return ContractLibrary.module(code).encoded();
            }
            InputFile.requireSmall(file, Math.max(MOST_SOURCE_BYTES, CodeLimits.MAX_MODULE_BYTES));
            return Sources.compile(
                            String.valueOf(file.getFileName()), Bytes.of(Files.readAllBytes(file)))
                    .module()
                    .encoded();
        } catch (IllegalArgumentException refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
    }

    @Command(
            name = "show",
            description = "Shows what a contract holds: balance, terms and state.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "CONTRACT", description = "Its address.") String contract,
            @Mixin NodeOptions options) {
        options.print(options.node().get("contracts/" + ApiClient.encode(contract)));
        return 0;
    }

    @Command(
            name = "call",
            description = {
                "Sends a contract a message; returns when final.",
                "What the contract would refuse as it stands is not sent and costs nothing."
            },
            mixinStandardHelpOptions = true)
    int call(
            @Parameters(index = "0", paramLabel = "CONTRACT", description = "Its address.")
                    String contract,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "WORD",
                            description =
                                    "The message's name and values: claim me. Sent as"
                                            + " {\"claim\", me}.")
                    @Nullable List<String> words,
            @Option(
                            names = "--message",
                            paramLabel = "VALUE",
                            description = "The message as one value, instead of words.")
                    @Nullable String message,
            @Option(
                            names = "--answer",
                            paramLabel = "QUESTION",
                            description =
                                    "Instead: the final answer to a question, with its proof.")
                    @Nullable String question,
            @Option(
                            names = "--amount",
                            defaultValue = "0",
                            paramLabel = "DSD",
                            description = "Paid with the message (default: nothing).")
                    String amount,
            @Mixin Gas gas,
            @Mixin NodeOptions options) {
        ObjectNode body =
                Json.object().put("amount", amount).put("request", UUID.randomUUID().toString());
        List<String> said = words == null ? List.of() : words;
        boolean hasWords = !said.isEmpty();
        if (hasWords && message == null && question == null) {
            body.put("message", tuple(said));
        } else if (!hasWords && message != null && question == null) {
            body.put("message", message);
        } else if (!hasWords && message == null && question != null) {
            body.put("answer", question);
        } else {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "give words, or --message, or --answer");
        }
        gas.put(body);
        options.print(
                options.node()
                        .post("contracts/%s/call".formatted(ApiClient.encode(contract)), body));
        return 0;
    }

    private static String tuple(List<String> words) {
        String name = words.get(0);
        if (name.contains("\"")) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, "a message's name has no quotes");
        }
        return "{"
                + String.join(
                        ", ",
                        Stream.concat(Stream.of("\"" + name + "\""), words.stream().skip(1))
                                .toList())
                + "}";
    }

    /** What a message may use. */
    static final class Gas {
        @Option(
                names = "--time",
                paramLabel = "GAS",
                description = "Limit of time gas (default: 20000000).")
        private @Nullable Long time;

        @Option(
                names = "--space",
                paramLabel = "CELLS",
                description = "Limit of space gas (default: 200000).")
        private @Nullable Long space;

        private void put(ObjectNode body) {
            if (time != null) {
                body.put("time", time);
            }
            if (space != null) {
                body.put("space", space);
            }
        }
    }
}
