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
            @Parameters(paramLabel = "ADDRESS") String to,
            @Parameters(paramLabel = "DSD") String amount,
            @Mixin NodeOptions options) {
        JsonNode sent =
                options.node()
                        .post("transfers", Json.object().put("to", to).put("amount", amount));
        options.print(sent, sent.path("transaction").asText());
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows where a transaction is.",
            mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "ID") String id, @Mixin NodeOptions options) {
        options.print(options.node().get("transactions/" + id));
        return 0;
    }

    @Command(
            name = "prove",
            description = "Writes a proof that a block holds a transaction.",
            mixinStandardHelpOptions = true)
    int prove(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--out", required = true, paramLabel = "FILE") Path file,
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
    int check(@Parameters(paramLabel = "FILE") Path file, @Mixin NodeOptions options)
            throws IOException {
        if (!Files.isReadable(file) || Files.size(file) > LARGEST_PROOF) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, "cannot read the proof in " + file);
        }
        String proof = Json.parse(Files.readString(file)).path("proof").asText();
        JsonNode verdict = options.node().post("proofs", Json.object().put("proof", proof));
        options.print(verdict);
        return verdict.path("verified").asBoolean() ? 0 : CommandFailed.REFUSED;
    }
}
