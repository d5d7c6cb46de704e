package io.wormhole.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.fixtures.RunningNode;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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
        try (RunningNode acme = RunningNode.start(Files.createDirectory(root.resolve("acme")));
                RunningNode bob =
                        acme.startAnother(Files.createDirectory(root.resolve("bob")), clock)) {
            await(bob, 503, "only peer", "the peer's is behind", "Set the wrong one right");
            await(acme, 503, "only peer", "the peer's is ahead");
            assertThat(acme.json("/v1/status").at("/chain/mining").asBoolean())
                    .as("one peer does not stop a miner")
                    .isTrue();

            try (RunningNode carol = another(acme, bob, root.resolve("carol"))) {
                await(bob, 503, "theirs are behind", "Set the clock right");
                assertThat(bob.json("/v1/status").at("/chain/paused").asText()).contains("clock");
                assertThat(bob.get("/health").statusCode()).isEqualTo(200);
                await(carol, 200);
                await(acme, 200);

                error.set(Duration.ZERO);
                await(bob, 200);
            }
        }
    }

    // Dials both: with the right time.
    private static RunningNode another(RunningNode acme, RunningNode bob, Path directory)
            throws IOException {
        String dial =
                "wormhole.peers.dial = [\"127.0.0.1:%d\", \"127.0.0.1:%d\"]\n"
                        .formatted(
                                acme.node().settlementNode().address().getPort(),
                                bob.node().settlementNode().address().getPort());
        return acme.startAnother(Files.createDirectory(directory), InstantSource.system(), dial);
    }

    private static void await(RunningNode node, int status, String... words) {
        Waiting.until(
                "the node's answer is " + status + " with " + List.of(words),
                PATIENCE,
                () -> ready(node),
                answer ->
                        answer.path("status").asInt() == status
                                && Stream.of(words)
                                        .allMatch(answer.path("body").asText()::contains));
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
