package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Every command explains itself. */
final class HelpTest {
    private static final CommandLine PROGRAM = WormholeCommand.commandLine();

    @TestFactory
    Stream<DynamicTest> helpIsAnAnswerNotAFailure() {
        return paths(PROGRAM, List.of())
                .map(
                        path ->
                                DynamicTest.dynamicTest(
                                        String.join(" ", concat("wormhole", path)),
                                        () -> showsItsHelp(path)));
    }

    private static void showsItsHelp(List<String> path) {
        List<String> arguments = new ArrayList<>(path);
        arguments.add("--help");

        Terminal.Outcome help = Terminal.run(arguments.toArray());

        assertThat(help.succeeded().out())
                .contains("Usage: " + String.join(" ", concat("wormhole", path)));
        assertThat(help.err()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyOptionAndParameterIsDescribed() {
        return commands(PROGRAM)
                .map(
                        command ->
                                DynamicTest.dynamicTest(
                                        command.getCommandSpec().qualifiedName(),
                                        () -> requireDescriptions(command)));
    }

    private static void requireDescriptions(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        for (OptionSpec option : command.getCommandSpec().options()) {
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        }
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            assertThat(parameter.description()).as(parameter.paramLabel()).isNotEmpty();
        }
    }

    @Test
    void unknownCommandsAndOptionsAreBadInput() {
        Terminal.run("teleport").refusedWith(CommandFailed.BAD_INPUT, "teleport");
        Terminal.run("chain", "status", "--colour")
                .refusedWith(CommandFailed.BAD_INPUT, "--colour");
        Terminal.run("order", "place").refusedWith(CommandFailed.BAD_INPUT, "--line");
        Terminal.run("chain", "block", "seven").refusedWith(CommandFailed.BAD_INPUT, "seven");
    }

    @Test
    void wantOfMemoryIsToldInOneLine() {
        StringWriter err = new StringWriter();
        CommandLine line = WormholeCommand.commandLine().addSubcommand("fill", new Fill());
        line.setErr(new PrintWriter(err));

        assertThat(line.execute("fill")).isEqualTo(CommandFailed.REFUSED);

        assertThat(err.toString().lines()).singleElement().asString().contains("-Xmx1g");
    }

    @Command(description = "Takes more than there is.")
    private static final class Fill implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    @Test
    void theVersionIsTold() {
        assertThat(Terminal.run("--version").succeeded().out()).startsWith("wormhole ");
    }

    private static Stream<List<String>> paths(CommandLine command, List<String> path) {
        return Stream.concat(
                Stream.of(path),
                command.getSubcommands().entrySet().stream()
                        .flatMap(sub -> paths(sub.getValue(), concat(path, sub.getKey()))));
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().flatMap(HelpTest::commands));
    }

    private static List<String> concat(List<String> path, String more) {
        return Stream.concat(path.stream(), Stream.of(more)).toList();
    }

    private static List<String> concat(String first, List<String> path) {
        return Stream.concat(Stream.of(first), path.stream()).toList();
    }
}
