package io.wormhole.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.fixtures.RunningNode;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream of events, on a node that works. */
// A read of a streamed body does not hear an interrupt: only another thread can end the wait.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ApiEventsTest {
    private static final String LINE =
            """
            line {
              name = "/acme/line7"
              devices.printer { driver = marlin, address = "127.0.0.1:9", capability {} }
              services.cups { process = fdm-printing, device = printer, price-per-unit = "2.5" }
            }
            """;

    @Test
    void aListenerGetsEverythingAndThenWhatChanges(@TempDir Path directory) throws Exception {
        try (RunningNode node = RunningNode.start(directory);
                Stream<String> lines = listen(node)) {
            Iterator<String> stream = lines.iterator();

            Set<String> first = new TreeSet<>();
            JsonNode status = next(stream, "status", data -> true, first);
            while (!first.containsAll(Set.of("status", "channels", "lines", "orders"))) {
                next(stream, "", data -> true, first);
            }
            long height = status.path("chain").path("height").asLong();
            next(stream, "status", s -> s.path("chain").path("height").asLong() > height, first);
            HttpResponse<String> deployment = node.post("/v1/lines", LINE);
            assertThat(deployment.statusCode()).as(deployment.body()).isEqualTo(200);
            JsonNode deployed = next(stream, "lines", ApiEventsTest::growsItsPrinter, first);

            JsonNode line = deployed.path("lines").path(0);
            assertThat(line.path("name").textValue()).isEqualTo("/acme/line7");
            assertThat(line.has("definition")).isFalse();
        }
    }

    private static boolean growsItsPrinter(JsonNode lines) {
        return lines.at("/lines/0/tree/children/0/children/0/id").asText().equals("printer");
    }

    @Test
    void aListenerTooManyIsRefusedAndOneThatLeftMakesRoom(@TempDir Path directory)
            throws Exception {
        try (RunningNode node = RunningNode.start(directory)) {
            List<HttpResponse<InputStream>> listeners = new ArrayList<>();
            for (int i = 0; i < EventFeed.MOST_CLIENTS; i++) {
                listeners.add(open(node));
            }

            HttpResponse<InputStream> tooMany = open(node);

            assertThat(tooMany.statusCode()).isEqualTo(503);
            assertThat(new String(tooMany.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("32 listeners");
            listeners.get(0).body().close();
            int status = 503;
            while (status == 503) {
                HttpResponse<InputStream> again = open(node);
                status = again.statusCode();
                again.body().close();
            }
            for (HttpResponse<InputStream> listener : listeners) {
                listener.body().close();
            }
        }
    }

    private static HttpResponse<InputStream> open(RunningNode node) throws Exception {
        return node.http()
                .send(
                        node.request("/v1/events").build(),
                        HttpResponse.BodyHandlers.ofInputStream());
    }

    private static Stream<String> listen(RunningNode node) throws Exception {
        HttpResponse<Stream<String>> response =
                node.http()
                        .send(
                                node.request("/v1/events").build(),
                                HttpResponse.BodyHandlers.ofLines());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        return response.body();
    }

    // The test's time limit ends the wait for an event that never comes.
    private static JsonNode next(
            Iterator<String> stream,
            String wanted,
            Predicate<JsonNode> matching,
            Set<String> seen) {
        String event = "";
        while (stream.hasNext()) {
            String line = stream.next();
            if (line.startsWith("event: ")) {
                event = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                seen.add(event);
                JsonNode data = Json.parse(line.substring("data: ".length()));
                if ((wanted.isEmpty() || event.equals(wanted)) && matching.test(data)) {
                    return data;
                }
            }
        }
        throw new AssertionError("the stream ended; seen were " + seen);
    }
}
