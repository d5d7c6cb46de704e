package io.wormhole.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The operating-system processes of a demonstration, each with a log file of its own. */
final class Processes implements AutoCloseable {
    private static final int STOP_SECONDS = 20;
    private static final int LOG_LINES = 20;

    private final Path logs;
    private final Map<String, Process> running = new HashMap<>();

    Processes(Path logs) {
        this.logs = logs;
    }

    /** Starts the program with other arguments; its output goes to {@code name.log}. */
    void start(String name, String... arguments) throws IOException {
        running.put(
                name,
                new ProcessBuilder(Program.command(arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        logs.resolve(name + ".log").toFile()))
                        .start());
    }

    /** Starts the program and returns the first line that it prints, which must be JSON. */
    JsonNode startAndRead(String name, String... arguments) throws IOException {
        Process process =
                new ProcessBuilder(Program.command(arguments))
                        .redirectError(logs.resolve(name + ".log").toFile())
                        .start();
        running.put(name, process);
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new CommandFailed(CommandFailed.REFUSED, name + " did not start: " + log(name));
        }
        return Json.parse(line);
    }

    long pid(String name) {
        return process(name).pid();
    }

    boolean isAlive(String name) {
        return process(name).isAlive();
    }

    /** Waits until the process has ended by itself; its exit code. */
    int awaitEnd(String name, Duration patience) throws InterruptedException {
        if (!process(name).waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new CommandFailed(CommandFailed.TIMEOUT, name + " goes on:\n" + log(name));
        }
        return process(name).exitValue();
    }

    /** What {@code kill -9} does. */
    void kill(String name) throws InterruptedException {
        process(name).destroyForcibly().waitFor();
    }

    /** Stops a process where it stands, or lets it go on: it is alive, and says nothing. */
    void signal(String name, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid(name))).start().waitFor();
    }

    private Process process(String name) {
        Process process = running.get(name);
        if (process == null) {
            throw new IllegalStateException("no process " + name);
        }
        return process;
    }

    /** The end of a process's log. */
    String log(String name) {
        try {
            List<String> lines = Files.readAllLines(logs.resolve(name + ".log"));
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(no log: " + unreadable + ")";
        }
    }

    /** Asks all to stop, and makes those stop that do not. */
    @Override
    public void close() {
        running.values().forEach(Process::destroy);
        for (Process process : running.values()) {
            try {
                if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
