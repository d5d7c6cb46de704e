package io.wormhole.benchmarks.oracle;

import io.wormhole.cluster.settings.FreePorts;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.keystore.KeyRing;
import io.wormhole.protocol.keystore.Keystore;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.cli.ApiClient;
import io.wormhole.runtime.node.NodeKeys;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The only node of a development network, in a process of its own with a small heap. */
final class OperatorNode implements AutoCloseable {
    private static final String PASSWORD = "correct horse battery staple";

    private final Path root;
    private final Process process;

    private OperatorNode(Path root, Process process) {
        this.root = root;
        this.process = process;
    }

    static OperatorNode start(String heap) throws IOException {
        Path root = Files.createTempDirectory("oracle-benchmark");
        prepare(root);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heap,
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.wormhole.runtime.Main",
                                "up",
                                "--config",
                                root.resolve("node.conf").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(root.resolve("log").toFile())
                        .start();
        return new OperatorNode(root, process);
    }

    private static void prepare(Path root) throws IOException {
        SecureRandom random = new SecureRandom();
        KeyPair operator = KeyPair.generate(random);
        TreeMap<Address, Amount> funds = new TreeMap<>();
        funds.put(operator.address(), Amount.parse("1000000"));
        TreeMap<Address, Amount> stakes = new TreeMap<>();
        stakes.put(operator.address(), Amount.parse("10000"));
        Genesis genesis =
                new Genesis(
                        NetworkParameters.development(),
                        System.currentTimeMillis(),
                        funds,
                        stakes);
        Files.write(root.resolve("network"), genesis.encoded().toArray());
        Files.writeString(root.resolve("password"), PASSWORD + "\n");
        Files.writeString(root.resolve("truth.json"), "{\"cups\": 10}");
        Keystore.create(
                root.resolve("keys"),
                PASSWORD.toCharArray(),
                KeyRing.of(NodeKeys.OPERATOR, operator)
                        .with(NodeKeys.NODE, KeyPair.generate(random)),
                random);
        List<Integer> ports = FreePorts.some(3);
        Files.writeString(
                root.resolve("node.conf"),
                """
                wormhole {
                  data-dir = "%1$s/data"
                  network.genesis = "%1$s/network"
                  keys { file = "%1$s/keys", password-file = "%1$s/password" }
                  roles = [miner, validator]
                  peers.port = %2$d
                  sessions.port = %3$d
                  http.port = %4$d
                  oracle {
                    feeds.counter { kind = file, file = "%1$s/truth.json", path = "$.cups" }
                    plans.cups { feeds = [counter], combine = majority, yes-when = ">= 10" }
                  }
                }
                """
                        .formatted(root, ports.get(0), ports.get(1), ports.get(2)));
    }

    /** Waits until the node answers. */
    ApiClient awaitUp() {
        Path access = root.resolve("data").resolve("api.json");
        while (!Files.exists(access)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the node did not start: " + log());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return ApiClient.ofData(root.resolve("data"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The end of the log. */
    String log() {
        try {
            String all = Files.readString(root.resolve("log"));
            return all.substring(Math.max(0, all.length() - 3_000));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** The largest memory of the whole process, as Linux counts it. */
    String resident() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .orElse("unknown")
                    .replaceAll("\\s+", " ");
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        try (Stream<String> lines = Files.lines(root.resolve("log"))) {
            lines.filter(line -> line.contains("peak heap")).forEach(System.out::println);
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(root)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
