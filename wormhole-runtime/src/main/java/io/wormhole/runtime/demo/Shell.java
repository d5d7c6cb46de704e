package io.wormhole.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.WormholeCommand;
import io.wormhole.runtime.http.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs commands of the program as a user types them, showing each, and reads their JSON. */
final class Shell {
    private final PrintWriter out;
    private final boolean quiet;
    // Made once: to read all commands takes longer than most of them do.
    private final CommandLine line = WormholeCommand.commandLine();

    Shell(PrintWriter out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    /** Says something to the person who watches. */
    void say(String text) {
        if (!quiet) {
            out.println(text);
            out.flush();
        }
    }

    PrintWriter out() {
        return out;
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Shows and runs a command; throws what the command reported when it fails. */
    JsonNode run(String... arguments) {
        say("$ wormhole " + String.join(" ", arguments));
        return ask(arguments);
    }

    /** Runs a command without showing it. */
    JsonNode ask(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        StringWriter answer = new StringWriter();
        StringWriter errors = new StringWriter();
        line.setOut(new PrintWriter(answer));
        line.setErr(new PrintWriter(errors));
        int exitCode = line.execute(all.toArray(String[]::new));
        if (exitCode != 0) {
            throw new CommandFailed(
                    exitCode, "`wormhole %s`: %s".formatted(String.join(" ", arguments), errors));
        }
        return Json.parse(answer.toString());
    }
}
