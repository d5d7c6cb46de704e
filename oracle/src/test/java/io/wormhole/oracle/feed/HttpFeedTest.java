package io.wormhole.oracle.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Feeds against a real server on this machine, which does everything that a bad one does. */
@Timeout(60)
class HttpFeedTest {
    private static final InstantSource NOON =
            InstantSource.fixed(Instant.parse("2026-05-01T12:00:00Z"));
    private static final HttpClient CLIENT = HttpFeed.client();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopServer() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpFeed feed(String path, Duration timeout) {
        return new HttpFeed(
                "cups",
                new HttpFeed.Source(address(path), "$.cups[1].count", timeout, 10_000),
                CLIENT,
                NOON);
    }

    private HttpFeed feed(String path) {
        return feed(path, Duration.ofSeconds(20));
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> send(exchange, status, body));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void redirect(String path, String to) {
        HttpHandler handler =
                exchange -> {
                    exchange.getResponseHeaders().add("Location", to);
                    send(exchange, 302, "");
                };
        server.createContext(path, handler);
    }

    private static Reading read(Feed feed) {
        return feed.read().toCompletableFuture().join();
    }

    private static void refused(Feed feed, String why) {
        assertThatThrownBy(() -> read(feed))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(FeedFault.class)
                .hasMessageContaining(why)
                .hasMessageStartingWith("cups");
    }

    @Test
    void aValueIsReadByItsPathWithTimeAndSource() {
        answer("/ok", 200, "{\"cups\":[{\"count\":9},{\"count\":10.50}]}");

        Reading reading = read(feed("/ok"));

        assertThat(reading.value()).isEqualTo("10.5");
        assertThat(reading.at()).isEqualTo(NOON.instant());
        assertThat(reading.source()).contains("cups", "/ok");
    }

    @Test
    void redirectsAreFollowedAFewTimes() {
        answer("/ok", 200, "{\"cups\":[{},{\"count\":true}]}");
        redirect("/one", "/two");
        redirect("/two", address("/ok").toString());
        redirect("/round", "/round");
        redirect("/file", "file:///etc/passwd");
        redirect("/junk", "http://[");

        assertThat(read(feed("/one")).value()).isEqualTo("true");
        refused(feed("/round"), "more than 5 times");
        refused(feed("/file"), "redirects to file:");
        refused(feed("/junk"), "redirects to http://[");
    }

    @Test
    void garbageIsNamed() {
        answer("/html", 200, "<html>no</html>");
        answer("/empty", 200, "");
        answer("/two", 200, "{\"cups\":[{},{\"count\":1}]} {}");
        answer("/missing", 200, "{\"cups\":[]}");
        answer("/list", 200, "{\"cups\":[{},{\"count\":[1,2]}]}");
        answer("/null", 200, "{\"cups\":[{},{\"count\":null}]}");
        answer("/deep", 200, "[".repeat(5000));
        answer("/digits", 200, "{\"cups\":[{},{\"count\":" + "9".repeat(2000) + "}]}");
        answer("/text", 200, "{\"cups\":[{},{\"count\":\"" + "x".repeat(2000) + "\"}]}");

        refused(feed("/html"), "no JSON");
        refused(feed("/empty"), "nothing at");
        refused(feed("/two"), "no JSON");
        refused(feed("/missing"), "nothing at");
        refused(feed("/list"), "not a value");
        refused(feed("/null"), "not a value");
        refused(feed("/deep"), "no JSON");
        refused(feed("/digits"), "no JSON");
        refused(feed("/text"), "2000 characters");
    }

    @Test
    void statusesArePassingOrLasting() {
        answer("/busy", 503, "later");
        answer("/gone", 404, "no");

        refused(feed("/busy"), "status 503");
        refused(feed("/gone"), "status 404");
        refused(feed("/gone"), "status 404");
    }

    @Test
    void aGigabyteIsCutOffAtTheLimit() {
        AtomicInteger sent = new AtomicInteger();
        server.createContext(
                "/huge",
                exchange -> {
                    exchange.sendResponseHeaders(200, 1L << 30);
                    byte[] part = new byte[1 << 16];
                    try (var out = exchange.getResponseBody()) {
                        for (int i = 0; i < 1 << 14; i++) {
                            out.write(part);
                            sent.incrementAndGet();
                        }
                    }
                });

        refused(feed("/huge"), "more than 10000 bytes");
        assertThat(sent.get()).isLessThan(1 << 14);
    }

    @Test
    void aSlowServerIsLeftAtTheDeadlineWhetherItIsSilentOrDrips() {
        server.createContext("/silent", exchange -> await());
        server.createContext(
                "/drip",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await();
                });

        refused(feed("/silent", Duration.ofMillis(300)), "no answer within");
        refused(feed("/drip", Duration.ofMillis(300)), "no answer within");
    }

    @Test
    void redirectThatIsFollowedAfterTheDeadlineIsHungUp() throws Exception {
        server.createContext("/next", exchange -> await());
        redirect("/one", "/next");
        HeldClient held = new HeldClient(CLIENT, "/next");
        HttpFeed.Source source =
                new HttpFeed.Source(address("/one"), "$.a", Duration.ofSeconds(1), 100);
        refused(new HttpFeed("cups", source, held, NOON), "no answer within");

        held.release();

        assertThat(held.sent())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .satisfiesAnyOf(
                        now -> assertThat(now).isInstanceOf(CancellationException.class),
                        // When the client itself has already noticed.
                        now -> assertThat(now).hasCauseInstanceOf(CancellationException.class));
    }

    private void await() {
        try {
            over.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nobodyListeningAndNoTlsAreFaultsOfTheFeed() {
        URI tls = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
        HttpFeed overTls =
                new HttpFeed(
                        "cups",
                        new HttpFeed.Source(tls, "$.a", Duration.ofMillis(500), 100),
                        CLIENT,
                        NOON);

        refused(overTls, "");
        server.stop(0);
        refused(feed("/ok"), "Exception");
    }

    @Test
    void uselessSettingsAreRefused() {
        assertThatThrownBy(
                        () ->
                                new HttpFeed.Source(
                                        URI.create("ftp://a/b"), "$.a", Duration.ofSeconds(1), 1))
                .hasMessageContaining("http");
        assertThatThrownBy(() -> new HttpFeed.Source(address("/"), "$.a", Duration.ZERO, 1))
                .hasMessageContaining("timeout");
        HttpFeed.Source several =
                new HttpFeed.Source(address("/"), "$..a", Duration.ofSeconds(1), 1);
        assertThatThrownBy(() -> new HttpFeed("cups", several, CLIENT, NOON))
                .hasMessageContaining("several values");
        HttpFeed.Source bad = new HttpFeed.Source(address("/"), "$[", Duration.ofSeconds(1), 1);
        assertThatThrownBy(() -> new HttpFeed("cups", bad, CLIENT, NOON))
                .hasMessageContaining("no JSON path");
    }

    @Test
    void aPatientFeedTriesAgainWhatMayPassAndKeepsWhatItGot() {
        AtomicInteger asked = new AtomicInteger();
        server.createContext(
                "/later",
                exchange ->
                        send(
                                exchange,
                                asked.incrementAndGet() < 3 ? 503 : 200,
                                "{\"cups\":[{},{\"count\":7}]}"));
        PatientFeed.Patience patience =
                new PatientFeed.Patience(3, Duration.ofMillis(5), Duration.ofHours(1));
        PatientFeed feed = new PatientFeed(feed("/later"), patience, NOON);

        assertThat(read(feed).value()).isEqualTo("7");
        assertThat(read(feed).value()).isEqualTo("7");
        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void aPatientFeedDoesNotInsistOnWhatLasts() {
        AtomicInteger asked = new AtomicInteger();
        server.createContext(
                "/gone",
                exchange -> {
                    asked.incrementAndGet();
                    send(exchange, 404, "");
                });
        PatientFeed.Patience patience =
                new PatientFeed.Patience(5, Duration.ofMillis(5), Duration.ZERO);

        refused(new PatientFeed(feed("/gone"), patience, NOON), "status 404");
        assertThat(asked.get()).isEqualTo(1);
    }
}
