package io.wormhole.channel.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.decider.Toy;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BackupTest {
    private static final ChannelId CHANNEL = Side.terms().id(TestNetwork.ID);
    private static final UpdateRules RULES = new UpdateRules(new Toy());

    private final BackupSeal seal = BackupSeal.of(Alice.KEYS, TestNetwork.ID, new SecureRandom());
    private final FailingPlace place = new FailingPlace();
    private final Backup backup = new Backup(place, seal);
    private final Side alice = Side.alice();
    private final Side bob = Side.bob();

    private KnownChannel memory() {
        return (KnownChannel) alice.memory();
    }

    private void write() throws IOException {
        backup.writeIndex(Set.of(CHANNEL));
        backup.write(CHANNEL, memory());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        alice.pays("one", 3);
        Side.talk(alice, bob);
        write();

        assertThat(backup.read(RULES).copies()).containsExactly(memory());
        assertThat(backup.read(RULES).unreadable()).isEmpty();
    }

    @Test
    void aChangedCopyAnotherKeyAndAnotherNameAreRefused() throws IOException {
        write();
        String name = seal.name(CHANNEL);
        Bytes sealed = Objects.requireNonNull(place.contents.get(name));
        byte[] flipped = sealed.toArray();
        flipped[flipped.length / 2] = (byte) (flipped[flipped.length / 2] ^ 1);
        BackupSeal bobs = BackupSeal.of(Bob.KEYS, TestNetwork.ID, new SecureRandom());

        assertThatThrownBy(() -> seal.open(name, Bytes.of(flipped)))
                .hasMessageContaining("changed");
        assertThatThrownBy(() -> seal.open(seal.index(), sealed)).hasMessageContaining("changed");
        assertThatThrownBy(() -> bobs.open(name, sealed)).hasMessageContaining("changed");
        assertThatThrownBy(() -> seal.open(name, sealed.slice(0, 20)))
                .hasMessageContaining("no sealed copy");
        assertThat(bobs.name(CHANNEL)).isNotEqualTo(name);
    }

    @Test
    void theKeeperSeesNothingOfTheContents() throws IOException {
        write();

        for (Map.Entry<String, Bytes> kept : place.contents.entrySet()) {
            assertThat(kept.getKey() + kept.getValue().toHex())
                    .doesNotContain(CHANNEL.toString())
                    .doesNotContain(Alice.KEYS.publicKey().bytes().toHex());
        }
        Bytes first = Objects.requireNonNull(place.contents.get(seal.name(CHANNEL)));
        write();
        assertThat(place.contents.get(seal.name(CHANNEL))).isNotEqualTo(first);
    }

    @Test
    void oneDamagedCopyDoesNotHideTheOthers() throws IOException {
        ChannelId other = new ChannelId(Hash.ofHex("11".repeat(32)));
        ChannelId swapped = new ChannelId(Hash.ofHex("22".repeat(32)));
        backup.writeIndex(Set.of(other, swapped, CHANNEL));
        backup.write(CHANNEL, memory());
        backup.write(swapped, memory());

        Backup.Contents contents = backup.read(RULES);

        assertThat(contents.copies()).containsExactly(memory());
        assertThat(contents.unreadable()).hasSize(2);
    }

    @Test
    void aFolderKeepsCopies(@TempDir Path directory) throws IOException {
        Backup kept = new Backup(new BackupFolder(directory.resolve("far/away")), seal);
        assertThat(kept.read(RULES).copies()).isEmpty();

        kept.writeIndex(Set.of(CHANNEL));
        kept.write(CHANNEL, memory());
        assertThat(kept.read(RULES).copies()).containsExactly(memory());

        kept.remove(CHANNEL);
        kept.remove(CHANNEL);
        assertThat(kept.read(RULES).unreadable()).hasSize(1);
        try (var files = Files.list(directory.resolve("far/away"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aWebServerKeepsCopies() throws IOException {
        Map<String, byte[]> files = new ConcurrentHashMap<>();
        HttpServer server = server(files);
        try {
            URI address =
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/copies");
            HttpClient client = HttpClient.newHttpClient();
            Backup kept =
                    new Backup(new BackupServer(client, address, Optional.of("secret")), seal);
            assertThat(kept.read(RULES).copies()).isEmpty();

            kept.writeIndex(Set.of(CHANNEL));
            kept.write(CHANNEL, memory());
            assertThat(kept.read(RULES).copies()).containsExactly(memory());

            kept.remove(CHANNEL);
            kept.remove(CHANNEL);
            assertThat(files).hasSize(1);
            Backup strange = new Backup(new BackupServer(client, address, Optional.empty()), seal);
            assertThatThrownBy(strange::index).hasMessageContaining("status 401");
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer server(Map<String, byte[]> files) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/copies/",
                exchange -> {
                    String name = exchange.getRequestURI().getPath();
                    byte[] answer = new byte[0];
                    int status = 200;
                    String token = exchange.getRequestHeaders().getFirst("Authorization");
                    if (!"Bearer secret".equals(token)) {
                        status = 401;
                    } else if (exchange.getRequestMethod().equals("PUT")) {
                        files.put(name, exchange.getRequestBody().readAllBytes());
                    } else if (!files.containsKey(name)) {
                        status = 404;
                    } else if (exchange.getRequestMethod().equals("DELETE")) {
                        files.remove(name);
                    } else {
                        answer = Objects.requireNonNull(files.get(name));
                    }
                    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
        return server;
    }

    @Test
    void theWriterWaitsForAPlaceThatIsAwayAndWritesTheNewest() throws IOException {
        ActorTestKit kit = ActorTestKit.create();
        try {
            ChannelId old = new ChannelId(Hash.ofHex("33".repeat(32)));
            backup.writeIndex(Set.of(old));
            place.away = true;
            ActorRef<BackupWriter.Command> writer = kit.spawn(BackupWriter.create(backup));
            TestProbe<BackupStatus> status = kit.createTestProbe();
            writer.tell(new BackupWriter.All(List.of(CHANNEL)));
            writer.tell(new BackupWriter.Keep(CHANNEL, memory()));
            status.awaitAssert(
                    Duration.ofSeconds(10),
                    () -> {
                        writer.tell(new BackupWriter.Inspect(status.ref()));
                        assertThat(status.receiveMessage().failure()).isPresent();
                        return "failing";
                    });

            alice.pays("later", 3);
            Side.talk(alice, bob);
            writer.tell(new BackupWriter.Keep(CHANNEL, memory()));
            place.away = false;

            awaitWritten(writer, status);
            assertThat(backup.read(RULES).copies()).containsExactly(memory());
            // A copy that is all that is left of a channel stays listed.
            assertThat(backup.index()).containsExactlyInAnyOrder(old, CHANNEL);
            writer.tell(new BackupWriter.Forget(CHANNEL));
            status.awaitAssert(
                    Duration.ofSeconds(10),
                    () -> {
                        try {
                            assertThat(backup.index()).containsExactly(old);
                        } catch (IOException unexpected) {
                            throw new AssertionError(unexpected);
                        }
                        return "forgotten";
                    });
            assertThat(place.contents).doesNotContainKey(seal.name(CHANNEL));
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static void awaitWritten(
            ActorRef<BackupWriter.Command> writer, TestProbe<BackupStatus> status) {
        status.awaitAssert(
                Duration.ofSeconds(10),
                () -> {
                    writer.tell(new BackupWriter.Inspect(status.ref()));
                    BackupStatus seen = status.receiveMessage();
                    assertThat(seen.waiting()).isZero();
                    assertThat(seen.failure()).isEmpty();
                    assertThat(seen.written()).isPositive();
                    return "written";
                });
    }
}
