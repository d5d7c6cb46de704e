package io.wormhole.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.cli.ApiClient;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.cli.WormholeCommand;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;

/** What {@link ClassArchive} watches: a node of a new network runs until a block is final. */
public final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Rehearsal() {}

    /**
     * Runs the node.
     *
     * @param arguments an empty folder for its files
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Site site = new Site(Path.of(arguments[0]));
        site.prepare(new Shell(nowhere, true), false);
        CommandLine up = WormholeCommand.commandLine().setOut(nowhere);
        Thread node =
                new Thread(() -> up.execute("up", "--config", "" + site.config("acme")), "up");
        node.setDaemon(true);
        node.start();
        Waiting.until(
                "a final block",
                PATIENCE,
                () -> finality(node, site),
                answer -> answer.path("finalHeight").asLong() > 0);
        // Not a return: the command ends by a signal only, and its hook closes the node.
        System.exit(0);
    }

    private static JsonNode finality(Thread node, Site site) {
        if (!node.isAlive()) {
            throw new CommandFailed(CommandFailed.REFUSED, "the node did not start");
        }
        if (!Files.exists(site.data("acme").resolve("api.json"))) {
            return Json.object();
        }
        return ApiClient.ofData(site.data("acme")).get("consensus/finality");
    }
}
