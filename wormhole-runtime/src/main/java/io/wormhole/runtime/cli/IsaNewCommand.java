package io.wormhole.runtime.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a folder with an ISA that can be run, tested and built at once. */
@Command(
        name = "new",
        description = "Makes a folder with a small ISA to start from.",
        mixinStandardHelpOptions = true)
final class IsaNewCommand implements Callable<Integer> {
    private static final List<String> FILES =
            List.of("isa.json", "program.gcode", "contract.wha", "formula.wha", "examples.json");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", description = "Folder to make.")
    private Path folder = Path.of("isa");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the product (default: that of the folder).")
    private String name = "";

    @Override
    public Integer call() {
        String product = name.isEmpty() ? String.valueOf(folder.getFileName()) : name;
        if (!product.matches("[a-z][a-z0-9-]{0,63}")) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    "a name of small letters, digits and - expected, found '" + product + "'");
        }
        if (Files.exists(folder)) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, folder + " exists already");
        }
        write(product);
        spec.commandLine().getOut().println(folder + ": " + String.join(", ", FILES));
        spec.commandLine().getOut().flush();
        return 0;
    }

    // Under another name until it is whole, so that nothing half made is left.
    private void write(String product) {
        Path draft = OutputFile.draftOf(folder.toAbsolutePath().normalize());
        try {
            Files.createDirectories(draft);
            try {
                for (String name : FILES) {
                    Path file = draft.resolve(name);
                    file.toFile().deleteOnExit();
                    Files.writeString(file, template(name).replace("$NAME", product));
                }
                Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(draft);
            }
        } catch (IOException refused) {
            throw OutputFile.failed(folder, refused);
        }
    }

    private static void delete(Path draft) throws IOException {
        for (String file : FILES) {
            Files.deleteIfExists(draft.resolve(file));
        }
        Files.deleteIfExists(draft);
    }

    private static String template(String file) throws IOException {
        try (InputStream in = IsaNewCommand.class.getResourceAsStream("/isa-template/" + file)) {
            if (in == null) {
                throw new IllegalStateException("missing on the class path: " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
