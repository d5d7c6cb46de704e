package io.wormhole.runtime.cli;

import static java.util.Objects.requireNonNull;

import io.wormhole.settlement.cuckoo.CuckooVariant;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code wormhole} with all its commands. */
@Command(
        name = "wormhole",
        description = "Puts production lines on-line: each sells what its machines can do.",
        mixinStandardHelpOptions = true,
        version = "wormhole 0.1.0")
public final class WormholeCommand {
    private static final List<Class<?>> COMMANDS =
            List.of(
                    DemoCommand.class,
                    UpCommand.class,
                    DoctorCommand.class,
                    KeyCommand.class,
                    NetworkCommand.class,
                    NameCommand.class,
                    LineCommand.class,
                    ChannelCommand.class,
                    SwapCommand.class,
                    IsaCommand.class,
                    OrderCommand.class,
                    OracleCommand.class,
                    DealCommand.class,
                    MarketCommand.class,
                    ContractCommand.class,
                    ChainCommand.class,
                    ValidatorCommand.class,
                    GovernanceCommand.class,
                    LightCommand.class,
                    MineCommand.class,
                    TransactionCommand.class,
                    PrinterCommand.class);

    private WormholeCommand() {}

    /** The command line of the program; errors go to the error stream in one clear line each. */
    public static CommandLine commandLine() {
        return of(COMMANDS);
    }

    /** The same for these arguments alone: quicker, because only the command they name is read. */
    public static CommandLine commandLine(String[] arguments) {
        List<Class<?>> named =
                COMMANDS.stream()
                        .filter(command -> arguments.length > 0)
                        .filter(command -> name(command).equals(arguments[0]))
                        .toList();
        return of(named.isEmpty() ? COMMANDS : named);
    }

    private static String name(Class<?> command) {
        return requireNonNull(command.getAnnotation(Command.class)).name();
    }

    private static CommandLine of(List<Class<?>> commands) {
        CommandLine line = new CommandLine(new WormholeCommand());
        commands.forEach(line::addSubcommand);
        line.registerConverter(CuckooVariant.class, WormholeCommand::variant);
        line.setExecutionStrategy(WormholeCommand::execute);
        line.setExecutionExceptionHandler(WormholeCommand::failed);
        // A value that begins with @ names a file to the commands that have such values.
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    /** Families of graphs have the names that genesis files have, in any case. */
    private static CuckooVariant variant(String name) {
        try {
            return CuckooVariant.fromId(name.toLowerCase(Locale.ROOT).replace('_', '-'));
        } catch (IllegalArgumentException unknown) {
            throw new CommandLine.TypeConversionException(unknown.getMessage());
        }
    }

    private static int execute(CommandLine.ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (OutOfMemoryError full) {
            throw new CommandLine.ExecutionException(
                    parsed.commandSpec().commandLine(), "out of memory", full);
        }
    }

    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (failure instanceof CommandFailed expected) {
            return say(err, String.valueOf(expected.getMessage()), expected.exitCode());
        }
        if (failure instanceof IOException disk) {
            return say(err, inWords(disk), CommandFailed.REFUSED);
        }
        if (failure.getCause() instanceof OutOfMemoryError) {
            return say(
                    err,
                    ("this takes more memory than the program may use, %d MiB:"
                                    + " more is given with WORMHOLE_JAVA_OPTIONS=-Xmx1g")
                            .formatted(Runtime.getRuntime().maxMemory() >> 20),
                    CommandFailed.REFUSED);
        }
        err.println("wormhole: a fault of the program, please report it: " + failure);
        failure.printStackTrace(err);
        err.flush();
        return 1;
    }

    private static int say(PrintWriter err, String line, int exitCode) {
        err.println("wormhole: " + Printable.of(line));
        err.flush();
        return exitCode;
    }

    // The message of many such failures is the name of a file alone.
    private static String inWords(IOException failure) {
        return "%s (%s)".formatted(failure.getMessage(), kind(failure));
    }

    /** What kind of failure this is, e.g. {@code no such file}. */
    static String kind(IOException failure) {
        return failure.getClass()
                .getSimpleName()
                .replaceFirst("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
