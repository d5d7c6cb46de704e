package io.wormhole.cluster.health;

import io.wormhole.cluster.data.DataDirectory;
import io.wormhole.cluster.data.DataRefusal;
import io.wormhole.cluster.data.DataRefused;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseRefused;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.journal.DatabaseSettings.H2File;
import io.wormhole.cluster.settings.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks that a program runs before it starts a node, or when somebody asks what is wrong. */
public final class HealthChecks {
    private static final long MEBIBYTE = 1024L * 1024L;

    private HealthChecks() {}

    /** Whether an address can be listened on right now; port 0 always can. */
    public static HealthFact port(HostPort address) {
        String name = "port " + address;
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(
                    new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
            return HealthFact.good(name, "free");
        } catch (IOException e) {
            return HealthFact.bad(
                    name, "cannot be listened on (" + e.getMessage() + "); choose another");
        }
    }

    /** Whether the disk of a directory, which need not exist yet, has some bytes left. */
    public static HealthFact disk(Path directory, long neededBytes) {
        String name = "disk of " + directory;
        Path existing = directory.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String found = free / MEBIBYTE + " MiB free";
            return free < neededBytes
                    ? HealthFact.bad(name, found + ", needed are " + neededBytes / MEBIBYTE)
                    : HealthFact.good(name, found);
        } catch (IOException e) {
            return HealthFact.bad(name, "cannot be asked: " + e.getMessage());
        }
    }

    /** Whether a data directory can be opened; one that does not exist yet is fine. */
    public static HealthFact data(Path directory, String network) {
        String name = "data directory " + directory;
        if (!Files.exists(directory.resolve(DataDirectory.MARKER))) {
            return HealthFact.good(name, "will be created");
        }
        try (DataDirectory data = DataDirectory.open(directory, network)) {
            return HealthFact.good(name, "network " + data.network() + ", format " + data.format());
        } catch (DataRefused e) {
            return e.refusal() instanceof DataRefusal.InUse inUse
                    ? HealthFact.warning(name, "in use by " + inUse.holder())
                    : HealthFact.bad(name, "" + e.getMessage());
        }
    }

    /** Whether a database answers; an H2 file that does not exist yet is fine. */
    public static HealthFact database(DatabaseSettings settings) {
        String name =
                settings instanceof H2File file ? "database " + file.onDisk() : "database server";
        if (settings instanceof H2File file && Files.notExists(file.onDisk()) && !file.existed()) {
            return HealthFact.good(name, "will be created");
        }
        try (Database database = Database.open(settings)) {
            Optional<String> problem = database.probe();
            return problem.map(found -> HealthFact.bad(name, found))
                    .orElseGet(() -> HealthFact.good(name, "answers"));
        } catch (DatabaseRefused e) {
            return e.kind() == DatabaseRefused.Kind.LOCKED
                    ? HealthFact.warning(name, "in use by a running node")
                    : HealthFact.bad(name, "" + e.getMessage());
        }
    }
}
