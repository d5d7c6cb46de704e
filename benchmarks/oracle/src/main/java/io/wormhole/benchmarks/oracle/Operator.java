package io.wormhole.benchmarks.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.cli.ApiClient;
import io.wormhole.runtime.http.Json;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A whole node, miner, validator and operator, with many questions of its own at a time. */
final class Operator {
    private static final long MOST_MINUTES = 20;

    private Operator() {}

    static void measure(int questions) throws Exception {
        try (OperatorNode node = OperatorNode.start(System.getProperty("node.heap", "300m"))) {
            ApiClient api = node.awaitUp();
            long head = api.get("oracles").path("now").asLong();
            long begun = System.nanoTime();
            int opensIn = Integer.getInteger("opens-in", 300);
            for (int i = 0; i < questions; i++) {
                api.post("oracles", question(i, opensIn));
            }
            System.out.printf("%,d wishes stored after %.1f s%n", questions, seconds(begun));
            until(api, node, duties -> duties.path("duties").size() == questions);
            long asked = api.get("oracles").path("now").asLong();
            System.out.printf(
                    "all asked, final, after %.1f s, %d blocks%n", seconds(begun), asked - head);
            until(api, node, duties -> count(duties, "answer") == questions);
            System.out.printf("all decided by the feed after %.1f s%n", seconds(begun));
            JsonNode last = until(api, node, duties -> count(duties, "outcome") == questions);
            long ended = api.get("oracles").path("now").asLong();
            long answered =
                    last.path("duties").findValuesAsText("outcome").stream()
                            .filter(outcome -> outcome.contains("UNDISPUTED"))
                            .count();
            System.out.printf(
                    "all ended and final after %.1f s, %d blocks, %,d with their answer; resident at most %s%n",
                    seconds(begun), ended - head, answered, node.resident());
        }
    }

    private static ObjectNode question(int number, int opensIn) {
        return Json.object()
                .put("text", "Were 10 cups delivered of order " + number + "?")
                .put("plan", "cups")
                .put("opensIn", opensIn)
                .put("window", 3_000)
                .put("request", "order-" + number);
    }

    private static long count(JsonNode operator, String field) {
        long count = 0;
        for (JsonNode duty : operator.path("duties")) {
            count += duty.has(field) ? 1 : 0;
        }
        return count;
    }

    private static JsonNode until(ApiClient api, OperatorNode node, Predicate<JsonNode> isDone) {
        long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(MOST_MINUTES);
        while (true) {
            JsonNode operator = api.get("duties").path("operator");
            if (isDone.test(operator)) {
                return operator;
            }
            if (!node.isAlive() || System.nanoTime() > limit) {
                throw new IllegalStateException(
                        "%d asked, %d decided, %d ended; %s"
                                .formatted(
                                        operator.path("duties").size(),
                                        count(operator, "answer"),
                                        count(operator, "outcome"),
                                        node.log()));
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
