package io.wormhole.cluster;

import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.settings.FreePorts;
import io.wormhole.cluster.settings.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server of its own for one test, where PostgreSQL is installed. */
public final class PostgreSqlServer implements AutoCloseable {
    public static final String PASSWORD = "correct-horse";

    private final Process process;
    private final int port;

    private PostgreSqlServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The directory with {@code initdb}; empty where PostgreSQL is not installed. */
    public static Optional<Path> programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    public static PostgreSqlServer start(Path programs, Path directory) throws Exception {
        // The server refuses to run as root, so its own user must be able to write here.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        String data = directory.resolve("data").toString();
        Process init =
                run(
                        programs.resolve("initdb").toString(),
                        "-D",
                        data,
                        "-U",
                        "acme",
                        "--no-sync",
                        "--auth=scram-sha-256",
                        "--pwfile=" + password);
        String said = new String(init.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (init.waitFor() != 0) {
            throw new IOException("initdb failed: " + said);
        }
        int port = FreePorts.one();
        Process server =
                run(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data,
                        "-p",
                        Integer.toString(port),
                        "-h",
                        "127.0.0.1",
                        "-k",
                        directory.toString());
        awaitReady(server);
        return new PostgreSqlServer(server, port);
    }

    private static Process run(String... command) throws IOException {
        List<String> whole = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            whole.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        whole.addAll(List.of(command));
        return new ProcessBuilder(whole)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitReady(Process server) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains("ready to accept connections")) {
                drain(lines);
                return;
            }
        }
        throw new IOException("PostgreSQL did not start: " + said);
    }

    /** A server whose output nobody reads would stop some day. */
    private static void drain(BufferedReader lines) {
        Thread drain =
                new Thread(
                        () -> {
                            try {
                                while (lines.readLine() != null) {
                                    Thread.onSpinWait();
                                }
                            } catch (IOException closed) {
                                // The server has stopped.
                            }
                        });
        drain.setDaemon(true);
        drain.start();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public DatabaseSettings settings() {
        return settings(PASSWORD);
    }

    public DatabaseSettings settings(String password) {
        return new DatabaseSettings.PostgreSql(
                "127.0.0.1", port, "postgres", "acme", Secret.of(password), 4);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
