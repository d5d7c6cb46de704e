package io.wormhole.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.cli.ApiClient;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A site with its processes: two nodes and a printer, which can be killed and started again. */
final class Stage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Site site;
    private final Processes processes;
    private int statusPort;

    /** The stage of {@code site}; the logs of its processes go to {@code logs}. */
    Stage(Site site, Path logs) {
        this.site = site;
        this.processes = new Processes(logs);
    }

    /** Starts acme's or bob's node; it is not up yet when this returns. */
    void start(String who) throws IOException {
        processes.start(who, "up", "--config", site.config(who).toString());
    }

    /** Waits until a node has ended by itself; its exit code. */
    int awaitEnd(String who) throws InterruptedException {
        return processes.awaitEnd(who, PATIENCE);
    }

    /** What {@code kill -9} does to a node. */
    void kill(String who) throws InterruptedException {
        processes.kill(who);
    }

    /** Stops a node where it stands, or lets it go on. */
    void signal(String who, String signal) throws IOException, InterruptedException {
        processes.signal(who, signal);
    }

    /** Starts the printer; returns the port at which it takes G-code. */
    int startPrinter(String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "printer",
                                "--totals",
                                site.file("printer-totals.json").toString()));
        arguments.addAll(List.of(options));
        JsonNode ports = processes.startAndRead("printer", arguments.toArray(String[]::new));
        statusPort = ports.path("statusPort").asInt();
        return ports.path("port").asInt();
    }

    /** Returns when the node answers, and it is the process that was started last. */
    void awaitUp(String who) {
        Waiting.until(
                who + " is up",
                PATIENCE,
                () -> {
                    if (!processes.isAlive(who)) {
                        throw new CommandFailed(
                                CommandFailed.REFUSED, who + " ended:\n" + log(who));
                    }
                    return access(who);
                },
                access -> access.path("process").asLong() == processes.pid(who));
    }

    private JsonNode access(String who) {
        try {
            JsonNode known = Json.parse(Files.readString(site.data(who).resolve("api.json")));
            ApiClient.ofData(site.data(who)).get("status");
            return known;
        } catch (IOException | CommandFailed | IllegalArgumentException notYet) {
            return Json.object();
        }
    }

    /** What the printer says of itself. */
    JsonNode printer() throws IOException, InterruptedException {
        URI status = URI.create("http://127.0.0.1:%d/status".formatted(statusPort));
        HttpResponse<String> response =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(status).build(),
                                HttpResponse.BodyHandlers.ofString());
        return Json.parse(response.body());
    }

    /** The end of a process's log. */
    String log(String who) {
        return processes.log(who);
    }

    /** Stops all processes. */
    @Override
    public void close() {
        processes.close();
    }
}
