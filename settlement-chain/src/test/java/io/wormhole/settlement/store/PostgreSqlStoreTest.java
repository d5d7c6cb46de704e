package io.wormhole.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wormhole.cluster.PostgreSqlServer;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.chain.History;
import io.wormhole.settlement.store.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same on a real PostgreSQL, where one is installed. */
@Timeout(120)
class PostgreSqlStoreTest extends StoreContract {
    private static Optional<PostgreSqlServer> server = Optional.empty();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        Optional<Path> programs = PostgreSqlServer.programs();
        assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
        Path own = Files.createDirectory(directory.resolve("server"));
        Files.setPosixFilePermissions(
                directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        server = Optional.of(PostgreSqlServer.start(programs.get(), own));
    }

    @AfterAll
    static void stop() {
        server.ifPresent(PostgreSqlServer::close);
    }

    @BeforeEach
    void empty() throws Exception {
        PostgreSqlServer running = server.orElseThrow();
        try (var connection =
                        DriverManager.getConnection(
                                running.url(), "acme", PostgreSqlServer.PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS settlement CASCADE");
        }
    }

    private static DatabaseSettings settings(String password) {
        return server.orElseThrow().settings(password);
    }

    @Override
    ChainStore open(NetworkId network) {
        return ChainStore.open(settings(PostgreSqlServer.PASSWORD), network, CACHE);
    }

    @Test
    void aChainGrowsIsPrunedAndOpensAgain() {
        Hash head;
        try (Forge forge = new Forge(open(Forge.GENESIS.networkId()), new History(96))) {
            forge.extend(forge.chain().head(), 1, 130, Alice.KEYS, Bob.KEYS);
            head = forge.chain().head().index().hash();
            assertThat(forge.store().prunedHeight()).isPositive();
        }

        try (Forge forge = new Forge(open(Forge.GENESIS.networkId()), new History(96))) {
            assertThat(forge.chain().head().index().hash()).isEqualTo(head);
            forge.extend(forge.chain().head(), 1, 4, Alice.KEYS, Bob.KEYS);
            assertThat(forge.chain().headLedger().supply().isBalanced()).isTrue();
        }
    }

    @Test
    void aServerThatRefusesIsNamed() {
        assertThatThrownBy(
                        () -> ChainStore.open(settings("wrong"), Forge.GENESIS.networkId(), CACHE))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.READ_FAILED))
                .hasMessageContaining("127.0.0.1");
    }
}
