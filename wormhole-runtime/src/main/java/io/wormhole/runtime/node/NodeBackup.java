package io.wormhole.runtime.node;

import io.wormhole.channel.backup.Backup;
import io.wormhole.channel.backup.BackupFolder;
import io.wormhole.channel.backup.BackupPlace;
import io.wormhole.channel.backup.BackupSeal;
import io.wormhole.channel.backup.BackupServer;
import io.wormhole.channel.backup.BackupStatus;
import io.wormhole.channel.backup.BackupWriter;
import io.wormhole.channel.node.BackupKeeper;
import io.wormhole.channel.node.ChannelKeeper;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The copies of a node's channels at a second place. */
public final class NodeBackup {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ActorSystem<?> system;
    private final BackupSeal seal;
    private final Optional<String> ownPlace;
    private final Optional<String> token;
    private final Optional<BackupPlace> place;
    private final Optional<ActorRef<BackupWriter.Command>> writer;
    private final Executor blocking;

    private NodeBackup(ActorSystem<?> system, NodeConfig.BackupConfig config, BackupSeal seal) {
        this.system = system;
        this.seal = seal;
        this.token = config.tokenFile().map(file -> new String(NodeKeys.password(file)));
        this.blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        this.ownPlace = config.to();
        this.place = ownPlace.map(this::place);
        this.writer =
                place.map(
                        to ->
                                system.systemActorOf(
                                        BackupWriter.create(new Backup(to, seal)),
                                        "channel-backup",
                                        Props.empty()));
    }

    static NodeBackup start(
            ActorSystem<?> system,
            NodeConfig.BackupConfig config,
            KeyPair operator,
            NetworkId network) {
        return new NodeBackup(system, config, BackupSeal.of(operator, network, new SecureRandom()));
    }

    private BackupPlace place(String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
            // The token is for the place of the settings, and nobody else is to see it.
            return new BackupServer(
                    client, address(text), ownPlace.filter(text::equals).flatMap(own -> token));
        }
        return new BackupFolder(folder(text));
    }

    private static URI address(String text) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException malformed) {
            throw noPlace(text);
        }
        if (address.getHost() == null) {
            throw noPlace(text);
        }
        return address;
    }

    private static Path folder(String text) {
        if (text.isBlank() || text.contains("://")) {
            throw noPlace(text);
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw noPlace(text);
        }
    }

    private static IllegalArgumentException noPlace(String text) {
        return new IllegalArgumentException(
                "not a folder or an http(s) address: \"%s\"".formatted(text));
    }

    /** Whom to tell of changes. */
    ChannelKeeper keeper() {
        return writer.<ChannelKeeper>map(BackupKeeper::new).orElse(ChannelKeeper.NONE);
    }

    /** How far the copies are; empty when none are made. */
    public CompletionStage<Optional<BackupStatus>> status() {
        if (writer.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletionStage<BackupStatus> status =
                AskPattern.ask(
                        writer.get(), BackupWriter.Inspect::new, TIMEOUT, system.scheduler());
        return status.thenApply(Optional::of);
    }

    /**
     * Reads all copies.
     *
     * @param from a folder or an address; none: where copies go
     * @throws IllegalArgumentException when neither is given
     */
    public CompletionStage<Backup.Contents> read(Optional<String> from) {
        BackupPlace source =
                from.map(this::place)
                        .or(() -> place)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "say where the copies are, or set"
                                                        + " wormhole.channels.backup.to"));
        return CompletableFuture.supplyAsync(() -> read(source), blocking);
    }

    private Backup.Contents read(BackupPlace source) {
        try {
            return new Backup(source, seal).read(new UpdateRules(new VmContracts()));
        } catch (IOException unreadable) {
            throw new CopiesUnreadable(source, unreadable);
        }
    }
}
