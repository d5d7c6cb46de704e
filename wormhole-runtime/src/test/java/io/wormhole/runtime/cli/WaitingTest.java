package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Waiting ends with the first answer that is as wanted, or with what was seen last. */
final class WaitingTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void firstWantedAnswerIsReturned() {
        JsonNode third =
                Waiting.until(
                        "three",
                        Duration.ofSeconds(30),
                        this::count,
                        answer -> answer.path("n").asInt() == 3);

        assertThat(third.path("n").asInt()).isEqualTo(3);
        assertThat(asked).hasValue(3);
    }

    @Test
    void patienceEndsWithWhatWasSeenLast() {
        assertThatThrownBy(
                        () ->
                                Waiting.until(
                                        "the impossible",
                                        Duration.ZERO,
                                        this::count,
                                        answer -> false))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(CommandFailed.TIMEOUT))
                .hasMessageContaining("the impossible")
                .hasMessageContaining("{\"n\":");
    }

    private JsonNode count() {
        return Json.object().put("n", asked.incrementAndGet());
    }
}
