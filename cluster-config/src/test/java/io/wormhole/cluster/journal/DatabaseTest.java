package io.wormhole.cluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wormhole.cluster.journal.DatabaseRefused.Kind;
import io.wormhole.cluster.settings.Secret;
import io.wormhole.cluster.settings.Settings;
import io.wormhole.cluster.settings.SettingsRefused;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DatabaseTest {
    private final Path temp;
    private final DatabaseSettings settings;

    DatabaseTest(@TempDir Path temp) {
        this.temp = temp;
        this.settings = DatabaseSettings.h2(temp.resolve("journal"));
    }

    @Test
    void eventsAndSnapshotsSurviveARestart() throws Exception {
        StringBuilder written = new StringBuilder("w0");
        try (Database database = Database.open(settings);
                JournalledSystem system = new JournalledSystem(database)) {
            for (int i = 0; i < 35; i++) {
                system.write("w" + i).toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        }
        for (int i = 1; i < 35; i++) {
            written.append(" w").append(i);
        }

        try (Database database = Database.open(settings);
                JournalledSystem system = new JournalledSystem(database)) {
            assertThat(system.read()).isEqualTo(written.toString());
            assertThat(count(database, "event_journal")).isPositive();
            assertThat(count(database, "snapshot")).isBetween(1, 3);
        }
    }

    @Test
    void otherStoresShareTheDatabase() throws Exception {
        try (Database database = Database.open(settings)) {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE blocks (height BIGINT PRIMARY KEY)");
                statement.execute("INSERT INTO blocks VALUES (7)");
            }
        }

        try (Database database = Database.open(settings)) {
            assertThat(count(database, "BLOCKS")).isEqualTo(1);
            assertThat(database.probe()).isEmpty();
        }
    }

    @Test
    void whatIsCommittedIsOnDiskBeforeCommitReturns() throws Exception {
        try (Database database = Database.open(settings);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (word VARCHAR)");
            statement.execute("INSERT INTO t VALUES ('immediately-visible-in-the-file')");

            String content =
                    Files.readString(temp.resolve("journal.mv.db"), StandardCharsets.ISO_8859_1);
            assertThat(content).contains("immediately-visible-in-the-file");
        }
    }

    @Test
    void manyCommitsDoNotBloatTheFile() throws Exception {
        DatabaseSettings quick = new DatabaseSettings.H2File(temp.resolve("journal"), 2, true);
        try (Database database = Database.open(quick);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT PRIMARY KEY, n INT)");
            statement.execute("INSERT INTO t VALUES (1, 0)");
            for (int i = 0; i < 600; i++) {
                statement.execute("UPDATE t SET n = n + 1");
            }

            // Without reuse of space this would be 30 KB per commit.
            assertThat(Files.size(temp.resolve("journal.mv.db"))).isLessThan(9_000_000);
        }
    }

    @Test
    void aFileOpensOnlyOnce() {
        try (Database first = Database.open(settings)) {
            assertThat(refused(settings).kind()).isEqualTo(Kind.LOCKED);
            assertThat(first.probe()).isEmpty();
        }
    }

    @Test
    void aDamagedFileIsRefusedByName() throws Exception {
        Database.open(settings).close();
        Path file = temp.resolve("journal.mv.db");
        byte[] noise = new byte[(int) Files.size(file)];
        new SplittableRandom(9).nextBytes(noise);
        Files.write(file, noise);

        DatabaseRefused refused = refused(settings);

        assertThat(refused.kind()).isEqualTo(Kind.DAMAGED);
        assertThat(refused).hasMessageContaining(file.toString()).hasMessageContaining("backup");
        assertThat(refused.getMessage()).doesNotContain("\n");
        assertThat(Files.readAllBytes(file)).isEqualTo(noise);
    }

    @Test
    void anOlderStateOfTheFileIsLostMemoryUnlessItIsAccepted() throws Exception {
        Path file = temp.resolve("journal.mv.db");
        Database.open(settings).close();
        byte[] old = Files.readAllBytes(file);
        try (Database database = Database.open(settings);
                JournalledSystem system = new JournalledSystem(database)) {
            system.write("precious").toCompletableFuture().get(10, TimeUnit.SECONDS);
            system.write("word").toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        Files.write(file, old);

        DatabaseRefused refused = refused(settings);
        assertThat(refused.kind()).isEqualTo(Kind.DAMAGED);
        assertThat(refused).hasMessageContaining("it was at version");
        assertThat(Files.readAllBytes(file)).isEqualTo(old);

        Files.delete(temp.resolve("journal.witness"));
        Database.open(settings).close();
    }

    @Test
    void aFileWithADamagedMiddleIsRefusedOrWholeButNeverSilentlyShort() throws Exception {
        try (Database database = Database.open(settings);
                JournalledSystem system = new JournalledSystem(database)) {
            system.write("precious").toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        Path file = temp.resolve("journal.mv.db");
        byte[] sound = Files.readAllBytes(file);
        byte[] damaged = sound.clone();
        Arrays.fill(damaged, 8192, damaged.length, (byte) 0x5a);
        Files.write(file, damaged);

        assertThat(refused(settings).kind()).isEqualTo(Kind.DAMAGED);
        assertThat(Files.readAllBytes(file)).isEqualTo(damaged);

        Files.write(file, sound);
        try (Database database = Database.open(settings);
                JournalledSystem system = new JournalledSystem(database)) {
            assertThat(system.read()).isEqualTo("precious");
        }
    }

    @Test
    void anEmptiedOrMissingFileIsLostMemoryAndNoFirstStart() throws Exception {
        Database.open(settings).close();
        Path file = temp.resolve("journal.mv.db");

        Files.write(file, new byte[0]);
        assertThat(refused(settings)).hasMessageContaining("cut short");
        Files.delete(file);

        DatabaseRefused refused = refused(settings);
        assertThat(refused.kind()).isEqualTo(Kind.DAMAGED);
        assertThat(refused).hasMessageContaining("missing although it existed");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFullDiskIsRefusedAsSuch() {
        SQLException h2 =
                new SQLException(
                        "IO Exception", "90031", 90031, new IOException("No space left on device"));

        assertThat(DatabaseRefused.of("x", h2).kind()).isEqualTo(Kind.DISK_FULL);
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefused() {
        DatabaseRefused refused = refused(DatabaseSettings.h2(Path.of("/proc/wormhole/journal")));

        assertThat(refused).hasMessageContaining("/proc/wormhole/journal.mv.db");
        assertThat(refused.kind()).isIn(Kind.NOT_WRITABLE, Kind.DAMAGED, Kind.OTHER);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        DatabaseRefused refused =
                refused(
                        new DatabaseSettings.PostgreSql(
                                "127.0.0.1", port, "acme", "acme", Secret.of("s3cret"), 4));

        assertThat(refused.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(refused)
                .hasMessageContaining("127.0.0.1:" + port)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void settingsNameTheDatabase() {
        String h2 = "db { kind = h2, connections = 5, force-to-disk = true }";
        String server =
                "db { kind = postgresql, connections = 9, force-to-disk = true, postgresql {"
                        + " host = db, port = 5432, name = acme, user = acme, password = pw } }";

        assertThat(read(h2)).isEqualTo(settings);
        assertThat(read(server))
                .isEqualTo(
                        new DatabaseSettings.PostgreSql(
                                "db", 5432, "acme", "acme", Secret.of("pw"), 9));
        assertThat(
                        catchThrowableOfType(
                                SettingsRefused.class,
                                () -> read(h2.replace("= h2", "= postgresql"))))
                .hasMessageContaining("db.postgresql")
                .hasMessageContaining("is needed");
    }

    private DatabaseSettings read(String text) {
        return Settings.read(
                Settings.parsePlain("t", text),
                "db",
                section -> DatabaseSettings.from(section, temp.resolve("journal")));
    }

    private static int count(Database database, String table) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM \"" + table + "\"")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    private static DatabaseRefused refused(DatabaseSettings settings) {
        return catchThrowableOfType(DatabaseRefused.class, () -> Database.open(settings).close());
    }
}
