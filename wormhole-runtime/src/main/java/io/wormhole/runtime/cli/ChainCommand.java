package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.http.ProofJson;
import io.wormhole.runtime.proof.StateKey;
import io.wormhole.settlement.archive.ProofFile;
import io.wormhole.settlement.genesis.Genesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The settlement chain as this node sees it. */
@Command(
        name = "chain",
        description = "Shows, proves and keeps the settlement chain.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ChainDataCommand.Verify.class,
            ChainDataCommand.Export.class,
            ChainDataCommand.Import.class,
            ChainDataCommand.Prune.class,
            ChainDataCommand.BackUp.class,
            ChainDataCommand.Restore.class
        })
final class ChainCommand {
    private static final long LARGEST_PROOF = 8L << 20;

    @Command(
            name = "status",
            description = "Shows head, finality and peers.",
            mixinStandardHelpOptions = true)
    int status(@Mixin NodeOptions options) {
        JsonNode status = options.node().get("status");
        JsonNode chain = status.path("chain");
        options.print(
                status,
                "height %d, final %d, %d peers, %d waiting"
                        .formatted(
                                chain.path("height").asLong(),
                                chain.path("finalHeight").asLong(),
                                chain.path("peers").size(),
                                chain.path("mempool").asLong()));
        return 0;
    }

    @Command(
            name = "account",
            description = "Shows a final balance; `me` is this node's own.",
            mixinStandardHelpOptions = true)
    int account(
            @Parameters(
                            paramLabel = "ADDRESS",
                            defaultValue = "me",
                            description = "Address, or `me` (default: ${DEFAULT-VALUE}).")
                    String address,
            @Mixin NodeOptions options) {
        JsonNode account = options.node().get("accounts/" + ApiClient.encode(address));
        options.print(account, account.path("balance").asText() + " DSD");
        return 0;
    }

    @Command(name = "block", description = "Shows a block.", mixinStandardHelpOptions = true)
    int block(
            @Parameters(paramLabel = "HEIGHT", description = "Height of the block.") long height,
            @Mixin NodeOptions options) {
        if (height < 0) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "height %d; allowed: from 0".formatted(height));
        }
        options.print(options.node().get("blocks/" + height));
        return 0;
    }

    @Command(
            name = "prove",
            description = "Writes a proof of an entry of the final state.",
            mixinStandardHelpOptions = true)
    int prove(
            @Parameters(
                            paramLabel = "KEY",
                            description =
                                    "account:ADDRESS, contract:ADDRESS, name:/NAME, auction:/NAME,"
                                            + " channel:ID, question:ID or answer:ID.")
                    String key,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "File to write.")
                    Path file,
            @Mixin NodeOptions options)
            throws IOException {
        JsonNode proof = options.node().get("state?key=" + ApiClient.encode(key));
        Files.writeString(file, Json.pretty(proof));
        options.print(proof, shown(proof) + "; written to " + file);
        return 0;
    }

    @Command(
            name = "check-proof",
            description =
                    "Checks a proof without a node: what it shows about the state after its header."
                            + " Compare the header with one that you trust.",
            mixinStandardHelpOptions = true)
    int checkProof(
            @Parameters(paramLabel = "FILE", description = "Proof, as `chain prove` wrote it.")
                    Path file,
            @Option(
                            names = "--key",
                            paramLabel = "KEY",
                            description = "Entry that the proof must be about.")
                    @Nullable String key,
            @Option(
                            names = "--header",
                            paramLabel = "HASH",
                            description = "Header that the proof must be about.")
                    @Nullable String header,
            @Option(
                            names = "--network",
                            paramLabel = "FILE",
                            description = "Network whose proof of work the header must have.")
                    @Nullable Path network,
            @Mixin NodeOptions options) {
        ProofFile proof = read(file);
        ObjectNode verdict = ProofJson.of(proof);
        verdict.remove("proof");
        boolean holds = verdict.path("holds").asBoolean();
        if (key != null) {
            holds &= note(verdict, "keyMatches", key(key).isOf(proof.proof()));
        }
        if (header != null) {
            holds &= note(verdict, "headerMatches", header.equals(proof.header().hash().toHex()));
        }
        if (network != null) {
            Genesis genesis = ChainDataCommand.genesis(network);
            holds &= note(verdict, "hasWork", proof.hasWork(genesis));
        }
        verdict.put("verified", holds);
        options.print(
                verdict,
                "%s: %s in the state after block %d %s"
                        .formatted(
                                holds ? "holds" : "DOES NOT HOLD",
                                shown(verdict),
                                verdict.path("height").asLong(),
                                verdict.path("header").asText()));
        return holds ? 0 : CommandFailed.REFUSED;
    }

    private static boolean note(ObjectNode verdict, String what, boolean holds) {
        verdict.put(what, holds);
        return holds;
    }

    private static StateKey key(String text) {
        try {
            return StateKey.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, String.valueOf(malformed.getMessage()));
        }
    }

    private static ProofFile read(Path file) {
        String hex = InputFile.json(file, LARGEST_PROOF).path("proof").asText();
        try {
            return ProofFile.decode(Bytes.ofHex(hex));
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    "%s has no proof of the state: %s".formatted(file, malformed.getMessage()));
        }
    }

    private static String shown(JsonNode proof) {
        if (proof.has("fault")) {
            return proof.path("fault").asText();
        }
        return proof.path("present").asBoolean()
                ? proof.path("shown").asText()
                : "nothing stands there";
    }

    @Command(
            name = "peers",
            description = "Shows the nodes that this node is connected to.",
            mixinStandardHelpOptions = true)
    int peers(@Mixin NodeOptions options) {
        JsonNode peers = options.node().get("status").path("chain").path("peers");
        StringBuilder lines = new StringBuilder("%d peers".formatted(peers.size()));
        for (JsonNode peer : peers) {
            lines.append(
                    "%n%s %s, height %d, %s, clock %+d ms"
                            .formatted(
                                    peer.path("outbound").asBoolean() ? "to  " : "from",
                                    peer.path("address").asText(),
                                    peer.path("height").asLong(),
                                    peer.path("agent").asText(),
                                    peer.path("clockOffsetMillis").asLong()));
        }
        options.print(peers, lines.toString());
        return 0;
    }

    @Command(
            name = "finality",
            description = "Shows what is justified and final, and how far behind the head.",
            mixinStandardHelpOptions = true)
    int finality(@Mixin NodeOptions options) {
        JsonNode finality = options.node().get("consensus/finality");
        options.print(
                finality,
                "height %d, final %d (%d behind), epoch %d, justified epoch %d, dynasty %d, %d votes in this epoch%s"
                        .formatted(
                                finality.path("height").asLong(),
                                finality.path("finalHeight").asLong(),
                                finality.path("lagBlocks").asLong(),
                                finality.path("epoch").asLong(),
                                finality.path("justified").path("epoch").asLong(),
                                finality.path("dynasty").asLong(),
                                finality.path("voted").asLong(),
                                finality.has("alarm")
                                        ? ", ALARM: " + finality.path("alarm").asText()
                                        : ""));
        return 0;
    }

    @Command(
            name = "validators",
            description = "Shows all stakes, and who has voted in this epoch.",
            mixinStandardHelpOptions = true)
    int validators(@Mixin NodeOptions options) {
        JsonNode answer = options.node().get("consensus/validators");
        StringBuilder lines =
                new StringBuilder(
                        "%d validators, dynasty %d, epoch %d"
                                .formatted(
                                        answer.path("validators").size(),
                                        answer.path("dynasty").asLong(),
                                        answer.path("epoch").asLong()));
        for (JsonNode validator : answer.path("validators")) {
            lines.append(
                    "%n%s %s DSD, %s%s"
                            .formatted(
                                    validator.path("address").asText(),
                                    validator.path("stake").asText(),
                                    validator.path("status").asText(),
                                    validator.path("voted").asBoolean() ? ", has voted" : ""));
        }
        options.print(answer, lines.toString());
        return 0;
    }
}
