package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An ISA from nothing: made, checked, tested, run and followed step by step. */
final class IsaFolderTest {
    @TempDir private Path folder = Path.of("");

    private record Run(int exitCode, String out) {}

    @Test
    void newFolderIsValidAndItsExamplesComeOutAsWritten() {
        Path isa = folder.resolve("bowl");

        assertThat(isa("new", isa).exitCode()).isZero();
        assertThat(isa("check", isa).out()).startsWith("bowl 0.1.0: 6 files, modules");
        Run test = isa("test", isa);

        assertThat(test.out()).contains("4 of 4 examples are as written");
        assertThat(test.exitCode()).isZero();
        assertThat(isa("new", isa).exitCode()).isEqualTo(CommandFailed.BAD_INPUT);
    }

    @Test
    void runPrintsResultBothGasesAndPrice() {
        Path isa = folder.resolve("bowl");
        isa("new", isa);

        Run run = isa("run", isa, "--inputs", "{\"height\": \"4 cm\"}", "--gas-price", "3");

        assertThat(run.out()).contains("result 200", "time   ", "space  ", "price  ");
        assertThat(run.exitCode()).isZero();
        Run trap =
                isa(
                        "run",
                        isa,
                        "--role",
                        "contract",
                        "--json",
                        "--inputs",
                        "{\"terms\": 5, \"state\": 0, \"sender\": 1, \"message\": {\"accept\": {\"piece\": 1}}}");
        assertThat(trap.out()).contains("\"outcome\"", "trapped", "only participant 0 accepts");
        assertThat(trap.exitCode()).isEqualTo(CommandFailed.REFUSED);
    }

    @Test
    void whatIsNotGivenIsStandardAndPricesBelowZeroAreRefused() {
        Path isa = folder.resolve("bowl");
        isa("new", isa);

        assertThat(isa("run", isa).out()).contains("result 400");
        assertThat(isa("run", isa, "--gas-price", "-1").exitCode())
                .isEqualTo(CommandFailed.BAD_INPUT);
    }

    @Test
    void traceShowsPlacesOfTheSource() {
        Path isa = folder.resolve("bowl");
        isa("new", isa);

        Run trace = isa("trace", isa, "--inputs", "[80.0, 0.2]");

        assertThat(trace.out()).contains("layers 4:5", "layers 4:26", "rdiv", "80.0 0.2");
        assertThat(trace.out()).contains("Returned[value=400");
    }

    @Test
    void traceOfALoopWithoutEndStopsAtTheStepsItShows() throws IOException {
        Path loop = folder.resolve("loop.py");
        Files.writeString(loop, "def down(n):\n    return down(n + 1)\n");

        Run trace = isa("trace", loop, "--inputs", "[0]", "--steps", "5");

        assertThat(trace.out().lines()).hasSize(7);
        assertThat(trace.out()).contains("… and more steps than 5: --steps COUNT shows more");
        assertThat(trace.out()).contains("OutOfGas[resource=TIME");
        assertThat(trace.exitCode()).isEqualTo(CommandFailed.REFUSED);
    }

    @Test
    void traceThatNobodyReadsOnStops() throws IOException {
        Path loop = folder.resolve("loop.py");
        Files.writeString(loop, "def down(n):\n    return down(n + 1)\n");
        StringWriter err = new StringWriter();
        CommandLine line = WormholeCommand.commandLine();
        line.setOut(new PrintWriter(new PipeClosedByItsReader()));
        line.setErr(new PrintWriter(err));

        int exitCode =
                line.execute(
                        "isa",
                        "trace",
                        loop.toString(),
                        "--inputs",
                        "[0]",
                        "--steps",
                        "1000000000000");

        assertThat(err).hasToString("wormhole: nobody reads the rest" + System.lineSeparator());
        assertThat(exitCode).isEqualTo(CommandFailed.REFUSED);
    }

    /** What {@code head} is to those who write to it, once it has its lines. */
    private static final class PipeClosedByItsReader extends Writer {
        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("Broken pipe");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void failedExampleFailsTheCommand() throws IOException {
        Path isa = folder.resolve("bowl");
        isa("new", isa);
        Path examples = isa.resolve("examples.json");
        Files.writeString(examples, Files.readString(examples).replace("400", "401"));

        Run test = isa("test", isa);

        assertThat(test.out()).contains("FAILED  standard values: expected 401, found 400");
        assertThat(test.exitCode()).isEqualTo(CommandFailed.REFUSED);
    }

    @Test
    void inputsAreReadFromAFile() throws IOException {
        Path isa = folder.resolve("bowl");
        isa("new", isa);
        Path inputs = Files.writeString(folder.resolve("inputs"), "{\"height\":\n \"4 cm\"}");

        assertThat(isa("run", isa, "--inputs", "@" + inputs).out()).contains("result 200");

        Files.writeString(inputs, "{\n \"height\" 4}");
        Run refused = isa("run", isa, "--inputs", "@" + inputs);
        assertThat(refused.out()).startsWith("wormhole: " + inputs + ": ").contains("(line 2, ");
        assertThat(refused.exitCode()).isEqualTo(CommandFailed.BAD_INPUT);
        assertThat(isa("run", isa, "--inputs", "@" + folder).out())
                .isEqualToIgnoringNewLines("wormhole: " + folder + " is not a readable file");
    }

    @Test
    void sourceThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
        Path isa = folder.resolve("bowl");
        isa("new", isa);
        try (RandomAccessFile source =
                new RandomAccessFile(isa.resolve("formula.wha").toFile(), "rw")) {
            source.setLength(60_000_000);
        }

        for (String command : List.of("check", "test", "run", "trace")) {
            Run refused = isa(command, isa);

            assertThat(refused.out())
                    .isEqualToIgnoringNewLines(
                            "wormhole: formula.wha: 60000000 bytes, at most 1048576 are allowed");
            assertThat(refused.exitCode()).isEqualTo(CommandFailed.BAD_INPUT);
        }
    }

    @Test
    void nothingHalfMadeIsLeftWhereNoFolderCanBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        Run refused = isa("new", file.resolve("bowl"));

        assertThat(refused.out()).contains("bowl cannot be written: ");
        assertThat(refused.exitCode()).isEqualTo(CommandFailed.REFUSED);
        isa("new", folder.resolve("bowl"));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(file, folder.resolve("bowl"));
        }
    }

    @Test
    void packageIsBuiltOnlyWithAllThatItBuildsOnAtAnyRemove() throws IOException {
        Terminal.makeOperator(folder);
        Path library = Files.createDirectory(folder.resolve("library"));
        String first = built("first", library, "");
        String second = built("second", library, first);
        Files.writeString(library.resolve("notes.txt"), "no package");

        assertThat(built("third", library, second)).hasSize(64);

        Files.delete(library.resolve("first.isa"));
        assertThat(built("fourth", library, second))
                .contains("second: dependencies.base: no package " + first);
    }

    private String built(String name, Path library, String base) throws IOException {
        Path isa = folder.resolve(name);
        isa("new", isa);
        if (!base.isEmpty()) {
            Path manifest = isa.resolve("isa.json");
            String dependencies = "\"dependencies\": { \"base\": \"" + base + "\" }, \"process\"";
            Files.writeString(
                    manifest, Files.readString(manifest).replace("\"process\"", dependencies));
        }
        return isa(
                        "build",
                        isa,
                        "--library",
                        library,
                        "--out",
                        library.resolve(name + ".isa"),
                        "--keys",
                        folder.resolve("keys"),
                        "--password-file",
                        folder.resolve("password"),
                        "--network",
                        folder.resolve("network"))
                .out()
                .strip();
    }

    private static Run isa(Object... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = WormholeCommand.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        String[] words = new String[arguments.length + 1];
        words[0] = "isa";
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        int exitCode = line.execute(words);
        return new Run(exitCode, out.toString());
    }
}
