package io.wormhole.runtime.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.Terminal;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.fixtures.DocumentRun;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/payments.md}, in its order, and the shop of the examples. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PaymentsDocumentIT {
    private static final String LONG = "wormhole.channels.countdown-blocks = 500\n";

    @TempDir Path folder = Path.of(".");
    private DocumentRun run = new DocumentRun(folder);

    @BeforeEach
    void startNodes() throws IOException {
        run = new DocumentRun(folder);
        run.start("acme", LONG + "wormhole.payments.relay = true\n");
        for (String other : List.of("alice", "bob")) {
            run.startBeside("acme", other, LONG);
        }
        for (String other : List.of("alice", "bob")) {
            run.give("acme", other, "100");
        }
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void everyCommandWorksAndSoDoesTheShop() throws IOException, InterruptedException {
        List<String> commands = DocumentRun.commands("payments.md");
        assertThat(commands).hasSizeGreaterThan(16);
        for (String line : commands) {
            awaitAnnouncements(line);
            String printed = run.line(line);
            if (line.contains("stream end")) {
                assertThat(printed).contains("8 units, paid 0.008, owed 0");
            }
        }

        assertThat(run.run("channel", "payments", "--data", "alice"))
                .contains("two cups", "\"paid\"");
        assertThat(run.run("channel", "invoice", "--data", "bob")).contains("\"paid\"");
        refusals();
        streamRefusals();
        assertThat(shop()).contains("one coffee for 0.02 DSD", "receipt");
    }

    private void awaitAnnouncements(String next) {
        if (next.contains("channel route")) {
            Waiting.until(
                    "announcements",
                    Duration.ofSeconds(30),
                    () -> Json.parse(run.run("channel", "network", "--data", "alice")),
                    seen -> seen.path("channels").size() >= 2);
        }
    }

    private void refusals() {
        String invoice = run.variable("INVOICE");
        String mistyped =
                invoice.substring(0, 20)
                        + (invoice.charAt(20) == 'q' ? "p" : "q")
                        + invoice.substring(21);
        Path alice = run.data("alice");
        Terminal.run("channel", "pay", mistyped, "--data", alice)
                .refusedWith(CommandFailed.BAD_INPUT, "mistyped");
        Terminal.run("channel", "pay", "0".repeat(64), "--amount", "1", "--data", alice)
                .refusedWith(CommandFailed.NOT_FOUND, "no channel");
        Terminal.run("channel", "pay", run.variable("FIRST"), "--data", alice)
                .refusedWith(CommandFailed.BAD_INPUT, "--amount");
        String much = run.run("channel", "request", "90", "--data", "bob").strip();
        Terminal.run("channel", "pay", much, "--data", alice)
                .refusedWith(CommandFailed.REFUSED, "no way");
    }

    // What may not be delivered is not, and what cannot have come is not paid.
    private void streamRefusals() {
        String served = run.variable("SERVED");
        Terminal.run("channel", "stream", "delivered", served, "19", "--data", run.data("acme"))
                .refusedWith(CommandFailed.REFUSED, "allows 18");
        String fast =
                run.run(
                                "channel",
                                "stream",
                                "pay",
                                run.variable("FIRST"),
                                "--price",
                                "0.001",
                                "--rate",
                                "1",
                                "--limit",
                                "1",
                                "--data",
                                "alice")
                        .strip();
        Terminal.run("channel", "stream", "delivered", fast, "900", "--data", run.data("alice"))
                .refusedWith(CommandFailed.REFUSED, "can have come");
        Terminal.run("channel", "stream", "end", "nowhere", "--data", run.data("alice"))
                .refusedWith(CommandFailed.NOT_FOUND, "no stream");
    }

    private String shop() throws IOException, InterruptedException {
        Path log = run.file("shop.log");
        Process shop =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "../examples/coffee-shop/CoffeeShop.java",
                                run.data("bob").toString(),
                                run.data("alice").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(shop.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(shop.exitValue()).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }
}
