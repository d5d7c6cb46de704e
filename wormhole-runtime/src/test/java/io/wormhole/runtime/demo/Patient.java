package io.wormhole.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.http.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A user whose nodes may be killed at any moment: repeats a command until it comes through. */
final class Patient {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Set<Integer> AWAY = Set.of(CommandFailed.NO_NODE, CommandFailed.TIMEOUT);

    private final Site site;
    private final Shell shell;

    Patient(Site site, PrintWriter log) {
        this.site = site;
        this.shell = new Shell(log, true);
    }

    /** The answer to a command of {@code who}, however often its node is away. */
    JsonNode ask(String who, String... command) {
        return until(who, answer -> true, command);
    }

    /** The first answer to a command that is as wanted. */
    JsonNode until(String who, Predicate<JsonNode> wanted, String... command) {
        return Waiting.until(
                who + ": " + String.join(" ", command),
                PATIENCE,
                () -> once(who, command).orElseGet(Json::object),
                answer -> !answer.isEmpty() && wanted.test(answer));
    }

    /** The answer, or nothing when the node went away meanwhile. */
    Optional<JsonNode> once(String who, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--data", site.data(who).toString()));
        try {
            return Optional.of(shell.ask(all.toArray(String[]::new)));
        } catch (CommandFailed failed) {
            // A node that has just started may not have written its new token yet.
            boolean oldToken = String.valueOf(failed.getMessage()).contains("bearer token");
            if (AWAY.contains(failed.exitCode()) || oldToken) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** Waits until bob's final chain knows the line's name. */
    void awaitName() {
        Waiting.until(
                "bob sees " + Site.LINE,
                PATIENCE,
                () -> {
                    try {
                        return once("bob", "name", "show", Site.LINE).orElseGet(Json::object);
                    } catch (CommandFailed notYet) {
                        return Json.object();
                    }
                },
                name -> name.has("wormhole"));
    }

    /** Opens one channel, also when the answer to the first try was lost. */
    String openChannel(String deposit) {
        Optional<String> mine = Optional.empty();
        while (mine.isEmpty()) {
            JsonNode open = ask("bob", "channel", "list").path("channels");
            mine =
                    open.isEmpty()
                            ? once(
                                            "bob",
                                            "channel",
                                            "open",
                                            Site.LINE,
                                            "--deposit",
                                            deposit,
                                            "--no-wait")
                                    .map(channel -> channel.path("id").asText())
                            : Optional.of(open.path(0).path("id").asText());
        }
        until("bob", channel -> phase(channel).equals("open"), "channel", "show", mine.get());
        return mine.get();
    }

    /** Places one order, also when the answer to the first try was lost. */
    String placeOrder(String channel, String isa, int count) {
        Optional<String> mine = Optional.empty();
        while (mine.isEmpty()) {
            for (JsonNode order : ask("bob", "order", "list").path("orders")) {
                if (order.path("channel").asText().equals(channel)) {
                    return order.path("id").asText();
                }
            }
            mine =
                    once(
                                    "bob",
                                    "order",
                                    "place",
                                    "--line",
                                    Site.LINE,
                                    "--channel",
                                    channel,
                                    "--package",
                                    isa,
                                    "--count",
                                    Integer.toString(count),
                                    "--max-price",
                                    Site.PRICE)
                            .map(order -> order.path("id").asText());
        }
        return mine.get();
    }

    /**
     * Closes a channel together with the partner; a close that was asked for may be asked again.
     */
    void close(String channel) {
        until("bob", seen -> seen.path("locks").isEmpty(), "channel", "show", channel);
        Waiting.until(
                "the channel closes",
                PATIENCE,
                () -> {
                    try {
                        once("bob", "channel", "close", channel, "--patience", "10");
                    } catch (CommandFailed closing) {
                        if (closing.exitCode() != CommandFailed.REFUSED) {
                            throw closing;
                        }
                    }
                    return once("bob", "channel", "show", channel).orElseGet(Json::object);
                },
                seen -> phase(seen).equals("closed"));
        until("acme", seen -> phase(seen).equals("closed"), "channel", "show", channel);
    }

    static String phase(JsonNode seen) {
        return seen.path("phase").asText();
    }
}
