package io.wormhole.runtime.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.keystore.KeyRing;
import io.wormhole.protocol.keystore.Keystore;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnswerProof;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.runtime.fixtures.RunningNode;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.node.NodeKeys;
import io.wormhole.settlement.genesis.Genesis;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes: one asks and lies, the other mines, validates, and has a feed that knows better. It
 * disputes by itself, votes by itself, and is restarted in the middle.
 */
@Timeout(240)
class LyingOperatorIT {
    private static final String PASSWORD = "correct horse battery staple";

    private final KeyPair honest = KeyPair.generate(new SecureRandom());
    private final KeyPair liar = KeyPair.generate(new SecureRandom());

    private Path site(Path folder, String name, KeyPair operator, Genesis genesis, String more)
            throws IOException {
        Path site = Files.createDirectories(folder.resolve(name)).toAbsolutePath();
        Files.write(site.resolve("genesis.wormhole"), genesis.encoded().toArray());
        Files.writeString(site.resolve("password"), PASSWORD + "\n");
        SecureRandom random = new SecureRandom();
        Keystore.create(
                site.resolve("keys.wormhole"),
                PASSWORD.toCharArray(),
                KeyRing.of(NodeKeys.OPERATOR, operator)
                        .with(NodeKeys.NODE, KeyPair.generate(random)),
                random);
        Path settings = site.resolve("wormhole.conf");
        Files.writeString(
                settings,
                """
                wormhole {
                  data-dir = "%1$s/data"
                  network.genesis = "%1$s/genesis.wormhole"
                  keys { file = "%1$s/keys.wormhole", password-file = "%1$s/password" }
                  peers.port = 0
                  sessions.port = 0
                  http.port = 0
                %2$s
                }
                pekko.loglevel = WARNING
                """
                        .formatted(site, more));
        return settings;
    }

    private static JsonNode until(RunningNode node, String path, Predicate<JsonNode> wanted)
            throws Exception {
        long deadline = System.nanoTime() + 90_000_000_000L;
        while (true) {
            HttpResponse<String> answer = node.get(path);
            JsonNode seen = Json.parse(answer.body());
            if (answer.statusCode() == 200 && wanted.test(seen)) {
                return seen;
            }
            assertThat(System.nanoTime()).as("last seen: " + seen).isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    private static JsonNode post(RunningNode node, String path, String body) throws Exception {
        HttpResponse<String> answer = node.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    @Test
    void aLieIsFoundDisputedVotedDownAndProved(@TempDir Path folder) throws Exception {
        Genesis genesis =
                Genesis.development(
                        System.currentTimeMillis(),
                        Map.of(
                                honest.address(), Amount.parse("1000"),
                                liar.address(), Amount.parse("1000")),
                        Map.of(honest.address(), Amount.parse("10000")));
        Path counter = folder.resolve("counter.json").toAbsolutePath();
        Files.writeString(counter, "{\"cups\": 3}");
        RunningNode other =
                RunningNode.start(site(folder, "liar", liar, genesis, ""), RunningNode.TOKEN);
        Path honestSite =
                site(
                        folder,
                        "honest",
                        honest,
                        genesis,
                        """
                          roles = [miner, validator]
                          peers.dial = ["127.0.0.1:%d"]
                          oracle {
                            feeds.counter { kind = file, file = "%s", path = "$.cups" }
                            plans.cups { feeds = [counter], combine = majority, yes-when = ">= 10" }
                            watch = [{ contains = "CUPS", plan = cups, most-bond = "5" }]
                            budget = "50"
                          }
                        """
                                .formatted(
                                        other.node().settlementNode().address().getPort(),
                                        counter));
        RunningNode miner = RunningNode.start(honestSite, RunningNode.TOKEN);
        try {
            String id = ask(other);
            // From here on the miner restarts with its memory: nothing it decided may change.
            miner.close();
            miner = RunningNode.start(honestSite, RunningNode.TOKEN);
            JsonNode open = until(miner, "/v1/oracles/" + id, seen -> true);
            assertThat(open.path("text").asText()).contains("cups");
            until(other, "/v1/oracles/" + id, seen -> seen.path("phase").asText().equals("open"));
            post(other, "/v1/oracles/" + id + "/answer", "{\"answer\": \"yes\"}");

            JsonNode settled =
                    until(miner, "/v1/oracles/" + id, seen -> seen.path("final").asBoolean());

            assertThat(settled.path("answer").asText()).isEqualTo("NO");
            assertThat(settled.path("ending").asText()).isEqualTo("VOTED");
            checkProof(miner, id, settled);
            JsonNode duties = miner.json("/v1/duties");
            JsonNode dispute = duties.path("challenger").path("duties").path(0);
            assertThat(dispute.path("steps").path("counterclaim").asText()).isEqualTo("final");
            assertThat(dispute.path("evidence").path("hash").asText())
                    .isEqualTo(settled.path("evidence").asText());
            assertThat(dispute.path("evidence").path("text").asText()).contains("\"3\"");
        } finally {
            miner.close();
            other.close();
        }
    }

    private static String ask(RunningNode node) throws Exception {
        String request =
                post(
                                node,
                                "/v1/oracles",
                                "{\"text\": \"Were 10 cups delivered?\", \"opensIn\": 20,"
                                        + " \"window\": 2000}")
                        .path("request")
                        .asText();
        return until(
                        node,
                        "/v1/duties",
                        seen -> seen.toString().contains("\"request\":\"" + request))
                .path("operator")
                .path("duties")
                .path(0)
                .path("oracle")
                .asText();
    }

    private static void checkProof(RunningNode node, String id, JsonNode settled) throws Exception {
        JsonNode proof = node.json("/v1/oracles/" + id + "/proof");
        AnsweredQuestion answered =
                AnswerProof.decode(Bytes.ofHex(proof.path("proof").asText()))
                        .settled()
                        .orElseThrow();
        assertThat(answered.answer()).contains(Answer.NO);
        assertThat(answered.settledAt().value()).isEqualTo(settled.path("settledAt").asLong());
    }
}
