package io.wormhole.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.runtime.fixtures.Packages;
import io.wormhole.runtime.fixtures.RunningNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bad input is answered with what is wrong and what is allowed, and changes nothing. */
@Timeout(120)
final class ApiFaultsTest {
    private static final String ZERO = "0".repeat(64);
    private static final int MOST_ATTEMPTS = 10;

    @TempDir static Path directory = Path.of(".");
    private static RunningNode node;

    @BeforeAll
    static void start() throws IOException {
        node = RunningNode.start(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void nodeIsAliveAndItsStateUnchanged() throws Exception {
        assertThat(node.get("/ready").statusCode()).isEqualTo(200);
        assertThat(node.json("/v1/channels").path("channels")).isEmpty();
        assertThat(node.json("/v1/lines").path("lines")).isEmpty();
        assertThat(node.json("/v1/orders").path("orders")).isEmpty();
        assertThat(node.json("/v1/accounts/me").path("nonce").asLong()).isZero();
    }

    private static void refused(HttpResponse<String> response, int status, String... words) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode error = Json.parse(response.body()).path("error");
        assertThat(error.path("code").textValue()).isNotBlank();
        assertThat(error.path("message").textValue()).isNotBlank();
        for (String word : words) {
            assertThat(error.path("message").textValue()).contains(word);
        }
    }

    @Test
    void withoutTheTokenNothingIsToldNotEvenWhatExists() throws Exception {
        for (String path :
                List.of("/v1/status", "/v1/no-such-thing", "/v1/events", "/v1/metrics")) {
            HttpRequest.Builder none = HttpRequest.newBuilder(node.uri(path));
            HttpRequest.Builder wrong =
                    HttpRequest.newBuilder(node.uri(path))
                            .header("Authorization", "Bearer " + RunningNode.TOKEN + "x");

            refused(node.send(none), 401, "bearer token", "api.json");
            refused(node.send(wrong), 401, "bearer token", "api.json");
        }
    }

    @Test
    void anUnknownPathIsNotFoundAndSaysWhereTheRoutesAre() throws Exception {
        refused(node.get("/v1/no-such-thing"), 404, "/openapi.yaml");
        refused(node.get("/no-such-thing"), 404, "/openapi.yaml");
        refused(node.get("/v1/blocks/minus"), 404, "/openapi.yaml");
    }

    @Test
    void nobodyIsReachedWhoHasNoName() throws Exception {
        refused(node.post("/v1/channels/reach", "{}"), 400, "with");
        refused(node.post("/v1/channels/reach", "{\"with\":\"/nobody\"}"), 409, "no wormhole");
    }

    @Test
    void copiesOfChannelsAreTakenBackFromAPlaceThatIsGiven() throws Exception {
        assertThat(node.json("/v1/channels/backup").path("on").asBoolean(true)).isFalse();
        refused(node.post("/v1/channels/restore", "{}"), 400, "wormhole.channels.backup.to");

        String from = Json.text(Json.object().put("from", directory.resolve("none").toString()));
        refused(node.post("/v1/channels/restore", from), 409, "no copies");
        String away = "{\"from\": \"http://127.0.0.1:1\"}";
        refused(node.post("/v1/channels/restore", away), 409, "no copies read");
        refused(node.post("/v1/channels/" + ZERO + "/trust", ""), 404, ZERO);
    }

    @Test
    void whatIsTooLongForThePartnerIsNotSaid() throws Exception {
        String reading =
                Json.text(
                        Json.object()
                                .put("to", node.node().operator().publicKey().bytes().toHex())
                                .put("feed", "f")
                                .put("value", "x".repeat(1_001)));
        refused(node.post("/v1/readings", reading), 400, "at most 1000 bytes");
    }

    @Test
    void malformedJsonSaysWhere() throws Exception {
        refused(node.post("/v1/transfers", "{\"to\": "), 400, "not JSON", "line 1");
        refused(node.post("/v1/transfers", "[]"), 400, "JSON object");
        refused(node.post("/v1/transfers", ""), 400, "JSON object");
        refused(node.post("/v1/transfers", "{} {}"), 400, "not JSON");
        refused(node.post("/v1/transfers", "{\"to\":\"a\",\"to\":\"b\"}"), 400, "to");
        refused(node.post("/v1/transfers", "[".repeat(10_000)), 400, "not JSON");
    }

    @Test
    void anUnknownFieldIsNamedWithTheAllowedOnes() throws Exception {
        refused(
                node.post("/v1/transfers", "{\"to\": \"me\", \"amuont\": \"1\"}"),
                400,
                "amuont",
                "[amount, to]");
    }

    @Test
    void aMissingOrMistypedFieldIsNamed() throws Exception {
        refused(node.post("/v1/transfers", "{}"), 400, "to", "text");
        refused(node.post("/v1/transfers", "{\"to\":\"dsd1x\",\"amount\":\"1\"}"), 400);
        refused(
                node.post("/v1/channels", "{\"with\":\"/acme/line7\",\"deposit\":\"-1\"}"),
                400,
                "-1");
        refused(node.post("/v1/channels", "{\"with\":\"acme\",\"deposit\":\"1\"}"), 400, "acme");
        refused(node.get("/v1/lines/line"), 400, "name");
        refused(node.get("/v1/blocks/transactions?mentions=" + ZERO + "&from=x"), 400, "from");
    }

    @Test
    void aBodyAboveTheLimitIsRefusedWithTheLimitBeforeItIsRead() throws Exception {
        for (String path : List.of("/v1/transfers", "/v1/lines", "/v1/orders", "/v1/channels")) {
            assertThat(refusal(path, (1 << 20) + 1)).contains("413", "too-large", "1048576");
        }
    }

    // The server closes a connection whose body it does not want, now and then before its answer
    // has left: then the client asks again, as it may, for nothing was done.
    private static String refusal(String path, long bytes) throws IOException {
        SocketException closed = new SocketException("never asked");
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                return announced(path, bytes);
            } catch (SocketException reset) {
                closed = reset;
            }
        }
        throw closed;
    }

    // Sends the head of a request alone: the answer comes without waiting for the body.
    private static String announced(String path, long bytes) throws IOException {
        try (Socket socket = new Socket(node.uri(path).getHost(), node.uri(path).getPort())) {
            socket.setSoTimeout(60_000);
            String head =
                    """
                    POST %s HTTP/1.1
                    Host: localhost
                    Authorization: Bearer %s
                    Content-Type: application/octet-stream
                    Content-Length: %d
                    Connection: close

                    """
                            .formatted(path, RunningNode.TOKEN, bytes)
                            .replace("\n", "\r\n");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            while (line != null && !line.equals("}")) {
                answer.append(line).append('\n');
                line = in.readLine();
            }
            return answer.toString();
        }
    }

    @Test
    void malformedIdsAreRefused() throws Exception {
        for (String id : List.of("xyz", "00", ZERO + "00", "g".repeat(64))) {
            refused(node.get("/v1/channels/" + id), 400);
            refused(node.get("/v1/orders/" + id), 400);
            refused(node.get("/v1/transactions/" + id), 400);
        }
        refused(node.get("/v1/accounts/dsd1nonsense"), 400);
        refused(node.get("/v1/lines/line?name=UPPER"), 400);
        for (String part : List.of("0", "-1", "1000001", "99999999999999999999", "two")) {
            refused(
                    node.post("/v1/lines/crash?name=/a&device=d&part=" + part, ""),
                    400,
                    "part is " + part);
        }
    }

    @Test
    void whatDoesNotExistIsNotFoundByItsName() throws Exception {
        refused(node.get("/v1/channels/" + ZERO), 404, ZERO);
        refused(node.post("/v1/channels/" + ZERO + "/close", ""), 404, ZERO);
        refused(node.post("/v1/channels/" + ZERO + "/dispute", ""), 404, ZERO);
        refused(node.get("/v1/channels/" + ZERO + "/state"), 404, ZERO);
        refused(node.get("/v1/orders/" + ZERO), 404, ZERO);
        refused(node.get("/v1/lines/line?name=/no/such"), 404, "/no/such");
        refused(node.get("/v1/lines/tree?name=/no/such"), 404, "/no/such");
        for (String order : List.of("pause", "resume", "retire", "crash")) {
            String path = "/v1/lines/" + order + "?device=d&name=/no/such";
            refused(node.post(path, ""), 404, "/no/such");
        }
        refused(node.get("/v1/names?name=/no/such"), 404, "/no/such");
        refused(node.get("/v1/transactions/" + ZERO + "/proof"), 404, ZERO);
        refused(node.get("/v1/blocks/999999999"), 404, "999999999");
        refused(node.get("/v1/blocks/" + ZERO), 404, ZERO);
    }

    @Test
    void whatIsNotPossibleNowSaysWhy() throws Exception {
        refused(
                node.post("/v1/channels", "{\"with\":\"/no/such\",\"deposit\":\"1\"}"),
                409,
                "/no/such",
                "points to no wormhole");
        refused(
                node.post(
                        "/v1/orders",
                        """
                        {"line": "/a", "channel": "%1$s", "package": "%1$s",
                         "count": 1, "maximumPrice": "1"}
                        """
                                .formatted(ZERO)),
                404,
                "/v1/packages");
    }

    @Test
    void aPackageThatIsNoneIsRefused() throws Exception {
        byte[] noise = new byte[4_096];
        new Random(7).nextBytes(noise);
        KeyPair author = KeyPair.generate(new SecureRandom());
        NetworkId here = node.node().settlement().network();
        byte[] good = Packages.signed(author, here).encoded().toArray();
        byte[] cut = Arrays.copyOf(good, good.length - 1);
        byte[] forged = good.clone();
        forged[forged.length - 1] ^= 1;

        refused(postBytes(noise), 400);
        refused(postBytes(new byte[0]), 400);
        refused(postBytes(cut), 400);
        refused(postBytes(forged), 400);
    }

    @Test
    void aPackageThatWasSignedForAnotherNetworkIsRefused() throws Exception {
        KeyPair author = KeyPair.generate(new SecureRandom());
        NetworkId other = new NetworkId(Hash.ZERO);

        HttpResponse<String> response =
                postBytes(Packages.signed(author, other).encoded().toArray());

        refused(response, 400, "sign");
    }

    @Test
    void anOversizedPackageIsRefusedBeforeItIsRead() throws Exception {
        String answer = announced("/v1/packages", IsaPackage.MAX_BYTES + 1L);

        assertThat(answer).contains("413", "too-large", String.valueOf(IsaPackage.MAX_BYTES));
    }

    private static HttpResponse<String> postBytes(byte[] body)
            throws IOException, InterruptedException {
        return node.send(
                node.request("/v1/packages").POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    @Test
    void aLineDefinitionIsRefusedWithAllOfItsFaults() throws Exception {
        String definition =
                """
                line {
                  name = "Not A Name"
                  max-jobs = 0
                  colour = blue
                  devices.printer { driver = telnet, address = "nowhere" }
                  services.cups { process = fdm-printing, device = printer, price-per-unit = "0" }
                }
                """;

        refused(
                node.post("/v1/lines", definition),
                400,
                "name",
                "max-jobs",
                "colour",
                "driver",
                "address",
                "capability",
                "price-per-unit");
        refused(node.post("/v1/lines", "line { name = "), 400, "definition");
        refused(node.post("/v1/lines", "include \"/etc/passwd\""), 400, "include");
    }
}
