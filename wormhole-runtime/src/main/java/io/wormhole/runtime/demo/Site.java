package io.wormhole.runtime.demo;

import io.wormhole.cluster.settings.FreePorts;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of a demonstration: two operators with their own keys and data, a network, a line. */
final class Site {
    static final String LINE = "/acme/line7";
    static final String DEVICE = "printer1";
    static final String PRICE = "1.5";

    private static final int PORTS = 3;
    private static final String FUNDS = "1000";

    private final Path root;

    Site(Path root) {
        this.root = root;
    }

    Path home(String who) {
        return root.resolve(who);
    }

    Path data(String who) {
        return home(who).resolve("data");
    }

    Path keys(String who) {
        return home(who).resolve("keys.wormhole");
    }

    Path password(String who) {
        return home(who).resolve("password");
    }

    Path network() {
        return root.resolve("network.wormhole");
    }

    Path config(String who) {
        return home(who).resolve("node.conf");
    }

    /** What bob orders. */
    Path isa() {
        return file("cup.isa");
    }

    /** The state that a cheat publishes when later ones were agreed on. */
    Path oldState() {
        return file("old-state.json");
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** Makes keys, network file and both nodes' settings, with the commands that a user has. */
    void prepare(Shell shell, boolean impatient) throws IOException {
        String acme = operator(shell, "acme");
        String bob = operator(shell, "bob");
        shell.run(
                "network",
                "create",
                "--out",
                network().toString(),
                "--allocate",
                acme + "=" + FUNDS,
                "--allocate",
                bob + "=" + FUNDS,
                "--stake",
                acme + "=" + FUNDS);
        List<Integer> ports = FreePorts.some(2 * PORTS);
        String silence = impatient ? "3s" : "60s";
        Files.writeString(
                config("acme"),
                config("acme", ports.subList(0, PORTS), "miner, validator", "", silence));
        Files.writeString(
                config("bob"),
                config(
                        "bob",
                        ports.subList(PORTS, 2 * PORTS),
                        "",
                        "\"127.0.0.1:" + ports.get(0) + "\"",
                        silence));
    }

    private String operator(Shell shell, String who) throws IOException {
        Files.createDirectories(home(who));
        return shell.run(
                        "key",
                        "create",
                        "--out",
                        keys(who).toString(),
                        "--password-file",
                        password(who).toString())
                .path("address")
                .asText();
    }

    private String config(
            String who, List<Integer> ports, String roles, String dial, String silence) {
        return """
        wormhole {
          data-dir = %s
          network.genesis = %s
          keys { file = %s, password-file = %s }
          roles = [%s]
          peers { port = %d, dial = [%s] }
          sessions { port = %d }
          http { port = %d }
          channels { partner-silence = %s }
        }
        """
                .formatted(
                        quoted(data(who)),
                        quoted(network()),
                        quoted(keys(who)),
                        quoted(password(who)),
                        roles,
                        ports.get(0),
                        dial,
                        ports.get(1),
                        ports.get(2),
                        silence);
    }

    private static String quoted(Path path) {
        return Json.text(Json.object().textNode(path.toAbsolutePath().toString()));
    }

    /** The definition of the line, with its printer at {@code port}. */
    Path line(int port) throws IOException {
        Path file = file("line7.conf");
        Files.writeString(
                file,
                """
                line {
                  name = "%s"
                  materials = ["PLA"]
                  devices.%s {
                    driver = marlin
                    address = "127.0.0.1:%d"
                    window-lines = 32
                    silence = 1s
                    give-up-after = 60s
                    capability {
                      build-volume-mm = "220x220x250"
                      max-hotend-celsius = 260
                      max-bed-celsius = 100
                    }
                  }
                  services.print {
                    process = "fdm-printing"
                    device = "%s"
                    price-per-unit = "%s DSD"
                  }
                }
                """
                        .formatted(LINE, DEVICE, port, DEVICE, PRICE));
        return file;
    }
}
