package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Production lines of this node. */
@Command(
        name = "line",
        description = "Deploys and shows production lines.",
        mixinStandardHelpOptions = true)
final class LineCommand {
    private static final long LARGEST_DEFINITION = 1 << 20;

    @Command(
            name = "deploy",
            description = "Deploys a line from its definition file, or replaces it while it runs.",
            mixinStandardHelpOptions = true)
    int deploy(
            @Parameters(paramLabel = "FILE", description = "Definition of the line.") Path file,
            @Option(names = "--claim", description = "Claim the line's name as well.")
                    boolean claim,
            @Mixin NodeOptions options) {
        JsonNode deployed = options.node().post("lines", InputFile.text(file, LARGEST_DEFINITION));
        String name = deployed.path("name").asText();
        if (claim) {
            options.node().post("names?name=" + ApiClient.encode(name), "");
        }
        options.print(deployed, name + " is deployed" + (claim ? " and its name is claimed" : ""));
        return 0;
    }

    @Command(name = "list", description = "Lists the lines.", mixinStandardHelpOptions = true)
    int list(@Mixin NodeOptions options) {
        options.print(options.node().get("lines"));
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows a line's definition and jobs.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "NAME", description = "Name of the line, such as /acme/line7.")
                    String name,
            @Mixin NodeOptions options) {
        options.print(options.node().get(path("line", name)));
        return 0;
    }

    @Command(
            name = "tree",
            description = "Shows a line's supervision tree as it is now.",
            mixinStandardHelpOptions = true)
    int tree(
            @Parameters(paramLabel = "NAME", description = "Name of the line, such as /acme/line7.")
                    String name,
            @Mixin NodeOptions options) {
        JsonNode tree = options.node().get(path("tree", name));
        options.print(tree, drawn(tree, "").stripTrailing());
        return 0;
    }

    private static String drawn(JsonNode node, String indent) {
        StringBuilder text =
                new StringBuilder(indent)
                        .append(node.path("id").asText())
                        .append("  ")
                        .append(node.path("status").asText())
                        .append("  restarts ")
                        .append(node.path("restarts").asInt())
                        .append('\n');
        node.path("children").forEach(child -> text.append(drawn(child, indent + "  ")));
        return text.toString();
    }

    @Command(
            name = "pause",
            description = "Stops taking orders; jobs go on.",
            mixinStandardHelpOptions = true)
    int pause(
            @Parameters(paramLabel = "NAME", description = "Name of the line, such as /acme/line7.")
                    String name,
            @Mixin NodeOptions options) {
        options.print(options.node().post(path("pause", name), ""), name + " is paused");
        return 0;
    }

    @Command(name = "resume", description = "Takes orders again.", mixinStandardHelpOptions = true)
    int resume(
            @Parameters(paramLabel = "NAME", description = "Name of the line, such as /acme/line7.")
                    String name,
            @Mixin NodeOptions options) {
        options.print(options.node().post(path("resume", name), ""), name + " takes orders");
        return 0;
    }

    @Command(
            name = "retire",
            description = "Takes a line without jobs down for good.",
            mixinStandardHelpOptions = true)
    int retire(
            @Parameters(paramLabel = "NAME", description = "Name of the line, such as /acme/line7.")
                    String name,
            @Mixin NodeOptions options) {
        options.print(options.node().post(path("retire", name), ""), name + " is retired");
        return 0;
    }

    @Command(
            name = "crash",
            description = "Fault drill: makes the worker of a device crash.",
            mixinStandardHelpOptions = true)
    int crash(
            @Parameters(paramLabel = "NAME", description = "Name of the line, such as /acme/line7.")
                    String name,
            @Parameters(paramLabel = "DEVICE", description = "Device whose worker crashes.")
                    String device,
            @Option(
                            names = "--at-part",
                            paramLabel = "K",
                            description =
                                    "Crash in the middle of the K-th part of a job (default: now).")
                    @Nullable Integer part,
            @Mixin NodeOptions options) {
        String order = path("crash", name) + "&device=" + ApiClient.encode(device);
        if (part == null) {
            options.print(options.node().post(order, ""), "the worker of " + device + " crashed");
        } else {
            options.print(
                    options.node().post(order + "&part=" + part, ""),
                    "the worker of " + device + " will crash at part " + part);
        }
        return 0;
    }

    private static String path(String what, String name) {
        return "lines/" + what + "?name=" + ApiClient.encode(name);
    }
}
