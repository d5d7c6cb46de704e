package io.wormhole.cluster.journal;

import io.wormhole.cluster.settings.Secret;
import io.wormhole.cluster.settings.SettingsSection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which database to open. */
public sealed interface DatabaseSettings {
    /** Number of pooled connections, 2 to 64; Pekko Persistence uses all but one at most. */
    int connections();

    /**
     * A file of this machine, opened by this process alone.
     *
     * @param file the path without the ending {@code .mv.db}
     * @param connections pooled connections
     * @param forceToDisk whether each commit waits until the disk has it, and so survives a loss of
     *     power; without, it survives the end of the process only
     */
    record H2File(Path file, int connections, boolean forceToDisk) implements DatabaseSettings {
        /** Checks the number of connections. */
        public H2File {
            checkConnections(connections);
        }

        /** The file that holds the database. */
        public Path onDisk() {
            return file.resolveSibling(file.getFileName() + ".mv.db");
        }

        /** Whether a database was opened here before, even if its file is gone now. */
        public boolean existed() {
            return Files.exists(witness());
        }

        /** The file that remembers how far the database had come. */
        Path witness() {
            return file.resolveSibling(file.getFileName() + ".witness");
        }
    }

    /**
     * A PostgreSQL server.
     *
     * @param host name or address
     * @param port TCP port
     * @param name the database
     * @param user who logs in
     * @param password the password of that user
     * @param connections pooled connections
     */
    record PostgreSql(
            String host, int port, String name, String user, Secret password, int connections)
            implements DatabaseSettings {
        /** Checks the number of connections. */
        public PostgreSql {
            checkConnections(connections);
        }
    }

    /** A file database that forces commits to disk, with the default pool of 5. */
    static DatabaseSettings h2(Path file) {
        return new H2File(file, 5, true);
    }

    /**
     * Reads a section with {@code kind = h2 | postgresql}, {@code connections}, {@code
     * force-to-disk} for H2, and {@code postgresql { host, port, name, user, password }}.
     *
     * @param file where an H2 database belongs
     */
    static DatabaseSettings from(SettingsSection section, Path file) {
        Kind kind = section.choice("kind", Kind.class);
        int connections = section.smallInteger("connections", 2, 64);
        boolean force = section.bool("force-to-disk");
        Optional<PostgreSql> server =
                section.optional("postgresql", key -> key)
                        .flatMap(key -> section.section(key, part -> server(part, connections)));
        if (kind == Kind.H2) {
            return new H2File(file, connections, force);
        }
        if (server.isEmpty()) {
            section.refuse("postgresql", "is needed for kind = postgresql");
        }
        return server.orElseThrow();
    }

    private static PostgreSql server(SettingsSection part, int connections) {
        return new PostgreSql(
                part.text("host", 253),
                part.port("port"),
                part.text("name", 63),
                part.text("user", 63),
                part.secret("password", 1),
                connections);
    }

    private static void checkConnections(int connections) {
        if (connections < 2 || connections > 64) {
            throw new IllegalArgumentException(
                    "connections are " + connections + ", allowed is 2 to 64");
        }
    }

    /** The kinds of database. */
    enum Kind {
        /** Embedded, in a file. */
        H2,
        /** A server, for clusters of several nodes. */
        POSTGRESQL
    }
}
