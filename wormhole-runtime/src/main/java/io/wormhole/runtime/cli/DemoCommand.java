package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.demo.Demo;
import io.wormhole.runtime.demo.DemoOptions;
import io.wormhole.runtime.demo.ReceiptText;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the main job on this machine. */
@Command(
        name = "demo",
        description = "A customer buys cups from a production line, with real processes.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int MOST_CUPS = 50;

    @Option(names = "--count", defaultValue = "10", description = "Cups to order (1 to 50).")
    private int count;

    @Option(
            names = "--gcode",
            paramLabel = "FILE",
            defaultValue = "${sys:wormhole.home:-.}/examples/cup/cup.gcode",
            description = "What to print.")
    private Path gcode = Path.of("cup.gcode");

    @Option(names = "--data", paramLabel = "DIR", description = "Keep all files here.")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print the receipt as JSON alone.")
    private boolean json;

    @Option(
            names = "--kill-worker",
            defaultValue = "0",
            paramLabel = "K",
            description = "The worker of the printer crashes at cup K.")
    private int killWorker;

    @Option(
            names = "--kill-node",
            paramLabel = "acme|bob",
            description = "This node's process is killed in mid-order and started again.")
    private @Nullable String killNode;

    @Option(names = "--cheat", description = "The customer publishes an old state.")
    private boolean cheat;

    @Option(names = "--silent", description = "The customer stops answering.")
    private boolean silent;

    @Option(names = "--late-printer", description = "The printer drops its line and resends.")
    private boolean latePrinter;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoOptions options =
                new DemoOptions(
                        count,
                        gcode,
                        Optional.ofNullable(data),
                        json,
                        killWorker,
                        Optional.ofNullable(killNode),
                        cheat,
                        silent,
                        latePrinter);
        Optional<String> objection = objection(options);
        if (objection.isPresent()) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, objection.get());
        }
        Path root = root();
        try {
            return report(new Demo(options, root, out()).run());
        } finally {
            if (data == null) {
                remove(root);
            }
        }
    }

    private Optional<String> objection(DemoOptions options) {
        if (count < 1 || count > MOST_CUPS) {
            return Optional.of("--count is 1 to " + MOST_CUPS + ", found " + count);
        }
        if (!Files.isRegularFile(gcode) || !Files.isReadable(gcode)) {
            return Optional.of(gcode + " is not a readable file: name one with --gcode");
        }
        return Demo.objection(options);
    }

    private Path root() throws IOException {
        if (data == null) {
            return Files.createTempDirectory("wormhole-demo");
        }
        Files.createDirectories(data);
        try (Stream<Path> content = Files.list(data)) {
            if (content.findAny().isPresent()) {
                throw new CommandFailed(
                        CommandFailed.BAD_INPUT, data + " is not empty: name a new directory");
            }
        }
        return data;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private int report(ObjectNode receipt) {
        out().println(json ? Json.text(receipt) : ReceiptText.of(receipt));
        boolean addsUp = receipt.path("addsUp").asBoolean();
        if (!json) {
            out().println(
                            addsUp
                                    ? "money and cups add up"
                                    : "money and cups do NOT add up: " + receipt.path("faults"));
        }
        out().flush();
        return addsUp ? 0 : 1;
    }

    private static void remove(Path root) throws IOException {
        List<Path> content;
        try (Stream<Path> walk = Files.walk(root)) {
            content = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : content) {
            Files.deleteIfExists(path);
        }
    }
}
