package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.bytecode.ModuleInterface;
import io.wormhole.isa.pkg.StrictJson;
import io.wormhole.isa.project.Arguments;
import io.wormhole.isa.project.Example;
import io.wormhole.isa.project.IsaProject;
import io.wormhole.isa.project.Sources;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to run, and with which inputs: the options that {@code run} and {@code trace} share. */
final class IsaSource {
    private static final int MOST_INPUT_BYTES = 1024 * 1024;

    @Parameters(paramLabel = "FILE", description = "Source, module, or folder of an ISA.")
    Path file = Path.of(".");

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Which module of a folder: formula, contract, … (default: formula).")
    Optional<String> role = Optional.empty();

    @Option(
            names = "--function",
            paramLabel = "NAME",
            description = "Which function (default: the first).")
    Optional<String> function = Optional.empty();

    @Option(
            names = "--inputs",
            paramLabel = "JSON",
            description =
                    "Arguments as JSON, an array or an object; @FILE reads them from a file (default:"
                            + " none; of a folder the standard values).")
    Optional<String> inputs = Optional.empty();

    @Option(
            names = "--time",
            paramLabel = "GAS",
            defaultValue = "100000000",
            description = "Limit of time gas (default: ${DEFAULT-VALUE}).")
    long time = 100_000_000;

    @Option(
            names = "--space",
            paramLabel = "CELLS",
            defaultValue = "1000000",
            description = "Limit of space gas (default: ${DEFAULT-VALUE}).")
    long space = 1_000_000;

    /** A function, its arguments and limits. */
    record Call(Sources.Compiled source, int function, List<Value> arguments, GasLimit limit) {}

    /** Reads and compiles everything, or says what is wrong. */
    Call resolve() throws IOException {
        try {
            Sources.Compiled source;
            Arguments arguments;
            if (Files.isDirectory(file)) {
                IsaProject project = IsaProject.read(file);
                source = project.module(role);
                arguments = project.arguments(source);
            } else {
                source = compile();
                arguments = new Arguments(ModuleInterface.of(source.module()), List.of());
            }
            int index = Example.indexOf(source, function);
            List<Value> values =
                    arguments.read(source.module().functions().get(index), inputsJson());
            return new Call(source, index, values, new GasLimit(time, space));
        } catch (IllegalArgumentException refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
    }

    private Sources.Compiled compile() throws IOException {
        String name = String.valueOf(file.getFileName());
        InputFile.requireSmall(file, Sources.mostBytes(name));
        return Sources.compile(name, Bytes.of(Files.readAllBytes(file)));
    }

    private JsonNode inputsJson() {
        String given = inputs.orElse(Files.isDirectory(file) ? "{}" : "[]");
        boolean inFile = given.startsWith("@");
        String text =
                inFile ? InputFile.text(Path.of(given.substring(1)), MOST_INPUT_BYTES) : given;
        try {
            return StrictJson.VALUES.read(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    (inFile ? given.substring(1) : "--inputs") + ": " + malformed.getMessage(),
                    malformed);
        }
    }
}
