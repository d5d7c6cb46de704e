package io.wormhole.runtime.payment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.Terminal;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.fixtures.RunningNode;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/payments.md}, in its order, and the shop of the examples. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PaymentsDocumentIT {
    private static final Pattern BLOCK = Pattern.compile("```bash\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("(?:(\\w+)=\\$\\()?wormhole (.*?)\\)?");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private static final String LONG = "wormhole.channels.countdown-blocks = 500\n";

    @TempDir Path folder = Path.of(".");
    private final Map<String, RunningNode> nodes = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void startNodes() throws IOException, InterruptedException {
        RunningNode acme =
                RunningNode.startWith(made("acme"), LONG + "wormhole.payments.relay = true\n");
        nodes.put("acme", acme);
        for (String other : List.of("alice", "bob")) {
            nodes.put(other, acme.startAnother(made(other), InstantSource.system(), LONG));
        }
        for (Map.Entry<String, RunningNode> node : nodes.entrySet()) {
            ObjectNode access =
                    Json.object()
                            .put("url", node.getValue().uri("/").toString())
                            .put("token", RunningNode.TOKEN);
            Files.writeString(data(node.getKey()).resolve("api.json"), Json.text(access));
        }
        for (String other : List.of("alice", "bob")) {
            String address =
                    requireNonNull(nodes.get(other)).node().operator().address().toString();
            run("tx", "send", address, "100", "--data", "acme");
        }
    }

    private Path made(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private Path data(String name) {
        return folder.resolve(name).resolve("data");
    }

    @AfterEach
    void stop() {
        nodes.values().forEach(RunningNode::close);
    }

    @Test
    void everyCommandWorksAndSoDoesTheShop() throws IOException, InterruptedException {
        for (String line : commands()) {
            Matcher command = COMMAND.matcher(line);
            assertThat(command.matches()).as(line).isTrue();
            awaitAnnouncements(line);
            String printed = run(words(command.group(2)).toArray(String[]::new));
            if (command.group(1) != null) {
                variables.put(command.group(1), printed.strip());
            }
        }

        assertThat(run("channel", "payments", "--data", "alice")).contains("two cups", "\"paid\"");
        assertThat(run("channel", "invoice", "--data", "bob")).contains("\"paid\"");
        refusals();
        assertThat(shop()).contains("one coffee for 0.02 DSD", "receipt");
    }

    private void awaitAnnouncements(String next) {
        if (next.contains("channel route")) {
            Waiting.until(
                    "announcements",
                    Duration.ofSeconds(30),
                    () -> Json.parse(run("channel", "network", "--data", "alice")),
                    seen -> seen.path("channels").size() >= 2);
        }
    }

    private void refusals() {
        String invoice = requireNonNull(variables.get("INVOICE"));
        String mistyped =
                invoice.substring(0, 20)
                        + (invoice.charAt(20) == 'q' ? "p" : "q")
                        + invoice.substring(21);
        Path alice = data("alice");
        Terminal.run("channel", "pay", mistyped, "--data", alice)
                .refusedWith(CommandFailed.BAD_INPUT, "mistyped");
        Terminal.run("channel", "pay", "0".repeat(64), "--amount", "1", "--data", alice)
                .refusedWith(CommandFailed.NOT_FOUND, "no channel");
        Terminal.run("channel", "pay", requireNonNull(variables.get("FIRST")), "--data", alice)
                .refusedWith(CommandFailed.BAD_INPUT, "--amount");
        String much = run("channel", "request", "90", "--data", "bob").strip();
        Terminal.run("channel", "pay", much, "--data", alice)
                .refusedWith(CommandFailed.REFUSED, "no way");
    }

    private static List<String> commands() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/payments.md")));
        List<String> lines = new ArrayList<>();
        while (blocks.find()) {
            blocks.group(1).lines().filter(line -> !line.isBlank()).forEach(lines::add);
        }
        assertThat(lines).hasSizeGreaterThan(10);
        return lines;
    }

    private List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            String one = word.group(1) != null ? word.group(1) : word.group(2);
            words.add(one.startsWith("$") ? variables.get(one.substring(1)) : one);
        }
        return words;
    }

    private String run(String... arguments) {
        Object[] real = Arrays.copyOf(arguments, arguments.length, Object[].class);
        for (int i = 0; i < real.length; i++) {
            if (Set.of("acme", "alice", "bob").contains(real[i])) {
                real[i] = data(real[i].toString());
            }
        }
        return Terminal.run(real).succeeded().out();
    }

    private String shop() throws IOException, InterruptedException {
        Path log = folder.resolve("shop.log");
        Process shop =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "../examples/coffee-shop/CoffeeShop.java",
                                data("bob").toString(),
                                data("alice").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(shop.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(shop.exitValue()).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }
}
