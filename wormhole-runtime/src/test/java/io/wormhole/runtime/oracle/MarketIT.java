package io.wormhole.runtime.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.fixtures.RunningNode;
import io.wormhole.runtime.http.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A market on a running node, from its making to what the answer makes of it. */
@Timeout(180)
final class MarketIT {
    private static final long PATIENCE_NANOS = 90_000_000_000L;

    private static JsonNode until(RunningNode node, String path, Predicate<JsonNode> wanted)
            throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            HttpResponse<String> answer = node.get(path);
            JsonNode seen = Json.parse(answer.body());
            if (answer.statusCode() == 200 && wanted.test(seen)) {
                return seen;
            }
            assertThat(System.nanoTime()).as("last seen: " + seen).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static JsonNode post(RunningNode node, String path, String body) throws Exception {
        HttpResponse<String> answer = node.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    @Test
    void sharesAreTradedAtOnePriceAndPaidByTheAnswer(@TempDir Path folder) throws Exception {
        try (RunningNode node = RunningNode.start(folder)) {
            post(
                    node,
                    "/v1/oracles",
                    "{\"text\": \"Will it rain?\", \"opensIn\": 30, \"window\": 2000}");
            String question =
                    until(node, "/v1/duties", seen -> !duty(seen).isMissingNode())
                            .at("/operator/duties/0/oracle")
                            .asText();
            String market =
                    post(
                                    node,
                                    "/v1/markets",
                                    "{\"question\": \"%s\", \"unit\": \"2\"}".formatted(question))
                            .path("market")
                            .asText();

            post(node, "/v1/markets/" + market + "/buy", order("yes", 600_000, 10));
            post(node, "/v1/markets/" + market + "/buy", order("no", 500_000, 4));
            post(node, "/v1/markets/" + market + "/clear", "");

            JsonNode traded = node.json("/v1/markets/" + market);
            assertThat(traded.at("/history/0/pricePpm").asLong()).isEqualTo(550_000);
            assertThat(traded.at("/history/0/volume").asLong()).isEqualTo(4);
            assertThat(traded.at("/holders/0/yes").asLong()).isEqualTo(4);
            assertThat(traded.at("/holders/0/no").asLong()).isEqualTo(4);
            assertThat(traded.at("/book/0/count").asLong()).isEqualTo(6);
            HttpResponse<String> early = node.post("/v1/markets/" + market + "/claim", "");
            assertThat(early.body()).contains("the question is not answered");

            until(node, "/v1/oracles/" + question, seen -> phase(seen).equals("open"));
            post(node, "/v1/oracles/" + question + "/answer", "{\"answer\": \"yes\"}");
            JsonNode settled =
                    until(node, "/v1/oracles/" + question, seen -> seen.path("final").asBoolean());
            assertThat(settled.path("text").asText()).isEqualTo("Will it rain?");
            post(node, "/v1/markets/" + market + "/answer", "");
            post(node, "/v1/markets/" + market + "/claim", "");

            JsonNode over = node.json("/v1/markets/" + market);
            assertThat(over.path("worthOfYes").asText()).isEqualTo(Amount.parse("2").toString());
            assertThat(over.path("book")).isEmpty();
            assertThat(over.at("/holders/0/yes").asLong()).isZero();
            assertThat(node.json("/v1/accounts/" + market).path("balanceBaseUnits").asLong())
                    .isZero();
        }
    }

    private static JsonNode duty(JsonNode duties) {
        return duties.at("/operator/duties/0/oracle");
    }

    private static String phase(JsonNode question) {
        return question.path("phase").asText();
    }

    private static String order(String side, long limitPpm, long count) {
        return "{\"side\": \"%s\", \"limitPpm\": %d, \"count\": %d}"
                .formatted(side, limitPpm, count);
    }
}
