package io.wormhole.runtime.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WormholeClientTest {
    private static final ChannelId CHANNEL = new ChannelId(Hash.ofHex("ab".repeat(32)));

    private final Queue<String> phases = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;

    WormholeClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext(
                "/v1/channels/" + CHANNEL,
                exchange -> {
                    asked.incrementAndGet();
                    String phase = phases.size() > 1 ? phases.remove() : phases.element();
                    int status = phase.equals("unknown") ? 404 : 200;
                    byte[] body =
                            (status == 200
                                            ? "{\"id\":\"%s\",\"phase\":\"%s\",\"me\":0}"
                                                    .formatted(CHANNEL, phase)
                                            : "{\"error\":{\"code\":\"not-found\",\"message\":\"no\"}}")
                                    .getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private WormholeClient client() {
        return WormholeClient.of(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "token");
    }

    @Test
    void waitsUntilAChannelIsOpenOrNeverWillBe() {
        phases.addAll(List.of("proposed", "opening", "open"));
        assertThat(client().whenOpen(CHANNEL).toCompletableFuture().join().isOpen()).isTrue();
        assertThat(asked).hasValue(3);

        phases.clear();
        phases.addAll(List.of("opening", "closed"));
        assertThat(client().whenOpen(CHANNEL).toCompletableFuture().join().isClosed()).isTrue();
    }

    @Test
    void waitsUntilAChannelIsClosed() {
        phases.addAll(List.of("open", "disputed", "closed"));

        assertThat(client().whenClosed(CHANNEL).toCompletableFuture().join().isClosed()).isTrue();
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        phases.add("open");

        CompletableFuture<ChannelInfo> closed =
                client().whenClosed(CHANNEL, Duration.ofMillis(300)).toCompletableFuture();

        assertThatThrownBy(closed::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("open");
    }

    @Test
    void whoGivesUpAsksNoMore() throws InterruptedException {
        phases.add("open");
        CompletableFuture<ChannelInfo> closed = client().whenClosed(CHANNEL).toCompletableFuture();

        closed.cancel(true);
        CompletableFuture<Void> later =
                CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
        later.join();
        int before = asked.get();

        CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS))
                .join();
        assertThat(asked).hasValue(before);
    }

    @Test
    void aRefusalEndsTheWaiting() {
        phases.add("unknown");

        assertThatThrownBy(client().whenClosed(CHANNEL).toCompletableFuture()::join)
                .hasCauseInstanceOf(NodeRefused.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void anAccessFileThatIsDamagedIsNoAccess(@TempDir Path data) throws IOException {
        assertThatThrownBy(() -> WormholeClient.ofData(data)).isInstanceOf(IOException.class);
        for (String damaged : List.of("", "{}", "{\"url\":\"ftp://x\"}", "x".repeat(9_000))) {
            Files.writeString(NodeAccess.file(data), damaged);
            assertThatThrownBy(() -> WormholeClient.ofData(data))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
