package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Transactions and their proofs. */
@Command(
        name = "tx",
        description = "Sends, shows and proves transactions.",
        mixinStandardHelpOptions = true)
final class TransactionCommand {
    private static final long LARGEST_PROOF = 2 << 20;

    @Command(
            name = "send",
            description = "Transfers DSD; returns when final.",
            mixinStandardHelpOptions = true)
    int send(
            @Parameters(paramLabel = "ADDRESS", description = "Who receives.") String to,
            @Parameters(paramLabel = "DSD", description = "Amount, such as 1.5.") String amount,
            @Mixin NodeOptions options) {
        JsonNode sent =
                options.node().post("transfers", Json.object().put("to", to).put("amount", amount));
        options.print(sent, sent.path("transaction").asText());
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows where a transaction is.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "Transaction id.") String id,
            @Mixin NodeOptions options) {
        options.print(options.node().get("transactions/" + id));
        return 0;
    }

    @Command(
            name = "prove",
            description = "Writes a proof that a block holds a transaction.",
            mixinStandardHelpOptions = true)
    int prove(
            @Parameters(paramLabel = "ID", description = "Transaction id.") String id,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "File to write.")
                    Path file,
            @Mixin NodeOptions options)
            throws IOException {
        JsonNode proof = options.node().get("transactions/" + id + "/proof");
        Files.writeString(file, Json.pretty(proof));
        options.print(proof, "written to " + file);
        return 0;
    }

    @Command(
            name = "check",
            description = "Checks somebody's proof against this node's own final chain.",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "FILE", description = "Proof, as `tx prove` wrote it.")
                    Path file,
            @Mixin NodeOptions options) {
        String proof = InputFile.json(file, LARGEST_PROOF).path("proof").asText();
        JsonNode verdict = options.node().post("proofs", Json.object().put("proof", proof));
        options.print(verdict);
        return verdict.path("verified").asBoolean() ? 0 : CommandFailed.REFUSED;
    }
}
