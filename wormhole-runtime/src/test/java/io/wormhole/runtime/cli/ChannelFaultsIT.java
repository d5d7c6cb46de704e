package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.fixtures.DocumentRun;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.trade.Customer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad input to every command below {@code channel}, with two real nodes: refused at once, in words
 * that name what was wrong, and the channel is as before.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ChannelFaultsIT {
    private static final String NOBODY = "0".repeat(64);
    private static final List<String> NO_IDS =
            List.of("xyz", "", "a b", "..", "../status", "%2e%2e", "backup", "ä", NOBODY + "0");
    private static final List<String> NO_AMOUNTS =
            List.of("-1", "1e3", "0.0000000001", "99999999999", "9999999999", "", "abc", "1,5");

    @TempDir private static Path root = Path.of("");
    private static DocumentRun run = new DocumentRun(root);
    private static String channel = "";

    @BeforeAll
    static void openChannel() throws IOException {
        run = new DocumentRun(root);
        run.start("acme", "wormhole.watching.offered = true\n");
        run.startBeside("acme", "bob", "");
        run.give("acme", "bob", "100");
        run.run("name", "claim", "/acme", "--data", "acme");
        run.run("name", "claim", "/bobshop", "--data", "bob");
        channel = run.run("channel", "open", "/acme", "--deposit", "5", "--data", "bob").strip();
    }

    @AfterAll
    static void stop() {
        run.close();
    }

    private static Terminal.Outcome bob(Object... command) {
        return as("bob", command);
    }

    private static Terminal.Outcome as(String who, Object... command) {
        Object[] all = Arrays.copyOf(command, command.length + 2);
        all[command.length] = "--data";
        all[command.length + 1] = run.data(who);
        return Terminal.run(all);
    }

    private static Stream<List<Object>> withId(String id) {
        return Stream.of(
                List.of("channel", "show", id),
                List.of("channel", "close", id),
                List.of("channel", "dispute", id),
                List.of("channel", "wait", id),
                List.of("channel", "snapshot", id),
                List.of("channel", "trust", id),
                List.of("channel", "pay", id, "--amount", "1"),
                List.of("channel", "deposit", id, "1"),
                List.of("channel", "withdraw", id, "1"),
                List.of("channel", "state", id, "--out", root.resolve("state")),
                List.of("channel", "invoice", id),
                List.of("channel", "payments", id),
                List.of("channel", "watch", "offer", id),
                List.of("channel", "watch", "subscribe", id, "--max-price", "1"),
                streamPay(id, "0.1", "1"),
                List.of("order", "show", id));
    }

    private static List<Object> streamPay(String id, String price, String limit) {
        return List.of(
                "channel", "stream", "pay", id, "--price", price, "--rate", "1", "--limit", limit);
    }

    private static List<Object> rebalance(String from, String to, String amount) {
        return List.of("channel", "rebalance", "--from", from, "--to", to, "--amount", amount);
    }

    @Test
    @Order(1)
    void whatIsNoIdIsShown() {
        for (String id : NO_IDS) {
            withId(id)
                    .forEach(
                            command ->
                                    bob(command.toArray())
                                            .refusedWith(
                                                    CommandFailed.BAD_INPUT,
                                                    "\"" + id + "\"",
                                                    "64 hexadecimal digits"));
            bob(rebalance(id, channel, "1").toArray())
                    .refusedWith(CommandFailed.BAD_INPUT, "64 hexadecimal digits");
            bob("channel", "watch", "stop", id)
                    .refusedWith(CommandFailed.BAD_INPUT, "key of a watcher");
        }
    }

    @Test
    @Order(1)
    void whatDoesNotExistIsNotFound() {
        withId(NOBODY)
                .forEach(
                        command ->
                                bob(command.toArray())
                                        .refusedWith(CommandFailed.NOT_FOUND, NOBODY));
        bob("channel", "stream", "end", "none").refusedWith(CommandFailed.NOT_FOUND, "no stream");
        bob("channel", "stream", "delivered", "a b", "1")
                .refusedWith(CommandFailed.NOT_FOUND, "no stream a b");
        bob(rebalance(NOBODY, channel, "1").toArray()).refusedWith(CommandFailed.REFUSED, "no way");
    }

    @Test
    @Order(1)
    void whatIsNoAmountIsShown() {
        for (String amount : NO_AMOUNTS) {
            Stream.of(
                            List.<Object>of(
                                    "channel", "open", "/acme", "--deposit", amount, "--no-wait"),
                            List.<Object>of("channel", "pay", channel, "--amount", amount),
                            List.<Object>of("channel", "deposit", channel, amount),
                            List.<Object>of("channel", "withdraw", channel, amount),
                            List.<Object>of("channel", "request", amount),
                            rebalance(channel, channel, amount),
                            List.<Object>of(
                                    "channel",
                                    "watch",
                                    "subscribe",
                                    channel,
                                    "--max-price",
                                    amount),
                            streamPay(channel, amount, "1"),
                            streamPay(channel, "0.1", amount))
                    .forEach(
                            command ->
                                    bob(command.toArray())
                                            .refusedWith(CommandFailed.BAD_INPUT, amount));
        }
    }

    @Test
    @Order(1)
    void nothingIsNoAmount() {
        bob("channel", "open", "/acme", "--deposit", "0")
                .refusedWith(CommandFailed.BAD_INPUT, "above zero");
        bob("channel", "pay", channel, "--amount", "0")
                .refusedWith(CommandFailed.BAD_INPUT, "above zero");
        bob("channel", "deposit", channel, "0").refusedWith(CommandFailed.BAD_INPUT, "above zero");
        bob("channel", "withdraw", channel, "0").refusedWith(CommandFailed.BAD_INPUT, "above zero");
        bob("channel", "request", "0").refusedWith(CommandFailed.BAD_INPUT, "over nothing");
        bob(rebalance(channel, channel, "0").toArray())
                .refusedWith(CommandFailed.BAD_INPUT, "above zero");
        bob(streamPay(channel, "0", "1").toArray())
                .refusedWith(CommandFailed.BAD_INPUT, "costs nothing");
        bob(streamPay(channel, "0.1", "0").toArray())
                .refusedWith(CommandFailed.BAD_INPUT, "less than one unit");
    }

    @Test
    @Order(1)
    void moreThanThereIsIsRefusedAtOnceWithBothNumbers() {
        bob("channel", "open", "/acme", "--deposit", "200")
                .refusedWith(CommandFailed.REFUSED, "200", "the account has");
        bob("channel", "deposit", channel, "200")
                .refusedWith(CommandFailed.REFUSED, "200", "the account has");
        bob("channel", "pay", channel, "--amount", "200")
                .refusedWith(CommandFailed.REFUSED, "has 5", "200 needed");
        bob("channel", "withdraw", channel, "200").refusedWith(CommandFailed.REFUSED, "5");
        String dear = as("acme", "channel", "request", "50").succeeded().out().strip();
        bob("channel", "pay", dear).refusedWith(CommandFailed.REFUSED, "no way");
        bob("channel", "route", dear).refusedWith(CommandFailed.REFUSED, "no way");
    }

    @Test
    @Order(1)
    void namesThatPointNowhereAreRefused() {
        for (String name : List.of("acme", "/", "", "/acme/", "/ACME", "/a b", "/../acme")) {
            bob("channel", "open", name, "--deposit", "1")
                    .refusedWith(CommandFailed.BAD_INPUT, "not a name");
        }
        bob("channel", "open", "/nobody", "--deposit", "1")
                .refusedWith(CommandFailed.REFUSED, "/nobody", "claimed");
        bob("channel", "open", "/bobshop", "--deposit", "1")
                .refusedWith(CommandFailed.REFUSED, "/bobshop", "this node itself");
    }

    @Test
    @Order(1)
    void invoicesThatCannotBePaidAreRefused() {
        String good = as("acme", "channel", "request", "1").succeeded().out().strip();
        String mistyped = good.endsWith("q") ? "p" : "q";
        for (String bad :
                List.of(
                        good.substring(0, good.length() - 3),
                        good.substring(0, good.length() - 1) + mistyped,
                        good + good,
                        "dsdinv1",
                        "dsdinv1" + "q".repeat(10_000))) {
            bob("channel", "pay", bad).refusedWith(CommandFailed.BAD_INPUT);
            bob("channel", "route", bad).refusedWith(CommandFailed.BAD_INPUT);
        }
        bob("channel", "pay", "lnbc1xyz").refusedWith(CommandFailed.BAD_INPUT, "dsdinv1");
        bob("channel", "pay", good, "--amount", "1")
                .refusedWith(CommandFailed.BAD_INPUT, "--amount");
        bob("channel", "pay", good, "--name", "a").refusedWith(CommandFailed.BAD_INPUT, "--name");
        bob("channel", "pay", good, "--max-fee", "-1").refusedWith(CommandFailed.BAD_INPUT, "-1");
        as("acme", "channel", "pay", good).refusedWith(CommandFailed.REFUSED, "this node itself");
        bob("channel", "request", "1", "--blocks", "0")
                .refusedWith(CommandFailed.BAD_INPUT, "blocks");
        bob("channel", "request", "1", "--for", "x".repeat(5_000))
                .refusedWith(CommandFailed.BAD_INPUT, "5000");
    }

    @Test
    @Order(1)
    void placesOfCopiesThatAreNoneAreRefused() {
        bob("channel", "restore").refusedWith(CommandFailed.BAD_INPUT, "say where");
        for (String place : List.of("", " ", "ftp://x", "http://", "http:// x", "\0")) {
            bob("channel", "restore", "--from", place)
                    .refusedWith(CommandFailed.BAD_INPUT, "not a folder or an http(s) address");
        }
        bob("channel", "restore", "--from", "http://127.0.0.1:1/x")
                .refusedWith(CommandFailed.REFUSED, "http://127.0.0.1:1/x");
        bob("channel", "restore", "--from", root).refusedWith(CommandFailed.REFUSED, "no copies");
    }

    @Test
    @Order(1)
    void theRestIsRefusedInWords() throws IOException {
        bob("channel", "pay", channel).refusedWith(CommandFailed.BAD_INPUT, "--amount");
        bob("channel", "pay", channel, "--amount", "1", "--name", "")
                .refusedWith(CommandFailed.BAD_INPUT, "1 to 128 characters");
        for (String days : List.of("0", "-3", "1e9", "NaN")) {
            bob("channel", "watch", "subscribe", channel, "--max-price", "1", "--period", days)
                    .refusedWith(CommandFailed.BAD_INPUT, "--period");
        }
        bob("channel", "watch", "subscribe", channel, "--max-price", "0.0001")
                .refusedWith(CommandFailed.REFUSED, "0.1", "0.0001");
        as("acme", "channel", "watch", "offer", channel)
                .refusedWith(CommandFailed.REFUSED, "watches for nobody");
        bob("channel", "state", channel, "--out", root.resolve("no/where"))
                .refusedWith(CommandFailed.NOT_FOUND, "nothing is co-signed");
        bob("channel", "snapshot", channel).refusedWith(CommandFailed.REFUSED, "knows the newest");
        Path missing = root.resolve("missing");
        bob("channel", "close-solo", channel, "--state", missing)
                .refusedWith(CommandFailed.BAD_INPUT, missing.toString());
        Terminal.run("channel", "list", "--data", missing)
                .refusedWith(CommandFailed.NO_NODE, "no node has run");
        Files.writeString(missing, "{\"state\":\"00\"}");
        bob("channel", "close-solo", channel, "--state", missing)
                .refusedWith(CommandFailed.BAD_INPUT);
    }

    @Test
    @Order(2)
    void theChannelIsAsBeforeAndEveryCommandSpeaksJson() {
        JsonNode seen = json("channel", "show", channel);
        assertThat(seen.path("phase").asText()).isEqualTo("open");
        assertThat(seen.path("nonce").asLong()).isZero();
        assertThat(json("channel", "list").path("channels")).hasSize(1);

        for (int i = 0; i < 2; i++) {
            JsonNode paid =
                    json("channel", "pay", channel, "--amount", "0.000000001", "--name", "cup");
            assertThat(paid.path("nonce").asLong()).isEqualTo(1);
        }
        assertThat(json("channel", "deposit", channel, "0.5").path("balances").path(0).asText())
                .isEqualTo("5.499999999");
        assertThat(json("channel", "withdraw", channel, "0.5").path("balances").path(0).asText())
                .isEqualTo("4.999999999");
        assertThat(json("channel", "request", "1").path("invoice").asText()).startsWith("dsdinv1");
        for (String list : List.of("invoice", "payments", "network", "backup")) {
            assertThat(json("channel", list).isObject()).isTrue();
        }
        assertThat(json("channel", "stream", "list").path("streams")).isEmpty();
        assertThat(json("channel", "watch", "list").path("watchers")).isEmpty();
        assertThat(json("channel", "watch", "offer", channel).path("price").asText())
                .isEqualTo("0.1");
    }

    @Test
    @Order(3)
    void withoutItsPartnerAChannelSaysWhatItWaitsForAndLaterItCloses() throws IOException {
        run.stop("bob");
        as("acme", "channel", "close", channel, "--patience", "1")
                .refusedWith(CommandFailed.TIMEOUT, channel, "not within 1 s");
        as("acme", "channel", "watch", "offer", channel)
                .refusedWith(CommandFailed.REFUSED, "no link");
        run.restart("bob");
        new Customer(run.node("bob").node()).reachKnownPartners();

        as("acme", "channel", "wait", channel).succeeded();
        assertThat(json("channel", "wait", channel).path("payouts").path(1).asText())
                .isEqualTo("0.000000001");
    }

    @Test
    @Order(4)
    void aClosedChannelDoesNothingAnyMore() {
        bob("channel", "pay", channel, "--amount", "1")
                .refusedWith(CommandFailed.REFUSED, "an update", "closed");
        bob("channel", "deposit", channel, "1")
                .refusedWith(CommandFailed.REFUSED, "a deposit", "closed");
        bob("channel", "withdraw", channel, "1")
                .refusedWith(CommandFailed.REFUSED, "a withdrawal", "closed");
        bob("channel", "dispute", channel).refusedWith(CommandFailed.REFUSED, "closing alone");
        bob("channel", "snapshot", channel).refusedWith(CommandFailed.REFUSED, "a snapshot");
        bob("channel", "trust", channel).refusedWith(CommandFailed.REFUSED, "closed");
        bob(streamPay(channel, "0.1", "1").toArray()).refusedWith(CommandFailed.REFUSED, "closed");
        bob("channel", "close", channel).succeeded();
        assertThat(json("channel", "list").path("channels")).isEmpty();
        // What was paid stays known.
        JsonNode paid = json("channel", "pay", channel, "--amount", "0.000000001", "--name", "cup");
        assertThat(paid.path("nonce").asLong()).isEqualTo(1);
    }

    private static JsonNode json(Object... command) {
        Object[] all = Arrays.copyOf(command, command.length + 1);
        all[command.length] = "--json";
        return Json.parse(bob(all).succeeded().out());
    }
}
