package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.fixtures.RunningNode;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bad input to the commands of a running node: refused in words, nothing changed, node alive. */
@Timeout(180)
final class RunningNodeFaultsIT {
    private static final String NOBODY = "0".repeat(64);

    @TempDir private static Path root = Path.of("");
    private static RunningNode node;

    @BeforeAll
    static void startNode() throws IOException {
        node = RunningNode.start(root);
        Files.writeString(
                root.resolve("data").resolve("api.json"),
                Json.text(
                        Json.object()
                                .put("url", node.uri("").toString())
                                .put("token", RunningNode.TOKEN)));
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @AfterEach
    void nodeIsAliveAndHasNothing() throws Exception {
        assertThat(node.get("/health").statusCode()).isEqualTo(200);
        assertThat(json("line", "list").path("lines")).isEmpty();
        assertThat(json("channel", "list").path("channels")).isEmpty();
        assertThat(json("order", "list").path("orders")).isEmpty();
    }

    @Test
    void malformedLineDefinitionIsRefused() throws IOException {
        deploy("line {").refusedWith(CommandFailed.BAD_INPUT);
        deploy("line { name = \"/acme/line7\", colour = blue }")
                .refusedWith(CommandFailed.BAD_INPUT, "colour");
        deploy("line { name = \"no slash\" }").refusedWith(CommandFailed.BAD_INPUT, "name");
        deploy("").refusedWith(CommandFailed.BAD_INPUT);
    }

    @Test
    void binaryLineDefinitionIsRefused() throws IOException {
        Path file = root.resolve("binary.conf");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        run("line", "deploy", file).refusedWith(CommandFailed.BAD_INPUT, "not text", "UTF-8");
    }

    @Test
    void oversizedLineDefinitionIsRefused() throws IOException {
        Path file = root.resolve("large.conf");
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(200L << 20);
        }

        run("line", "deploy", file).refusedWith(CommandFailed.BAD_INPUT, "209715200", "allowed");
    }

    @Test
    void missingFilesAreNamed() {
        Path nothing = root.resolve("nothing.conf");

        run("line", "deploy", nothing).refusedWith(CommandFailed.BAD_INPUT, nothing.toString());
        run("tx", "check", nothing).refusedWith(CommandFailed.BAD_INPUT, nothing.toString());
        run("channel", "close-solo", NOBODY, "--state", nothing)
                .refusedWith(CommandFailed.BAD_INPUT, nothing.toString());
    }

    @Test
    void proofsAndStatesThatAreNoneAreRefused() throws IOException {
        Path rubbish = root.resolve("rubbish.json");
        for (String text : new String[] {"", "{", "{}", "{\"proof\":\"zz\",\"state\":\"zz\"}"}) {
            Files.writeString(rubbish, text, StandardCharsets.UTF_8);

            run("tx", "check", rubbish).refusedWith(CommandFailed.BAD_INPUT);
            run("channel", "close-solo", NOBODY, "--state", rubbish)
                    .refusedWith(CommandFailed.BAD_INPUT);
        }
    }

    @Test
    void questionsThatTheChainWouldRefuseAreRefusedAtOnce() throws Exception {
        String long1025 = "x".repeat(1025);
        run("oracle", "ask", long1025, "--window", "50")
                .refusedWith(CommandFailed.BAD_INPUT, "1025 bytes", "1024");
        run("oracle", "ask", " ", "--window", "50")
                .refusedWith(CommandFailed.REFUSED, "neither text nor");
        run("oracle", "ask", "Is it?", "--window", "0").refusedWith(CommandFailed.BAD_INPUT);
        run("oracle", "ask", "Is it?", "--window", "100001")
                .refusedWith(CommandFailed.REFUSED, "100001", "100000");
        run("oracle", "ask", "Is it?", "--window", "50", "--opens-in", "100001")
                .refusedWith(CommandFailed.REFUSED, "opens");

        assertThat(json("oracle", "duties").path("operator").path("asked")).isEmpty();
        assertThat(json("oracle", "list").path("open")).isEmpty();
    }

    @Test
    void unknownThingsAreNotFound() {
        run("channel", "show", NOBODY).refusedWith(CommandFailed.NOT_FOUND, NOBODY);
        run("channel", "close", NOBODY).refusedWith(CommandFailed.NOT_FOUND, NOBODY);
        run("order", "show", NOBODY).refusedWith(CommandFailed.NOT_FOUND, NOBODY);
        run("line", "show", "/acme/nothing").refusedWith(CommandFailed.NOT_FOUND, "nothing");
        run("name", "show", "/nobody").refusedWith(CommandFailed.NOT_FOUND, "nobody");
    }

    @Test
    void malformedIdsAndAmountsAreBadInput() {
        run("channel", "show", "xyz").refusedWith(CommandFailed.BAD_INPUT);
        run("chain", "account", "dsd1nonsense").refusedWith(CommandFailed.BAD_INPUT);
        run("tx", "send", "dsd1nonsense", "1").refusedWith(CommandFailed.BAD_INPUT);
        run("tx", "send", "me", "-1").refusedWith(CommandFailed.BAD_INPUT);
        run("name", "show", "no slash").refusedWith(CommandFailed.BAD_INPUT);
    }

    @Test
    void orderOfPackageThatIsNoneIsRefused() throws IOException {
        Path isa = root.resolve("rubbish.isa");
        Files.write(isa, new byte[1_000]);

        run(
                        "order",
                        "place",
                        "--line",
                        "/acme/line7",
                        "--channel",
                        NOBODY,
                        "--package",
                        isa,
                        "--count",
                        "1",
                        "--max-price",
                        "1")
                .refusedWith(CommandFailed.BAD_INPUT);
    }

    @Test
    void channelToUnknownNameIsRefused() {
        run("channel", "open", "/nobody/line", "--deposit", "5")
                .refusedWith(CommandFailed.REFUSED, "/nobody/line", "claimed");
    }

    @Test
    void nodeThatIsNotThereIsToldWithWhatToDo() throws IOException {
        Path empty = Files.createTempDirectory(root, "empty");
        Terminal.run("chain", "status", "--data", empty)
                .refusedWith(CommandFailed.NO_NODE, "wormhole up");

        Files.writeString(empty.resolve("api.json"), "{\"url\":\"http://127.0.0.1:1\"}");
        Terminal.run("chain", "status", "--data", empty)
                .refusedWith(CommandFailed.NO_NODE, "wormhole up");

        Files.writeString(empty.resolve("api.json"), "damaged");
        Terminal.run("chain", "status", "--data", empty)
                .refusedWith(CommandFailed.NO_NODE, "damaged");
    }

    private static Terminal.Outcome deploy(String definition) throws IOException {
        Path file = root.resolve("line.conf");
        Files.writeString(file, definition);
        return run("line", "deploy", file);
    }

    private static JsonNode json(String... command) {
        Object[] all = Arrays.copyOf(command, command.length + 1, Object[].class);
        all[command.length] = "--json";
        return Json.parse(run(all).succeeded().out());
    }

    private static Terminal.Outcome run(Object... command) {
        Object[] all = Arrays.copyOf(command, command.length + 2);
        all[command.length] = "--data";
        all[command.length + 1] = root.resolve("data");
        return Terminal.run(all);
    }
}
