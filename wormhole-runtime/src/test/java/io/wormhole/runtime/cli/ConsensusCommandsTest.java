package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.runtime.fixtures.RunningNode;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.genesis.Genesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands about the consensus, on a running node where they need one. */
@Timeout(120)
final class ConsensusCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir static Path directory = Path.of(".");
    private static RunningNode node;

    @BeforeAll
    static void start() throws IOException {
        node = RunningNode.start(directory);
        Files.writeString(
                directory.resolve("data/api.json"),
                Json.text(
                        Json.object()
                                .put("url", node.uri("").toString())
                                .put("token", RunningNode.TOKEN)));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static JsonNode chain(String what) {
        return Json.parse(
                Terminal.run("chain", what, "--json", "--data", directory.resolve("data"))
                        .succeeded()
                        .out());
    }

    @Test
    void finalityAndValidatorsAreShown() {
        JsonNode validator = chain("validators").path("validators").path(0);

        assertThat(validator.path("status").asText()).isEqualTo("active");
        assertThat(validator.path("address").asText())
                .isEqualTo(node.node().operator().address().toString());
        assertThat(chain("finality").path("epochLength").asInt()).isEqualTo(4);
        assertThat(chain("peers").size()).isZero();
    }

    @Test
    void aLightClientProvesTheOperatorsBalanceAndGoesOnFromWhatItKept() {
        Path state = directory.resolve("light.state");
        JsonNode first = light(state, "account", node.node().operator().address());
        Instant deadline = Instant.now().plus(PATIENCE);
        while (first.path("finalHeight").asLong() == 0 && Instant.now().isBefore(deadline)) {
            first = light(state, "account", node.node().operator().address());
        }

        JsonNode second = light(state, "sync");

        assertThat(first.path("exists").asBoolean()).isTrue();
        assertThat(first.path("finalHeight").asLong()).isPositive();
        assertThat(second.path("finalHeight").asLong())
                .isGreaterThanOrEqualTo(first.path("finalHeight").asLong());
        assertThat(second.path("notBelieved").size()).isZero();
        assertThat(state).exists();
    }

    @Test
    void whereNoPeerAnswersNothingIsToldAsIfItWereNew() {
        Terminal.Outcome outcome =
                Terminal.run(
                        "light",
                        "sync",
                        "--network",
                        directory.resolve("genesis.wormhole"),
                        "--peer",
                        "127.0.0.1:" + node.node().advertisedSession().port());

        assertThat(outcome.exitCode()).isEqualTo(CommandFailed.NO_NODE);
        assertThat(outcome.err()).contains("no peer has answered");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void whatALightClientIsGivenWronglyIsNamed(@TempDir Path folder) throws IOException {
        Path other = folder.resolve("other-network");
        String stake = node.node().operator().address() + "=500";
        Terminal.run("network", "create", "--out", other, "--edge-bits", 12, "--stake", stake)
                .succeeded();
        Path damaged = Files.writeString(folder.resolve("light.state"), "rubbish");
        Path network = directory.resolve("genesis.wormhole");

        assertThat(lightFails(other)).contains("another network");
        assertThat(lightFails(network, "--state", damaged))
                .contains("state file: " + damaged + " is damaged")
                .doesNotContain("java.io");
        assertThat(lightFails(network, "--state", folder.resolve("missing").resolve("state")))
                .contains("state file: ", "missing", "(no such file)");
        assertThat(lightFails(network, "--checkpoint", "5")).contains("needed: EPOCH:HASH");
        assertThat(
                        Terminal.run(
                                        "chain",
                                        "block",
                                        "--data",
                                        directory.resolve("data"),
                                        "--",
                                        -1)
                                .err())
                .contains("allowed: from 0");
    }

    private static String lightFails(Path network, Object... more) {
        Object[] arguments = new Object[6 + more.length];
        Object[] always = {
            "light",
            "sync",
            "--network",
            network,
            "--peer",
            "127.0.0.1:" + node.node().settlementNode().address().getPort()
        };
        System.arraycopy(always, 0, arguments, 0, always.length);
        System.arraycopy(more, 0, arguments, always.length, more.length);
        Terminal.Outcome outcome = Terminal.run(arguments);
        assertThat(outcome.exitCode()).isNotZero();
        return outcome.err();
    }

    @Test
    void whatIsOutOfRangeInANewNetworkIsNamed(@TempDir Path folder) {
        String stake = node.node().operator().address() + "=500";
        assertThat(createFails(folder, stake, "--spacing-millis", Long.MAX_VALUE))
                .contains("target spacing in ms")
                .contains("allowed: 1 to 86400000");
        assertThat(createFails(folder, stake, "--proof-size", 41)).contains("allowed: even");
        assertThat(createFails(folder, stake, "--edge-bits", 33)).contains("allowed: 10 to 32");
        assertThat(createFails(folder, stake + "0".repeat(12))).contains("at most 10 digits");
        assertThat(createFails(folder, stake, "--variant", "cuckoo29"))
                .contains("allowed: cuckoo, cuckoo-ae, cuckatoo")
                .doesNotContain("Exception");
        String nothing = node.node().operator().address() + "=0";
        assertThat(createFails(folder, nothing, "--minimum-stake", "0"))
                .contains("stake 0", "allowed: from 0.0");
    }

    @Test
    void familiesOfGraphsHaveTheNamesThatGenesisFilesHave(@TempDir Path folder) throws IOException {
        String stake = node.node().operator().address() + "=500";
        for (String family : List.of("cuckoo", "cuckoo-ae", "CUCKATOO")) {
            Path made = folder.resolve(family);
            Terminal.run("network", "create", "--out", made, "--stake", stake, "--variant", family)
                    .succeeded();

            Genesis genesis = Genesis.decode(Bytes.of(Files.readAllBytes(made)));

            assertThat(genesis.parameters().cuckoo().variant().id()).isEqualToIgnoringCase(family);
        }
    }

    private static String createFails(Path folder, String stake, Object... more) {
        Object[] arguments = new Object[6 + more.length];
        Object[] always = {"network", "create", "--out", folder.resolve("none"), "--stake", stake};
        System.arraycopy(always, 0, arguments, 0, always.length);
        System.arraycopy(more, 0, arguments, always.length, more.length);
        Terminal.Outcome outcome = Terminal.run(arguments);
        assertThat(outcome.exitCode()).isEqualTo(CommandFailed.BAD_INPUT);
        return outcome.err();
    }

    private static JsonNode light(Path state, String what, Object... more) {
        Object[] arguments = new Object[9 + more.length];
        Object[] always = {
            "light",
            what,
            "--json",
            "--network",
            directory.resolve("genesis.wormhole"),
            "--peer",
            "127.0.0.1:" + node.node().settlementNode().address().getPort(),
            "--state",
            state
        };
        System.arraycopy(always, 0, arguments, 0, always.length);
        System.arraycopy(more, 0, arguments, always.length, more.length);
        return Json.parse(Terminal.run(arguments).succeeded().out());
    }

    @Test
    void theBenchmarkOfTheSolverCountsGraphsAndTellsItsMemory() {
        JsonNode result =
                Json.parse(
                        Terminal.run(
                                        "mine",
                                        "bench",
                                        "--edge-bits",
                                        12,
                                        "--threads",
                                        2,
                                        "--seconds",
                                        1,
                                        "--json")
                                .succeeded()
                                .out());

        assertThat(result.path("graphsPerSecond").asDouble()).isPositive();
        assertThat(result.path("memoryBytes").asLong()).isPositive();
        assertThat(Terminal.run("mine", "bench", "--edge-bits", 9).exitCode())
                .isEqualTo(CommandFailed.BAD_INPUT);
        assertThat(Terminal.run("mine", "bench", "--edge-bits", 32).exitCode())
                .as("more edges than one thread of the mean solver can hold")
                .isEqualTo(CommandFailed.REFUSED);
    }

    @Test
    void aParameterIsProposedShownAndVotedOn() {
        Path data = directory.resolve("data");
        Terminal.run("governance", "propose", "gas.price", 12, "--data", data).succeeded();
        Terminal.run("governance", "vote", "gas.price", 12, "yes", "--data", data).succeeded();

        Terminal.Outcome shown = Terminal.run("governance", "show", "--data", data).succeeded();

        // The stake votes with what it has earned meanwhile, too.
        assertThat(shown.out())
                .containsPattern(
                        "gas.price = 10 .*, proposed to 12: yes 10\\d{3}(\\.\\d+)? DSD, no 0");
        assertThat(Terminal.run("governance", "propose", "gas.price", 99, "--data", data).err())
                .contains("allowed now: 8 to 12");
    }

    @Test
    void aNetworkIsMadeByProfileAndByWhatDiffersFromIt(@TempDir Path folder) {
        Path file = folder.resolve("test-network");
        Terminal.run(
                        "network",
                        "create",
                        "--out",
                        file,
                        "--profile",
                        "test",
                        "--edge-bits",
                        22,
                        "--epoch-length",
                        10,
                        "--stake",
                        node.node().operator().address() + "=500")
                .succeeded();

        Genesis genesis = WormholeNode.genesis(file);

        assertThat(genesis.parameters().cuckoo().edgeBits()).isEqualTo(22);
        assertThat(genesis.parameters().cuckoo().proofSize()).isEqualTo(42);
        assertThat(genesis.parameters().finality().epochLength()).isEqualTo(10);
        assertThat(genesis.parameters().pacing().targetSpacingMillis()).isEqualTo(2_000);
    }

    @Test
    void anAddressGivenTwiceIsRefusedSinceOneOfTheTwoWouldBeLost(@TempDir Path folder) {
        String address = node.node().operator().address().toString();

        Terminal.Outcome twice =
                Terminal.run(
                        "network",
                        "create",
                        "--out",
                        folder.resolve("network"),
                        "--stake",
                        address + "=100",
                        "--stake",
                        address + "=200");

        assertThat(twice.exitCode()).isEqualTo(CommandFailed.BAD_INPUT);
        assertThat(twice.err()).contains(address + " is given twice");
        assertThat(folder.resolve("network")).doesNotExist();
    }

    @Test
    void aValidatorsMemoryIsNotTakenFromARunningNode(@TempDir Path folder) {
        Terminal.Outcome refused =
                Terminal.run(
                        "validator",
                        "export",
                        "--config",
                        directory.resolve("wormhole.conf"),
                        "--out",
                        folder.resolve("protection.json"));

        assertThat(refused.exitCode()).isEqualTo(CommandFailed.REFUSED);
        assertThat(refused.err()).contains("in use");
    }

    @Test
    void aValidatorsMemoryMovesToAnotherDirectory(@TempDir Path folder) throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        RunningNode voting = RunningNode.start(first);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (voting.node().settlementNode().status().finalHeight() < 4
                && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        voting.close();
        Path protection = folder.resolve("protection.json");
        Terminal.run(
                        "validator",
                        "export",
                        "--config",
                        first.resolve("wormhole.conf"),
                        "--out",
                        protection)
                .succeeded();
        Path moved = folder.resolve("moved.conf");
        Files.writeString(
                moved,
                Files.readString(first.resolve("wormhole.conf"))
                        .replace(first + "/data", folder + "/data2"));

        Terminal.run("validator", "import", "--config", moved, "--in", protection).succeeded();
        Path again = folder.resolve("again.json");
        Terminal.run("validator", "export", "--config", moved, "--out", again).succeeded();

        assertThat(again).hasSameTextualContentAs(protection);
        Terminal.run("validator", "import", "--config", moved, "--in", protection).succeeded();
        Path twice = folder.resolve("twice.json");
        Terminal.run("validator", "export", "--config", moved, "--out", twice).succeeded();
        assertThat(twice).hasSameTextualContentAs(protection);
        refused(moved, weakened(protection, "sourceEpoch", 0), "not those of its signed vote");
        refused(moved, weakened(protection, "targetEpoch", 1e9 + 0.5), "whole numbers");
        refused(moved, weakened(protection, "signed", "00"), "malformed");
        Path other = folder.resolve("other.conf");
        Terminal.run(
                        "key",
                        "create",
                        "--out",
                        folder.resolve("other.wormhole"),
                        "--password-file",
                        first.resolve("password"))
                .succeeded();
        Files.writeString(
                other,
                Files.readString(moved)
                        .replace(folder + "/data2", folder + "/data3")
                        .replace(first + "/keys.wormhole", folder + "/other.wormhole"));
        refused(other, protection, "it would forbid nothing here");
        refused(moved, folder, "is not a readable file");
        Path none = folder.resolve("none.json");
        Files.writeString(
                none,
                "{\"format\":\"wormhole-slashing-protection/1\",\"network\":\"%s\"}"
                        .formatted(
                                Json.parse(Files.readString(protection)).path("network").asText()));
        refused(moved, none, "names no validator");
        assertThat(Json.parse(Files.readString(again)).path("validators").size()).isEqualTo(1);
    }

    private static Path weakened(Path protection, String field, Object value) throws IOException {
        JsonNode file = Json.parse(Files.readString(protection));
        ((ObjectNode) file.path("validators").get(0)).putPOJO(field, value);
        Path weaker = protection.resolveSibling("weaker-" + field + ".json");
        Files.writeString(weaker, Json.text(file));
        return weaker;
    }

    private static void refused(Path settings, Path file, String why) {
        Terminal.Outcome outcome =
                Terminal.run("validator", "import", "--config", settings, "--in", file);

        assertThat(outcome.exitCode()).isEqualTo(CommandFailed.BAD_INPUT);
        assertThat(outcome.err()).contains(why);
    }
}
