package io.wormhole.runtime.cli;

import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.virtualprinter.Misbehaviour;
import io.wormhole.runtime.virtualprinter.VirtualPrinterServer;
import io.wormhole.runtime.virtualprinter.VirtualPrinterSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a virtual 3D printer in the foreground. */
@Command(
        name = "printer",
        description = "Runs a virtual 3D printer that speaks Marlin over TCP.",
        mixinStandardHelpOptions = true)
final class PrinterCommand implements Callable<Integer> {
    @Option(names = "--port", defaultValue = "0", description = "0: any free port.")
    private int port;

    @Option(names = "--status-port", defaultValue = "0", description = "GET /status as JSON.")
    private int statusPort;

    @Option(names = "--speed", defaultValue = "0", description = "0: at once; 1: real time.")
    private double speed;

    @Option(names = "--totals", paramLabel = "FILE", description = "What outlives a power cut.")
    private @Nullable Path totals;

    @Option(names = "--drop-at", defaultValue = "0", description = "Drop the line once.")
    private long dropAt;

    @Option(names = "--resend-per-mille", defaultValue = "0", description = "Damaged lines.")
    private int resends;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of the damage (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        VirtualPrinterSettings settings =
                VirtualPrinterSettings.instant(port, statusPort)
                        .withSpeedFactor(speed)
                        .with(new Misbehaviour(dropAt, 0, 0, 0, resends, 0, seed));
        Path file = totals;
        try (VirtualPrinterServer server =
                VirtualPrinterServer.start(
                        file == null ? settings : settings.withTotalsFile(file))) {
            spec.commandLine()
                    .getOut()
                    .println(
                            Json.text(
                                    Json.object()
                                            .put("port", server.port())
                                            .put("statusPort", server.statusPort())));
            spec.commandLine().getOut().flush();
            server.awaitClosed();
            return 0;
        } catch (IOException refused) {
            throw new CommandFailed(CommandFailed.REFUSED, String.valueOf(refused.getMessage()));
        }
    }
}
