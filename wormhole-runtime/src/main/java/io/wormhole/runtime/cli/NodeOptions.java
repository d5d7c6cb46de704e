package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every client command has: which node, and how to print. */
public final class NodeOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:WORMHOLE_DATA:-wormhole-data}",
            description =
                    "Data directory of the node to talk to (default: WORMHOLE_DATA or"
                            + " ./wormhole-data).")
    Path data = Path.of("wormhole-data");

    @Option(names = "--json", description = "Print JSON for programs.")
    boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    ApiClient node() {
        return ApiClient.ofData(data);
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Prints a whole answer, or the line for people. */
    void print(JsonNode answer, String line) {
        out().println(json ? Json.text(answer) : line);
        out().flush();
    }

    /** Prints an answer that is best shown whole. */
    void print(JsonNode answer) {
        print(answer, Json.pretty(answer));
    }

    CommandLine commandLine() {
        return spec.commandLine();
    }
}
