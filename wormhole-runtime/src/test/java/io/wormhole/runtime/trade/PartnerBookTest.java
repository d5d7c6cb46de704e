package io.wormhole.runtime.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.cluster.settings.HostPort;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partners' addresses outlive the process that noted them. */
final class PartnerBookTest {
    @TempDir private Path root = Path.of("");
    private Path file;

    @BeforeEach
    void nameFile() {
        file = root.resolve("partners.properties");
    }

    @Test
    void nobodyIsKnownAtFirst() throws IOException {
        assertThat(new PartnerBook(file).partners()).isEmpty();
    }

    @Test
    void partnersAreKnownAfterARestartWithTheirLastAddress() throws IOException {
        PartnerBook before = new PartnerBook(file);
        before.note(Alice.KEYS.publicKey(), new HostPort("127.0.0.1", 9702));
        before.note(Bob.KEYS.publicKey(), new HostPort("bob.example", 1));
        before.note(Alice.KEYS.publicKey(), new HostPort("10.0.0.7", 9702));

        assertThat(new PartnerBook(file).partners())
                .isEqualTo(
                        Map.of(
                                Alice.KEYS.publicKey(), new HostPort("10.0.0.7", 9702),
                                Bob.KEYS.publicKey(), new HostPort("bob.example", 1)));
    }

    @Test
    void nothingIsLeftBesideTheBook() throws IOException {
        new PartnerBook(file).note(Alice.KEYS.publicKey(), new HostPort("127.0.0.1", 9702));

        try (Stream<Path> all = Files.list(root)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void damagedBookIsNamed() throws IOException {
        Files.writeString(file, "nobody = nowhere\n");

        assertThatThrownBy(() -> new PartnerBook(file).partners())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }
}
