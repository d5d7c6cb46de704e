package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.cluster.data.DataDirectory;
import io.wormhole.cluster.data.DataRefused;
import io.wormhole.cluster.settings.SettingsRefused;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.node.NodeConfig;
import io.wormhole.runtime.node.NodeKeys;
import io.wormhole.runtime.node.StartRefused;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoreException;
import io.wormhole.settlement.store.VoteRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The stake of this node's operator. Also takes a validator's memory of its own votes from one data
 * directory to another, so that the key may move and still never contradicts itself; for that the
 * node must not run.
 */
@Command(
        name = "validator",
        description = "Joins and leaves the validators; moves what a validator must remember.",
        mixinStandardHelpOptions = true)
final class ValidatorCommand {
    private static final String FORMAT = "wormhole-slashing-protection/1";
    private static final long CACHE_BYTES = 1 << 20;
    private static final long LARGEST_FILE = 1 << 20;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "export",
            description = "Writes the slashing protection of this node's validator to a file.",
            mixinStandardHelpOptions = true)
    int export(
            @Option(
                            names = "--config",
                            required = true,
                            paramLabel = "FILE",
                            description = "Settings of the node, which must not run.")
                    Path settings,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "File to write.")
                    Path file)
            throws IOException {
        if (Files.exists(file)) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, file + " exists already");
        }
        try (Opened opened = Opened.of(settings)) {
            ObjectNode view = Json.object().put("format", FORMAT);
            view.put("network", opened.network.genesis().toHex());
            ArrayNode votes = view.putArray("validators");
            opened.store
                    .lastVote(opened.validator)
                    .ifPresent(
                            vote ->
                                    votes.addObject()
                                            .put("address", vote.validator().toString())
                                            .put("sourceEpoch", vote.sourceEpoch())
                                            .put("targetEpoch", vote.targetEpoch())
                                            .put("signed", vote.signed().toHex()));
            Files.writeString(file, Json.pretty(view) + "\n");
            say(
                    votes.isEmpty()
                            ? "this key has never voted here: %s forbids nothing, and no import needs it"
                                    .formatted(file)
                            : "%d validators written to %s; do not vote with this key here any more"
                                    .formatted(votes.size(), file));
        }
        return 0;
    }

    @Command(
            name = "import",
            description =
                    "Takes the slashing protection of a file over; forgets nothing of its own.",
            mixinStandardHelpOptions = true)
    int take(
            @Option(
                            names = "--config",
                            required = true,
                            paramLabel = "FILE",
                            description = "Settings of the node, which must not run.")
                    Path settings,
            @Option(
                            names = "--in",
                            required = true,
                            paramLabel = "FILE",
                            description = "File that `wormhole validator export` wrote.")
                    Path file) {
        JsonNode content = read(file);
        try (Opened opened = Opened.of(settings)) {
            String network = opened.network.genesis().toHex();
            if (!content.path("network").asText().equals(network)) {
                throw new CommandFailed(
                        CommandFailed.BAD_INPUT,
                        "%s is of network %s, this node of %s"
                                .formatted(file, content.path("network").asText(), network));
            }
            List<VoteRecord> votes = new ArrayList<>();
            content.path("validators").forEach(entry -> votes.add(vote(entry, opened.network)));
            if (votes.isEmpty()) {
                throw new CommandFailed(
                        CommandFailed.BAD_INPUT, file + " is damaged: it names no validator");
            }
            if (votes.stream().noneMatch(vote -> vote.validator().equals(opened.validator))) {
                throw new CommandFailed(
                        CommandFailed.BAD_INPUT,
                        "%s is of the validator %s, the key of this node is %s: it would forbid nothing here"
                                .formatted(file, votes.get(0).validator(), opened.validator));
            }
            votes.forEach(opened.store::forbid);
            say("%d validators taken over".formatted(votes.size()));
        }
        return 0;
    }

    @Command(
            name = "deposit",
            description = "Locks an amount of this node's money as stake.",
            mixinStandardHelpOptions = true)
    int deposit(
            @Parameters(paramLabel = "DSD", description = "How much.") String amount,
            @Mixin NodeOptions options) {
        return stake(options, Json.object().put("action", "deposit").put("amount", amount));
    }

    @Command(
            name = "logout",
            description = "Asks to leave the validators; go on voting until it takes effect.",
            mixinStandardHelpOptions = true)
    int logout(@Mixin NodeOptions options) {
        return stake(options, Json.object().put("action", "logout"));
    }

    @Command(
            name = "withdraw",
            description = "Takes the stake back once it is free.",
            mixinStandardHelpOptions = true)
    int withdraw(@Mixin NodeOptions options) {
        return stake(options, Json.object().put("action", "withdraw"));
    }

    private static int stake(NodeOptions options, ObjectNode action) {
        JsonNode answer = options.node().post("stake", action);
        options.print(answer, "in block %d".formatted(answer.path("height").asLong()));
        return 0;
    }

    private static JsonNode read(Path file) {
        JsonNode content = InputFile.json(file, LARGEST_FILE);
        if (!content.path("format").asText().equals(FORMAT)) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "%s is no file of format %s".formatted(file, FORMAT));
        }
        return content;
    }

    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }

    private static VoteRecord vote(JsonNode entry, NetworkId network) {
        JsonNode source = entry.path("sourceEpoch");
        JsonNode target = entry.path("targetEpoch");
        if (!isWhole(source)
                || !isWhole(target)
                || source.asLong() < 0
                || target.asLong() <= source.asLong()) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    "epochs %s and %s; needed: whole numbers, the target above the source"
                            .formatted(source, target));
        }
        try {
            Address validator = Address.parse(entry.path("address").asText());
            Bytes signed = Bytes.ofHex(entry.path("signed").asText());
            SignedTransaction vote = SignedTransaction.decode(signed);
            if (!(vote.transaction().body() instanceof FinalityTransaction.Vote)
                    || !vote.transaction().sender().address().equals(validator)
                    || !vote.isSignedFor(network)) {
                throw new IllegalArgumentException("no signed vote of " + validator);
            }
            FinalityTransaction.Vote says = (FinalityTransaction.Vote) vote.transaction().body();
            // A file that forbids less than its own vote does would let this key contradict it.
            if (target.asLong() != says.target().epoch()
                    || source.asLong() < says.source().epoch()) {
                throw new IllegalArgumentException(
                        "epochs %s and %s of %s are not those of its signed vote, %d and %d"
                                .formatted(
                                        source,
                                        target,
                                        validator,
                                        says.source().epoch(),
                                        says.target().epoch()));
            }
            return new VoteRecord(validator, source.asLong(), target.asLong(), signed);
        } catch (IllegalArgumentException damaged) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(damaged.getMessage()));
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    /** The store of a node that does not run, locked like a running one. */
    private record Opened(
            DataDirectory data, ChainStore store, NetworkId network, Address validator)
            implements AutoCloseable {
        static Opened of(Path settings) {
            NodeConfig config;
            NetworkId network;
            Address validator;
            DataDirectory data;
            try {
                config = NodeConfig.load(settings);
                network = WormholeNode.genesis(config.genesis()).networkId();
                validator =
                        NodeKeys.open(config.keyFile(), config.passwordFile()).operator().address();
                data = DataDirectory.open(config.dataDir(), network.toString());
            } catch (SettingsRefused | StartRefused | DataRefused refused) {
                throw new CommandFailed(
                        CommandFailed.REFUSED, String.valueOf(refused.getMessage()));
            }
            try {
                ChainStore store = ChainStore.open(data.resolve("chain"), network, CACHE_BYTES);
                return new Opened(data, store, network, validator);
            } catch (StoreException refused) {
                data.close();
                throw new CommandFailed(
                        CommandFailed.REFUSED, String.valueOf(refused.getMessage()));
            }
        }

        @Override
        public void close() {
            store.close();
            data.close();
        }
    }
}
