package io.wormhole.cluster.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.cluster.data.DataDirectory;
import io.wormhole.cluster.health.HealthFact.Verdict;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.settings.HostPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HealthChecksTest {
    private final Path temp;

    HealthChecksTest(@TempDir Path temp) {
        this.temp = temp;
    }

    @Test
    void aPortIsFreeOrTaken() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            HealthFact fact = HealthChecks.port(new HostPort("127.0.0.1", port));

            assertThat(fact.verdict()).isEqualTo(Verdict.BAD);
            assertThat(fact.allowsStart()).isFalse();
            assertThat(fact.name()).isEqualTo("port 127.0.0.1:" + port);
        }
        assertThat(HealthChecks.port(new HostPort("127.0.0.1", port)).verdict())
                .isEqualTo(Verdict.GOOD);
        assertThat(HealthChecks.port(new HostPort("no.such.host.invalid", 1)).verdict())
                .isEqualTo(Verdict.BAD);
    }

    @Test
    void aDiskHasEnoughSpaceOrNot() {
        Path future = temp.resolve("not/yet/there");

        assertThat(HealthChecks.disk(future, 1).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(HealthChecks.disk(future, Long.MAX_VALUE).detail()).contains("needed are");
        assertThat(future).doesNotExist();
    }

    @Test
    void aDataDirectoryIsFutureUsableInUseOrForeign() {
        Path path = temp.resolve("acme");

        assertThat(HealthChecks.data(path, "dev").detail()).isEqualTo("will be created");
        assertThat(path).doesNotExist();
        try (DataDirectory held = DataDirectory.open(path, "dev")) {
            assertThat(HealthChecks.data(held.path(), "dev").verdict()).isEqualTo(Verdict.WARNING);
        }
        assertThat(HealthChecks.data(path, "dev").verdict()).isEqualTo(Verdict.GOOD);
        assertThat(HealthChecks.data(path, "main").verdict()).isEqualTo(Verdict.BAD);
    }

    @Test
    void aDatabaseIsFutureAliveInUseOrDamaged() throws Exception {
        DatabaseSettings settings = DatabaseSettings.h2(temp.resolve("journal"));

        assertThat(HealthChecks.database(settings).detail()).isEqualTo("will be created");
        assertThat(temp).isEmptyDirectory();
        try (Database held = Database.open(settings)) {
            assertThat(held.probe()).isEmpty();
            assertThat(HealthChecks.database(settings).verdict()).isEqualTo(Verdict.WARNING);
        }
        assertThat(HealthChecks.database(settings).verdict()).isEqualTo(Verdict.GOOD);
        Files.delete(temp.resolve("journal.mv.db"));
        assertThat(HealthChecks.database(settings).detail()).contains("missing although");
    }
}
