package io.wormhole.runtime.virtualprinter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Runs a virtual printer as a process of its own: {@code --port 5001 --status-port 5002 …}. */
public final class VirtualPrinterMain {
    private static final Set<String> OPTIONS =
            Set.of(
                    "--port",
                    "--status-port",
                    "--speed",
                    "--totals",
                    "--drop-at",
                    "--reboot-at",
                    "--silent-at",
                    "--nonsense-at",
                    "--resend-per-mille",
                    "--lose-ok-per-mille",
                    "--seed");

    private VirtualPrinterMain() {}

    /**
     * Starts the printer, prints its ports as one line of JSON and runs until it is killed. Exit
     * code 2 is a wrong option, 1 a port that is taken or a totals file that cannot be read.
     */
    public static void main(String[] arguments) throws InterruptedException {
        try (VirtualPrinterServer server = VirtualPrinterServer.start(settings(arguments))) {
            System.out.printf(
                    "{\"port\":%d,\"statusPort\":%d}%n", server.port(), server.statusPort());
            System.out.flush();
            server.awaitClosed();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Settings from options.
     *
     * @throws IllegalArgumentException naming the wrong option and the allowed ones
     */
    public static VirtualPrinterSettings settings(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        "option "
                                + arguments[i]
                                + "; allowed, each with a value: "
                                + String.join(" ", OPTIONS.stream().sorted().toList()));
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        VirtualPrinterSettings settings =
                VirtualPrinterSettings.instant(
                                (int) number(given, "--port"), (int) number(given, "--status-port"))
                        .withSpeedFactor(number(given, "--speed"))
                        .with(
                                new Misbehaviour(
                                        (long) number(given, "--drop-at"),
                                        (long) number(given, "--reboot-at"),
                                        (long) number(given, "--silent-at"),
                                        (long) number(given, "--nonsense-at"),
                                        (int) number(given, "--resend-per-mille"),
                                        (int) number(given, "--lose-ok-per-mille"),
                                        (long) number(given, "--seed")));
        String totals = given.get("--totals");
        return totals == null ? settings : settings.withTotalsFile(Path.of(totals));
    }

    private static double number(Map<String, String> given, String option) {
        String value = given.getOrDefault(option, "0");
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " '" + value + "' is not a number", e);
        }
    }
}
