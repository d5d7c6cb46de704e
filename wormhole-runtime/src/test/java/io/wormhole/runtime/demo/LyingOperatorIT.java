package io.wormhole.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnswerProof;
import io.wormhole.runtime.cli.ApiClient;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Olga insures Carl against too few cups, asks whether it were too few, and lies. Three processes;
 * operator and voter are killed at random moments.
 */
@Timeout(300)
final class LyingOperatorIT {
    private static final int KILLS = Integer.getInteger("wormhole.oracle.kills", 2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String DEPOSIT = "20";
    private static final String INSURED = "7";

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    @TempDir private Path root = Path.of("");
    private Stage stage;
    private Site site;
    private Patient patient;
    private SplittableRandom random;

    @BeforeEach
    void startEverything() throws IOException {
        String given = System.getProperty("wormhole.seed", "");
        long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given);
        out.println("LyingOperatorIT: -Dwormhole.seed=" + seed);
        random = new SplittableRandom(seed);
        site = new Site(root);
        stage = new Stage(site, root);
        patient = new Patient(site, out);
        new OracleTown(site).prepare();
        for (String who : List.of("mina", "carl", "olga")) {
            stage.start(who);
        }
        for (String who : List.of("mina", "carl", "olga")) {
            stage.awaitUp(who);
        }
    }

    @AfterEach
    void stopEverything() {
        stage.close();
    }

    @Test
    void lieIsDisputedVotedDownAndPaidForWhoeverIsKilledWhen() throws Exception {
        patient.ask("carl", "name", "claim", "/carl");
        String question = ask();
        String together = openChannel();
        String alone = openChannel();
        String first = insure(together, question);
        String second = insure(alone, question);

        killAtRandomMoments();

        JsonNode settled =
                until("carl", "oracles/" + question, seen -> seen.path("final").asBoolean());
        assertThat(settled.path("answer").asText())
                .as(settled + stage.log("mina"))
                .isEqualTo("YES");
        assertThat(settled.path("ending").asText()).isEqualTo("VOTED");
        requireProof(question, settled);
        requireEvidence(settled);

        // Olga's node signs what the final answer says, although it is against her.
        claim(together, first);
        JsonNode deal = patient.ask("carl", "deal", "list", together).path("deals").path(0);
        assertThat(deal.path("ended").asText()).isEqualTo("YES");
        assertThat(balances(together)).containsExactly("13", "7");

        // When she is not there, the chain does it.
        stage.kill("olga");
        patient.ask("carl", "deal", "force", alone, second);
        JsonNode closed = patient.ask("carl", "channel", "show", alone);
        assertThat(amount(closed.path("payouts").path(1))).isEqualTo(Amount.parse(INSURED));
    }

    /** Olga's plan answers by itself, from a feed that lies, as soon as the question opens. */
    private String ask() {
        return patient.ask(
                        "olga",
                        "oracle",
                        "ask",
                        "Were fewer than 10 cups delivered?",
                        "--plan",
                        "cups",
                        "--opens-in",
                        "60",
                        "--window",
                        "2000")
                .path("oracle")
                .asText();
    }

    private String openChannel() {
        Waiting.until(
                "olga sees /carl",
                PATIENCE,
                () -> {
                    try {
                        return patient.once("olga", "name", "show", "/carl")
                                .orElseGet(Json::object);
                    } catch (CommandFailed notYet) {
                        return Json.object();
                    }
                },
                name -> name.has("wormhole"));
        return patient.ask("olga", "channel", "open", "/carl", "--deposit", DEPOSIT)
                .path("id")
                .asText();
    }

    private String insure(String channel, String question) {
        return patient.ask(
                        "olga",
                        "deal",
                        "make",
                        channel,
                        "insurance",
                        question,
                        "--amount",
                        INSURED,
                        "--expires-in",
                        "100000")
                .path("deal")
                .asText();
    }

    private void killAtRandomMoments() throws IOException, InterruptedException {
        for (int kill = 0; kill < KILLS; kill++) {
            String who = kill % 2 == 0 ? "olga" : "mina";
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(3_000)));
            stage.kill(who);
            out.printf("kill -9 %s%n", who);
            stage.start(who);
            stage.awaitUp(who);
        }
    }

    private JsonNode until(String who, String path, Predicate<JsonNode> wanted) {
        return Waiting.until(
                who + ": " + path,
                PATIENCE,
                () -> {
                    try {
                        return ApiClient.ofData(site.data(who)).get(path);
                    } catch (CommandFailed away) {
                        return Json.object();
                    }
                },
                wanted);
    }

    private void requireProof(String question, JsonNode settled) {
        JsonNode proof = until("carl", "oracles/" + question + "/proof", seen -> seen.has("proof"));
        AnswerProof shown = AnswerProof.decode(Bytes.ofHex(proof.path("proof").asText()));
        assertThat(shown.settled().orElseThrow().answer()).contains(Answer.YES);
        assertThat(shown.settled().orElseThrow().settledAt().value())
                .isEqualTo(settled.path("settledAt").asLong());
    }

    private void requireEvidence(JsonNode settled) {
        JsonNode dispute =
                patient.ask("carl", "oracle", "duties").path("challenger").path("duties").path(0);
        assertThat(dispute.path("evidence").path("hash").asText())
                .isEqualTo(settled.path("evidence").asText());
        assertThat(dispute.path("evidence").path("text").asText()).contains("\"3\"");
    }

    /** The answer may be final for Carl a moment before it is for Olga. */
    private void claim(String channel, String deal) {
        Waiting.until(
                "the claim",
                PATIENCE,
                () -> {
                    try {
                        return patient.once("carl", "deal", "claim", channel, deal)
                                .orElseGet(Json::object);
                    } catch (CommandFailed notYet) {
                        return Json.object();
                    }
                },
                seen -> seen.has("ended"));
    }

    private List<String> balances(String channel) {
        JsonNode balances = patient.ask("carl", "channel", "show", channel).path("balances");
        return List.of(amount(balances.path(0)).toString(), amount(balances.path(1)).toString());
    }

    private static Amount amount(JsonNode text) {
        return Amount.parse(text.asText());
    }
}
