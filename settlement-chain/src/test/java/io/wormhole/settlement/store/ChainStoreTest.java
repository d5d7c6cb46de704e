package io.wormhole.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.settlement.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainStoreTest extends StoreContract {
    private Path file;

    @BeforeEach
    void choose(@TempDir Path folder) {
        file = folder.resolve("chain");
    }

    @Override
    ChainStore open(NetworkId network) {
        return ChainStore.open(file, network, CACHE);
    }

    private ChainStore open() {
        return open(TestNetwork.ID);
    }

    @Override
    void requireWhole(int count) throws Exception {
        try (Tail tail = Tail.open(file.toString(), TestNetwork.ID, 1 << 20)) {
            List<Tail.Entry> entries = tail.entries();
            assertThat(entries).filteredOn(entry -> entry.kind() == Tail.BARE_BLOCK).hasSize(count);
            assertThat(entries).filteredOn(entry -> entry.kind() == Tail.VOTE).hasSize(count);
        }
        super.requireWhole(count);
    }

    @Test
    void aDamagedFileIsRefusedAndNamed() throws IOException {
        open().close();
        Path database = file.resolveSibling("chain.mv.db");
        byte[] rubbish = any.bytes((int) Files.size(database)).toArray();
        Files.write(database, rubbish);

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.DAMAGED))
                .hasMessageContaining("chain")
                .hasMessageContaining("move it away");
    }

    @Test
    void theStoreOfANewerProgramIsRefused() throws Exception {
        open().close();
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + file);
                var statement = connection.createStatement()) {
            statement.execute("UPDATE meta SET content = X'000003e7' WHERE name = 'schema'");
        }

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.NEWER_SCHEMA))
                .hasMessageContaining("999");
    }
}
