package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.cluster.data.DataDirectory;
import io.wormhole.cluster.data.DataRefused;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseRefused;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.cluster.settings.Settings;
import io.wormhole.cluster.settings.SettingsRefused;
import io.wormhole.protocol.keystore.Keystore;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.node.NodeConfig;
import io.wormhole.runtime.node.NodeKeys;
import io.wormhole.runtime.node.StartRefused;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.genesis.Genesis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks that a node can run here, before it is started. */
@Command(
        name = "doctor",
        description = "Checks Java, disk, clock, settings, keys, ports and database.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final int LEAST_JAVA = 17;
    private static final long LEAST_DISK_BYTES = 1L << 30;
    private static final long YEAR_2025_MILLIS = 1_735_689_600_000L;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings to check as well.")
    private @Nullable Path config;

    @Option(names = "--json", description = "Print JSON for programs.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    private final ArrayNode findings = Json.array();
    private boolean healthy = true;

    /** Something that may be wrong. */
    private interface Check {
        String run() throws IOException;
    }

    @Override
    public Integer call() {
        check("java", DoctorCommand::java);
        check("clock", DoctorCommand::clock);
        Path file = config;
        if (file != null) {
            check("settings", () -> settings(file));
        }
        print();
        return healthy ? 0 : 1;
    }

    private void check(String what, Check check) {
        try {
            note(what, true, check.run());
        } catch (IOException
                | StartRefused
                | SettingsRefused
                | DataRefused
                | DatabaseRefused
                | CommandFailed wrong) {
            note(what, false, String.valueOf(wrong.getMessage()));
        }
    }

    private void note(String what, boolean fine, String finding) {
        healthy &= fine;
        findings.addObject().put("check", what).put("fine", fine).put("finding", finding);
    }

    private static String java() {
        int version = Runtime.version().feature();
        if (version < LEAST_JAVA) {
            throw new CommandFailed(1, "Java " + version + ", needed is 17 or later");
        }
        return "Java " + version;
    }

    private static String clock() {
        long now = System.currentTimeMillis();
        if (now < YEAR_2025_MILLIS) {
            throw new CommandFailed(
                    1, "the clock is wrong: " + java.time.Instant.ofEpochMilli(now));
        }
        return Instant.ofEpochMilli(now) + "; peers' clocks are compared when a node runs";
    }

    private String settings(Path file) throws IOException {
        NodeConfig node = NodeConfig.of(Settings.load(file));
        check("network", () -> network(node));
        check("keys", () -> keys(node));
        check("port of peers", () -> port(node.peers()));
        check("port of sessions", () -> port(node.sessions()));
        check("port of the API", () -> port(node.http()));
        check("disk", () -> disk(node.dataDir()));
        check("database", () -> database(node));
        return file + " is complete";
    }

    private static String network(NodeConfig node) {
        return WormholeNode.genesis(node.genesis()).networkId().toString();
    }

    private static String keys(NodeConfig node) throws IOException {
        String address =
                NodeKeys.open(node.keyFile(), node.passwordFile()).operator().address().toString();
        if (!Keystore.isPrivate(node.keyFile()) || !Keystore.isPrivate(node.passwordFile())) {
            throw new CommandFailed(
                    1, "keystore and password must be readable by their owner alone (chmod 600)");
        }
        return address;
    }

    private static String port(HostPort listen) throws IOException {
        try (ServerSocket socket =
                new ServerSocket(listen.port(), 1, InetAddress.getByName(listen.host()))) {
            return listen.host() + ":" + socket.getLocalPort() + " is free";
        } catch (IOException taken) {
            throw new IOException(
                    "%s:%d cannot be used: %s".formatted(listen.host(), listen.port(), taken));
        }
    }

    private static String disk(Path dataDir) throws IOException {
        Path existing = dataDir.toAbsolutePath();
        for (Path at = existing; at != null && !Files.exists(existing); at = at.getParent()) {
            existing = at;
        }
        long free = Files.getFileStore(existing).getUsableSpace();
        if (free < LEAST_DISK_BYTES) {
            throw new IOException(free + " bytes free at " + existing + ", needed is 1 GiB");
        }
        return free / (1 << 20) + " MiB free at " + existing;
    }

    private static String database(NodeConfig node) {
        if (!Files.exists(node.dataDir())) {
            return "none yet; made at the first start";
        }
        Genesis genesis = WormholeNode.genesis(node.genesis());
        try (DataDirectory data =
                        DataDirectory.open(node.dataDir(), genesis.networkId().toString());
                Database database = Database.open(DatabaseSettings.h2(data.resolve("journal")))) {
            return database.probe()
                    .map(
                            fault -> {
                                throw new CommandFailed(1, fault);
                            })
                    .map(String::valueOf)
                    .orElse("opens and answers");
        }
    }

    private void print() {
        if (json) {
            ObjectNode view = Json.object().put("healthy", healthy);
            view.set("checks", findings);
            spec.commandLine().getOut().println(Json.text(view));
        } else {
            findings.forEach(
                    finding ->
                            spec.commandLine()
                                    .getOut()
                                    .printf(
                                            "%-4s %-18s %s%n",
                                            finding.path("fine").asBoolean() ? "ok" : "BAD",
                                            finding.path("check").asText(),
                                            finding.path("finding").asText()));
        }
        spec.commandLine().getOut().flush();
    }
}
