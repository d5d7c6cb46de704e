package io.wormhole.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.ProgressBar;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A customer buys cups from a production line, end to end, with real processes. */
public final class Demo {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<String> OVER = Set.of("complete", "stopped", "refused");
    private static final String DEPOSIT = "100";

    private final DemoOptions options;
    private final Shell shell;
    private final Site site;
    private final Stage stage;

    /** A demonstration that keeps its files in {@code root}. */
    public Demo(DemoOptions options, Path root, PrintWriter out) {
        this.options = options;
        this.shell = new Shell(out, options.json());
        this.site = new Site(root);
        this.stage = new Stage(site, root);
    }

    /** Runs it; returns the receipt, which says whether money and cups add up. */
    public ObjectNode run() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        site.prepare(shell, options.silent());
        buildPackage();
        try (stage) {
            startAll();
            ObjectNode before = balances();
            String channel = openChannel();
            if (options.killWorker() > 0) {
                armWorker();
            }
            String order = placeOrder(channel);
            follow(order, channel);
            close(channel);
            ObjectNode receipt =
                    new Receipt(shell, site, options, channel, order)
                            .write(before, balances(), stage.printer());
            receipt.put("seconds", (System.nanoTime() - begun) / 1_000_000_000.0);
            return receipt;
        } catch (CommandFailed failed) {
            throw new CommandFailed(
                    failed.exitCode(),
                    "%s%n--- end of acme's log%n%s%n--- end of bob's log%n%s"
                            .formatted(failed.getMessage(), stage.log("acme"), stage.log("bob")));
        }
    }

    private void startAll() throws IOException {
        shell.say("starting acme (maker), bob (customer) and a printer, each a process of its own");
        stage.start("acme");
        stage.start("bob");
        int port =
                options.latePrinter()
                        ? stage.startPrinter("--drop-at", "3000", "--resend-per-mille", "3")
                        : stage.startPrinter();
        stage.awaitUp("acme");
        stage.awaitUp("bob");
        String definition = site.line(port).toString();
        shell.run("line", "deploy", definition, "--claim", "--data", data("acme"));
    }

    private String data(String who) {
        return site.data(who).toString();
    }

    private ObjectNode balances() {
        ObjectNode balances = Json.object();
        for (String who : new String[] {"acme", "bob"}) {
            balances.put(
                    who,
                    shell.ask("chain", "account", "me", "--data", data(who))
                            .path("balanceBaseUnits")
                            .asLong());
        }
        return balances;
    }

    private String openChannel() {
        Waiting.until(
                "bob sees the name " + Site.LINE,
                PATIENCE,
                () -> orNothing("name", "show", Site.LINE, "--data", data("bob")),
                name -> name.has("wormhole"));
        return shell.run("channel", "open", Site.LINE, "--deposit", DEPOSIT, "--data", data("bob"))
                .path("id")
                .asText();
    }

    private JsonNode orNothing(String... command) {
        try {
            return shell.ask(command);
        } catch (CommandFailed notYet) {
            return Json.object();
        }
    }

    private void armWorker() {
        String cup = Integer.toString(options.killWorker());
        shell.run(
                "line", "crash", Site.LINE, Site.DEVICE, "--at-part", cup, "--data", data("acme"));
    }

    // First of all: a file that no printer takes is refused before anything is started.
    private void buildPackage() {
        shell.run(
                "isa",
                "build",
                "--gcode",
                options.gcode().toString(),
                "--price",
                Site.PRICE,
                "--out",
                site.isa().toString(),
                "--keys",
                site.keys("bob").toString(),
                "--password-file",
                site.password("bob").toString(),
                "--network",
                site.network().toString());
    }

    private String placeOrder(String channel) {
        return shell.run(
                        "order",
                        "place",
                        "--line",
                        Site.LINE,
                        "--channel",
                        channel,
                        "--package",
                        site.isa().toString(),
                        "--count",
                        Integer.toString(options.count()),
                        "--max-price",
                        Site.PRICE,
                        "--data",
                        data("bob"))
                .path("id")
                .asText();
    }

    private void follow(String order, String channel) throws IOException, InterruptedException {
        Disturbance disturbance = new Disturbance(options, shell, site, stage, channel);
        try (ProgressBar bar = ProgressBar.on(shell.out(), shell.isQuiet())) {
            while (true) {
                JsonNode seen =
                        Waiting.until(
                                "order " + order,
                                PATIENCE,
                                () -> orNothing("order", "show", order, "--data", data("bob")),
                                answer -> answer.has("phase"));
                bar.show(seen);
                if (OVER.contains(seen.path("phase").asText())) {
                    requireComplete(seen);
                    disturbance.requireHappened();
                    return;
                }
                if (disturbance.isDue(seen) && disturbance.happen()) {
                    return;
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private static void requireComplete(JsonNode order) {
        if (!order.path("phase").asText().equals("complete")) {
            throw new CommandFailed(
                    CommandFailed.REFUSED,
                    "the order is %s: %s"
                            .formatted(
                                    order.path("phase").asText(), order.path("reason").asText()));
        }
    }

    private void close(String channel) throws IOException, InterruptedException {
        if (options.silent()) {
            shell.run("channel", "wait", channel, "--data", data("acme"));
            shell.say("bob goes on (SIGCONT)");
            stage.signal("bob", "CONT");
        } else if (options.cheat()) {
            shell.say("bob publishes an old state as if it were the last");
            shell.run(
                    "channel",
                    "close-solo",
                    channel,
                    "--state",
                    site.oldState().toString(),
                    "--knowing-it-may-be-old",
                    "--data",
                    data("bob"));
        } else {
            Waiting.until(
                    "the channel has no contract left",
                    PATIENCE,
                    () -> orNothing("channel", "show", channel, "--data", data("bob")),
                    seen -> seen.path("locks").isArray() && seen.path("locks").isEmpty());
            shell.run("channel", "close", channel, "--data", data("bob"));
        }
        shell.run("channel", "wait", channel, "--data", data("acme"));
        shell.run("channel", "wait", channel, "--data", data("bob"));
    }

    /** Returns what is wrong with the options, if anything is. */
    public static Optional<String> objection(DemoOptions options) {
        if (options.killNode().isPresent()
                && !Set.of("acme", "bob").contains(options.killNode().get())) {
            return Optional.of("--kill-node is acme or bob");
        }
        if (options.killWorker() < 0 || options.killWorker() > options.count()) {
            return Optional.of(
                    "--kill-worker is a cup of the order, 1 to %d, found %d"
                            .formatted(options.count(), options.killWorker()));
        }
        if (options.cheat() && options.count() < 2) {
            return Optional.of("--cheat takes two cups or more: a state is old when one follows");
        }
        int variants =
                (options.killWorker() > 0 ? 1 : 0)
                        + (options.killNode().isPresent() ? 1 : 0)
                        + (options.cheat() ? 1 : 0)
                        + (options.silent() ? 1 : 0);
        return variants > 1
                ? Optional.of("one of --kill-worker, --kill-node, --cheat, --silent at a time")
                : Optional.empty();
    }
}
