package io.wormhole.settlement.node;

import static io.wormhole.settlement.node.NetworkProcess.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.genesis.Genesis;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four nodes in processes of their own: killed, stopped and restarted one after another. */
@Timeout(150)
class NetworkIT {
    private static final long TIMEOUT_SECONDS = 60;

    private final long begun = System.currentTimeMillis() - 1000;
    private final Genesis genesis = NetworkProcess.genesis(begun);
    private final List<Running> nodes = new ArrayList<>();
    private final long[] nonces = new long[NODES];

    /** What one process has said. */
    private static final class Running {
        private final int number;
        private final Process process;
        private final Writer input;
        private final Map<String, String[]> said = new ConcurrentHashMap<>();

        Running(int number, Process process) {
            this.number = number;
            this.process = process;
            this.input = process.outputWriter(StandardCharsets.UTF_8);
            Thread reader = new Thread(this::read, "node-" + number);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader out =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                while (line != null) {
                    String[] words = line.split(" ", -1);
                    said.put(words[0].equals("NONCE") ? "NONCE " + words[1] : words[0], words);
                    line = out.readLine();
                }
            } catch (IOException gone) {
                said.put("GONE", new String[] {gone.toString()});
            }
        }

        void tell(String line) {
            try {
                input.write(line + "\n");
                input.flush();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        String[] last(String what) {
            return said.getOrDefault(what, new String[0]);
        }

        long finalHeight() {
            return last("HEAD").length < 5 ? 0 : Long.parseLong(last("HEAD")[3]);
        }

        int port() {
            return Integer.parseInt(last("PORT")[1]);
        }

        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
        }
    }

    @AfterEach
    void killAll() {
        for (Running node : nodes) {
            node.process.toHandle().destroyForcibly();
            node.process.onExit().join();
        }
    }

    private Running start(Path folder, int number, int port) throws IOException {
        String real = System.getProperty("surefire.test.class.path");
        Process process =
                new ProcessBuilder(
                                System.getProperty("java.home") + File.separator + "bin/java",
                                "-Xmx160m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                real == null ? System.getProperty("java.class.path") : real,
                                NetworkProcess.class.getName(),
                                folder.toString(),
                                String.valueOf(number),
                                String.valueOf(begun),
                                String.valueOf(port))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Running node = new Running(number, process);
        eventually("node " + number + " is up", () -> node.last("PORT").length == 2);
        return node;
    }

    private void dialAll(Running node) {
        nodes.stream()
                .filter(other -> other.number != node.number)
                .forEach(other -> node.tell("DIAL " + other.port()));
    }

    private static void eventually(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + TIMEOUT_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** A transfer from each account, handed to a node that lives. */
    private void pay(Running... living) {
        for (int from = 0; from < NODES; from++) {
            nonces[from]++;
            SignedTransaction transfer =
                    Transaction.of(
                                    NetworkProcess.key(from).publicKey(),
                                    new Nonce(nonces[from]),
                                    genesis.parameters().minimumGasPrice(),
                                    new Transfer(
                                            NetworkProcess.key((from + 1) % NODES).address(),
                                            Amount.of(1_000)))
                            .signedBy(NetworkProcess.key(from), genesis.networkId());
            for (Running node : living) {
                node.tell("SUBMIT " + transfer.encoded().toHex());
            }
        }
    }

    private void finalityMoves(Running node, long blocks) {
        long from = node.finalHeight();
        eventually(
                "node " + node.number + " finalises " + blocks + " more blocks",
                () -> node.finalHeight() >= from + blocks);
    }

    @Test
    void killsStopsAndRestartsEndInOneFinalChainWithAllMoneyInIt(@TempDir Path folder)
            throws IOException, InterruptedException {
        for (int number = 0; number < NODES; number++) {
            nodes.add(start(folder, number, 0));
        }
        nodes.forEach(this::dialAll);
        nodes.forEach(node -> finalityMoves(node, 4));
        pay(nodes.get(0));

        // One quarter of the stake is killed: the rest goes on; it comes back where it was.
        int port = nodes.get(3).port();
        nodes.get(3).process.toHandle().destroyForcibly();
        nodes.get(3).process.onExit().join();
        pay(nodes.get(1));
        finalityMoves(nodes.get(0), 8);
        nodes.set(3, start(folder, 3, port));
        dialAll(nodes.get(3));

        // Half of the stake stands still: no quorum; when it goes on, finality returns.
        nodes.get(1).signal("STOP");
        nodes.get(2).signal("STOP");
        pay(nodes.get(0), nodes.get(3));
        long height = nodes.get(0).finalHeight();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(4));
        assertThat(nodes.get(0).finalHeight()).isLessThanOrEqualTo(height + 8);
        nodes.get(1).signal("CONT");
        nodes.get(2).signal("CONT");
        nodes.forEach(node -> finalityMoves(node, 8));

        // Each in turn is killed and restarted.
        for (int number = 0; number < 2; number++) {
            int own = nodes.get(number).port();
            nodes.get(number).process.toHandle().destroyForcibly();
            nodes.get(number).process.onExit().join();
            nodes.set(number, start(folder, number, own));
            dialAll(nodes.get(number));
            finalityMoves(nodes.get(number), 4);
        }
        pay(nodes.get(0), nodes.get(2));

        for (Running node : nodes) {
            eventually("all transfers are final on node " + node.number, () -> hasAll(node));
            assertThat(node.last("HEAD")[5]).isEqualTo("true");
        }
        eventually(
                "all hold the same block to be final",
                () -> nodes.stream().map(node -> node.last("HEAD")[4]).distinct().count() == 1);
    }

    private boolean hasAll(Running node) {
        node.tell("ASK 0 1 2 3");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        for (int from = 0; from < NODES; from++) {
            String[] words = node.last("NONCE " + from);
            if (words.length < 3 || Long.parseLong(words[2]) < nonces[from]) {
                return false;
            }
        }
        return true;
    }
}
