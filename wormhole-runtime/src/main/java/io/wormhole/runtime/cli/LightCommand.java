package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.node.StartRefused;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.light.LightClient;
import io.wormhole.settlement.light.LightServer;
import io.wormhole.settlement.light.LightStart;
import io.wormhole.settlement.light.TrustedCheckpoint;
import io.wormhole.settlement.peer.LightPeer;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerHub;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A client of the chain without a node: believes nothing but proofs. */
@Command(
        name = "light",
        description =
                "Reads the chain from full nodes that need not be trusted; runs without a node.",
        mixinStandardHelpOptions = true)
final class LightCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** What every light command needs. */
    static final class Source {
        @Option(
                names = "--network",
                required = true,
                paramLabel = "FILE",
                description = "The network file.")
        Path network = Path.of("genesis.wormhole");

        @Option(
                names = "--peer",
                required = true,
                paramLabel = "HOST:PORT",
                description =
                        "Peer port of a full node; can be repeated: one honest one is enough.")
        List<String> peers = new ArrayList<>();

        @Option(
                names = "--state",
                paramLabel = "FILE",
                description = "Where the last final checkpoint is kept between calls.")
        @Nullable Path state;

        @Option(
                names = "--checkpoint",
                paramLabel = "EPOCH:HASH",
                description =
                        "A final checkpoint from somebody you trust; without it and without a"
                                + " stored one, the network's first block.")
        @Nullable String checkpoint;

        @Option(
                names = "--trust-old",
                description =
                        "Start from a checkpoint older than a stake is bound; holders of old keys"
                                + " could then deceive you.")
        boolean isOldTrusted;

        @Option(names = "--json", description = "Print JSON for programs.")
        boolean json;
    }

    @Command(
            name = "sync",
            description = "Goes to the newest final checkpoint.",
            mixinStandardHelpOptions = true)
    int sync(@Mixin Source source) {
        return run(source, client -> Json.object());
    }

    @Command(
            name = "account",
            description = "Shows a final balance, proven.",
            mixinStandardHelpOptions = true)
    int account(
            @Mixin Source source,
            @Parameters(paramLabel = "ADDRESS", description = "Address.") String address) {
        Address wanted = parse(address, Address::parse);
        return run(
                source,
                client -> {
                    Optional<AccountEntry> found = client.account(wanted);
                    ObjectNode view = Json.object().put("exists", found.isPresent());
                    Json.putAmount(
                            view, "balance", found.map(AccountEntry::balance).orElse(Amount.ZERO));
                    found.ifPresent(entry -> view.put("nonce", entry.nonce().value()));
                    return view;
                });
    }

    @Command(
            name = "name",
            description = "Shows what a name stands for, proven.",
            mixinStandardHelpOptions = true)
    int name(
            @Mixin Source source,
            @Parameters(paramLabel = "NAME", description = "Name.") String name) {
        Name wanted = parse(name, Name::new);
        return run(
                source,
                client -> {
                    Optional<NameEntry> found = client.name(wanted);
                    ObjectNode view = Json.object().put("exists", found.isPresent());
                    found.ifPresent(
                            entry ->
                                    view.put("owner", entry.owner().toString())
                                            .put("expiresAt", entry.expiresAt().value())
                                            .put("pointers", entry.pointers().toString()));
                    return view;
                });
    }

    @Command(
            name = "channel",
            description = "Shows a channel, proven.",
            mixinStandardHelpOptions = true)
    int channel(
            @Mixin Source source,
            @Parameters(paramLabel = "ID", description = "Id of the channel.") String id) {
        ChannelId wanted = new ChannelId(parse(id, Hash::ofHex));
        return run(
                source,
                client -> {
                    Optional<ChannelEntry> found = client.channel(wanted);
                    ObjectNode view = Json.object().put("exists", found.isPresent());
                    found.ifPresent(
                            entry ->
                                    view.put("phase", entry.phase().name())
                                            .put("recorded", entry.recorded().toString()));
                    return view;
                });
    }

    @Command(
            name = "transaction",
            description = "Shows that a transaction is final, proven.",
            mixinStandardHelpOptions = true)
    int transaction(
            @Mixin Source source,
            @Parameters(paramLabel = "ID", description = "Id of the transaction.") String id) {
        Hash wanted = parse(id, Hash::ofHex);
        return run(
                source,
                client -> {
                    InclusionProof proof = client.transaction(wanted);
                    return Json.object()
                            .put("includedAt", proof.header().height().value())
                            .put("block", proof.header().hash().toHex());
                });
    }

    @Command(
            name = "oracle",
            description = "Shows the final answer to a question, proven, or that there is none.",
            mixinStandardHelpOptions = true)
    int oracle(
            @Mixin Source source,
            @Parameters(paramLabel = "ID", description = "Id of the question.") String id) {
        OracleId wanted = new OracleId(parse(id, Hash::ofHex));
        return run(
                source,
                client -> {
                    Optional<AnsweredQuestion> found = client.answer(wanted);
                    ObjectNode view = Json.object().put("settled", found.isPresent());
                    found.ifPresent(
                            entry ->
                                    view.put("ending", entry.ending().name())
                                            .put(
                                                    "answer",
                                                    entry.answer().map(Enum::name).orElse("none"))
                                            .put("settledAt", entry.settledAt().value()));
                    return view;
                });
    }

    private static <T> T parse(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, String.valueOf(malformed.getMessage()));
        }
    }

    private int run(Source source, Function<LightClient, ObjectNode> question) {
        Genesis genesis = genesis(source);
        Optional<Checkpoint> named =
                Optional.ofNullable(source.checkpoint).map(LightCommand::named);
        // Before several threads ask for it at once, which it would remark upon.
        LoggerFactory.getILoggerFactory();
        ActorSystem<Void> system =
                ActorSystem.create(
                        Behaviors.empty(),
                        "light",
                        ConfigFactory.parseString("pekko.actor.provider=local")
                                .withFallback(ConfigFactory.load()));
        List<LightPeer> servers = new ArrayList<>();
        try {
            connect(source, genesis, system, servers);
            LightClient client =
                    new LightClient(
                            genesis, start(source, named, genesis, servers), List.copyOf(servers));
            client.sync();
            requireAnswers(source, client, servers);
            ObjectNode answer = question.apply(client);
            keep(source, client.checkpoint());
            print(source, client, answer);
            return 0;
        } catch (LightClient.NoAnswer unproven) {
            throw new CommandFailed(CommandFailed.NOT_FOUND, String.valueOf(unproven.getMessage()));
        } catch (IOException disk) {
            throw new CommandFailed(
                    CommandFailed.REFUSED,
                    "state file: %s (%s)".formatted(disk.getMessage(), WormholeCommand.kind(disk)));
        } finally {
            servers.forEach(LightPeer::close);
            system.terminate();
            system.getWhenTerminated()
                    .toCompletableFuture()
                    .completeOnTimeout(null, 10, TimeUnit.SECONDS)
                    .join();
        }
    }

    /** Without an answer nothing is known to be new, which must not look like success. */
    private void requireAnswers(Source source, LightClient client, List<LightPeer> servers) {
        client.silent()
                .forEach((name, why) -> spec.commandLine().getErr().println(name + ": " + why));
        boolean isAnswered =
                servers.stream()
                        .map(LightPeer::name)
                        .anyMatch(
                                name ->
                                        !client.silent().containsKey(name)
                                                && !client.liars().containsKey(name));
        if (!isAnswered) {
            throw new CommandFailed(
                    CommandFailed.NO_NODE,
                    client.liars().isEmpty()
                            ? "no peer has answered"
                            : "no peer has answered truthfully: "
                                    + client.liars()
                                    + (source.state == null
                                            ? ""
                                            : "; or %s is damaged, or of another network"
                                                    .formatted(source.state)));
        }
    }

    private static Genesis genesis(Source source) {
        try {
            return WormholeNode.genesis(source.network);
        } catch (StartRefused refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
    }

    private void connect(
            Source source, Genesis genesis, ActorSystem<?> system, List<LightPeer> servers) {
        Links links =
                Links.of(
                        system,
                        LinkIdentity.of(KeyPair.generate(new SecureRandom()).seed().toArray()),
                        LinkLimits.defaults().withMaxFrameBytes(PeerHub.frameBytes(genesis)));
        for (String text : source.peers) {
            HostPort peer = parse(text, HostPort::parse);
            try {
                servers.add(
                        LightPeer.connect(
                                genesis,
                                links,
                                PeerEndpoint.of(peer.host(), peer.port()),
                                InstantSource.system()));
            } catch (LightServer.Unreachable gone) {
                spec.commandLine().getErr().println(peer + ": " + gone.getMessage());
            }
        }
        if (servers.isEmpty()) {
            throw new CommandFailed(CommandFailed.NO_NODE, "no peer was reached");
        }
    }

    private static TrustedCheckpoint start(
            Source source, Optional<Checkpoint> named, Genesis genesis, List<LightPeer> servers)
            throws IOException {
        TrustedCheckpoint start =
                named.isPresent() ? found(named.get(), genesis, servers) : stored(source, genesis);
        Optional<Duration> bound = LightStart.tooOldBy(genesis, start, System.currentTimeMillis());
        if (bound.isPresent() && !source.isOldTrusted) {
            throw new CommandFailed(
                    CommandFailed.REFUSED,
                    "the checkpoint of epoch %d is older than a stake is bound (%s): give a newer one from somebody you trust with --checkpoint, or --trust-old"
                            .formatted(start.epoch(genesis.parameters().finality()), bound.get()));
        }
        return start;
    }

    private static TrustedCheckpoint stored(Source source, Genesis genesis) throws IOException {
        Path file = source.state;
        return file == null
                ? TrustedCheckpoint.genesis(genesis)
                : LightStart.stored(file).orElseGet(() -> TrustedCheckpoint.genesis(genesis));
    }

    private static Checkpoint named(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,15}")) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "checkpoint " + text + "; needed: EPOCH:HASH");
        }
        return new Checkpoint(Long.parseLong(parts[0]), parse(parts[1], Hash::ofHex));
    }

    private static TrustedCheckpoint found(
            Checkpoint named, Genesis genesis, List<LightPeer> servers) {
        return LightStart.named(genesis, named, servers)
                .orElseThrow(
                        () ->
                                new CommandFailed(
                                        CommandFailed.NOT_FOUND,
                                        "no peer's chain contains the checkpoint %d:%s"
                                                .formatted(named.epoch(), named.blockHash())));
    }

    private static void keep(Source source, TrustedCheckpoint reached) throws IOException {
        Path file = source.state;
        if (file == null) {
            return;
        }
        LightStart.keep(file, reached);
    }

    private void print(Source source, LightClient client, ObjectNode answer) {
        TrustedCheckpoint reached = client.checkpoint();
        answer.put("finalHeight", reached.height());
        answer.put("finalHash", reached.hash().toHex());
        answer.put("tentativeHeight", reached.height() + client.tentative().size());
        ObjectNode liars = answer.putObject("notBelieved");
        client.liars().forEach(liars::put);
        spec.commandLine().getOut().println(source.json ? Json.text(answer) : Json.pretty(answer));
        spec.commandLine().getOut().flush();
    }
}
