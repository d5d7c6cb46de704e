package io.wormhole.runtime.node;

import java.io.IOException;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.fixtures.RunningNode;
import io.wormhole.runtime.http.Json;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose clock is wrong says so, stays alive, and works again when it is set right. */
@Timeout(120)
final class WrongClockTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void nodeWhoseClockIsTwentyMinutesOffIsNotReadyUntilItIsSetRight(@TempDir Path root)
            throws Exception {
        AtomicReference<Duration> error = new AtomicReference<>(Duration.ofMinutes(20));
        InstantSource clock = () -> Instant.now().plus(error.get());
        // Two nodes with the right time: a single one would not be believed.
        try (RunningNode acme = RunningNode.start(Files.createDirectory(root.resolve("acme")));
                RunningNode carol =
                        acme.startAnother(
                                Files.createDirectory(root.resolve("carol")),
                                InstantSource.system());
                RunningNode bob =
                        acme.startAnother(Files.createDirectory(root.resolve("bob")), clock)) {
            await(carol, 200);
            JsonNode hindered = await(bob, 503);

            assertThat(hindered.path("body").asText())
                    .contains("this machine's clock")
                    .contains("theirs are behind")
                    .contains("Set the clock right");
            assertThat(bob.json("/v1/status").at("/chain/paused").asText()).contains("clock");
            assertThat(bob.get("/health").statusCode()).isEqualTo(200);

            error.set(Duration.ZERO);
            await(bob, 200);
        }
    }

    private static JsonNode await(RunningNode node, int status) {
        return Waiting.until(
                "the node's answer is " + status,
                PATIENCE,
                () -> ready(node),
                answer -> answer.path("status").asInt() == status);
    }

    private static JsonNode ready(RunningNode node) {
        try {
            HttpResponse<String> answer = node.get("/ready");
            return Json.object().put("status", answer.statusCode()).put("body", answer.body());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
