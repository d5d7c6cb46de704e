package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/** Runs commands as at a terminal, in this process. */
public final class Terminal {
    // To read all commands takes longer than most of them do.
    private static final ThreadLocal<CommandLine> LINE =
            ThreadLocal.withInitial(WormholeCommand::commandLine);

    private Terminal() {}

    /**
     * What came of a command.
     *
     * @param exitCode 0 when it did what was asked
     * @param out what it printed
     * @param err what it complained of
     */
    public record Outcome(int exitCode, String out, String err) {
        /** The command failed with this exit code, in words that hold all of {@code words}. */
        public Outcome refusedWith(int code, String... words) {
            assertThat(exitCode).as(this.toString()).isEqualTo(code);
            assertThat(err).isNotBlank().doesNotContain("\tat ");
            Arrays.stream(words).forEach(word -> assertThat(err).contains(word));
            return this;
        }

        /** The command did what was asked. */
        public Outcome succeeded() {
            assertThat(exitCode).as(this.toString()).isZero();
            return this;
        }
    }

    /** Runs {@code wormhole} with these arguments; paths and numbers are fine too. */
    public static Outcome run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = LINE.get();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exitCode =
                line.execute(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    /** Makes {@code keys}, {@code password} and {@code network} files below {@code directory}. */
    public static void makeOperator(Path directory) {
        Outcome made =
                run(
                        "key",
                        "create",
                        "--out",
                        directory.resolve("keys"),
                        "--password-file",
                        directory.resolve("password"));
        String address = made.succeeded().out().strip();
        run(
                        "network",
                        "create",
                        "--out",
                        directory.resolve("network"),
                        "--stake",
                        address + "=1000")
                .succeeded();
    }

    /** Flips one bit of a file. */
    public static void damage(Path file, int offset) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[offset] ^= 1;
        Files.write(file, content);
    }

    /** Cuts a file to a part of its length. */
    public static void cut(Path file, double part) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, (int) (content.length * part)));
    }
}
