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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four nodes in processes of their own: killed, cut off from each other, with a full disk, with a
 * wrong clock, and restarted one after another.
 */
@Timeout(300)
class NetworkIT {
    private static final long TIMEOUT_SECONDS = 60;

    private final long begun = System.currentTimeMillis() - 1000;
    private final Genesis genesis = NetworkProcess.genesis(begun);
    private final List<Running> nodes = new ArrayList<>();
    private final long[] nonces = new long[NODES];
    private final Map<String, Cable> cables = new ConcurrentHashMap<>();

    /** What one process has said. */
    private static final class Running {
        private final int number;
        private final Process process;
        private final Writer input;
        private final Map<String, String[]> said = new ConcurrentHashMap<>();
        private final Map<String, String> texts = new ConcurrentHashMap<>();

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
                    texts.put(words[0], line);
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

        long headHeight() {
            return last("HEAD").length < 5 ? 0 : Long.parseLong(last("HEAD")[1]);
        }

        /**
         * The head's height at some moment after this is asked; what it says by itself is older.
         */
        long heightNow() {
            said.remove("HEIGHT");
            tell("HEIGHT");
            eventually("node " + number + " says its height", () -> last("HEIGHT").length == 2);
            return Long.parseLong(last("HEIGHT")[1]);
        }

        int port() {
            return Integer.parseInt(last("PORT")[1]);
        }

        /** The last line that began with a word. */
        String text(String what) {
            return texts.getOrDefault(what, "");
        }

        /** What its clock makes it say. */
        String paused() {
            tell("STATUS");
            return text("PAUSED");
        }
    }

    /** How a process is started. */
    private record Conditions(int port, long clockOffSeconds, long mostFileBytes) {
        static final Conditions FIRST = new Conditions(0, 0, 0);

        static Conditions on(int port) {
            return new Conditions(port, 0, 0);
        }
    }

    @AfterEach
    void killAll() {
        for (Running node : nodes) {
            node.process.toHandle().destroyForcibly();
            node.process.onExit().join();
        }
        cables.values().forEach(Cable::close);
    }

    private Running start(Path folder, int number, Conditions conditions) throws IOException {
        String real = System.getProperty("surefire.test.class.path");
        // To a process a limit on the size of files looks like a disk that is full.
        String limit =
                conditions.mostFileBytes() == 0
                        ? "unlimited"
                        : String.valueOf(conditions.mostFileBytes() / 1024);
        Process process =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "ulimit -f " + limit + "; exec \"$0\" \"$@\"",
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
                                String.valueOf(conditions.port()),
                                String.valueOf(conditions.clockOffSeconds()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Running node = new Running(number, process);
        eventually("node " + number + " is up", () -> node.last("PORT").length == 2);
        return node;
    }

    /** Of two nodes the lower dials, through a cable. */
    private void dialAll(Running node) {
        for (Running other : nodes) {
            if (other.number < node.number) {
                other.tell("DIAL " + cable(other, node).port());
            } else if (other.number > node.number) {
                node.tell("DIAL " + cable(node, other).port());
            }
        }
    }

    private Cable cable(Running from, Running to) {
        return cables.computeIfAbsent(from.number + "-" + to.number, name -> new Cable(to.port()));
    }

    private void kill(int number) {
        nodes.get(number).process.toHandle().destroyForcibly();
        nodes.get(number).process.onExit().join();
    }

    /** Starts a node anew where it was. */
    private void restart(Path folder, int number, Conditions conditions) throws IOException {
        nodes.set(number, start(folder, number, conditions));
        dialAll(nodes.get(number));
    }

    private static long largestFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElseThrow();
        }
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
    void troubleOfEveryKindEndsInOneFinalChainWithAllMoneyInIt(@TempDir Path folder)
            throws IOException {
        for (int number = 0; number < NODES; number++) {
            nodes.add(start(folder, number, Conditions.FIRST));
        }
        nodes.forEach(this::dialAll);
        nodes.forEach(node -> finalityMoves(node, 4));
        pay(nodes.get(0));

        aKilledNodeComesBackWithAWrongClock(folder);
        aPartitionStallsFinalityUntilItHeals();
        aDiskFillsUpAndIsEmptied(folder);
        theRestIsKilledAndRestartedInTurn(folder);

        for (Running node : nodes) {
            eventually("all transfers are final on node " + node.number, () -> hasAll(node));
            assertThat(node.last("HEAD")[5]).isEqualTo("true");
        }
        eventually(
                "all hold the same block to be final",
                () -> nodes.stream().map(node -> node.last("HEAD")[4]).distinct().count() == 1);
    }

    /** One quarter of the stake is gone, then there but twenty minutes ahead: the rest goes on. */
    private void aKilledNodeComesBackWithAWrongClock(Path folder) throws IOException {
        int port = nodes.get(3).port();
        kill(3);
        pay(nodes.get(1));
        restart(folder, 3, new Conditions(port, 1_200, 0));
        eventually("node 3 says that its clock is wrong", () -> isPaused(nodes.get(3)));
        finalityMoves(nodes.get(0), 8);
        kill(3);
        restart(folder, 3, Conditions.on(port));
        finalityMoves(nodes.get(3), 4);
    }

    private static boolean isPaused(Running node) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        return node.paused().contains("clock");
    }

    private void aPartitionStallsFinalityUntilItHeals() {
        List<Cable> between = Stream.of("0-2", "0-3", "1-2", "1-3").map(cables::get).toList();
        between.forEach(Cable::cut);
        pay(nodes.get(0), nodes.get(3));
        int epoch = genesis.parameters().finality().epochLength();
        // Votes that were cast before the cut may still make blocks final, none later than these.
        long known = nodes.stream().mapToLong(Running::heightNow).max().orElseThrow() + epoch;
        eventually("one half goes on alone", () -> nodes.get(0).headHeight() >= known + 3L * epoch);
        assertThat(nodes.get(0).finalHeight()).isLessThanOrEqualTo(known);
        between.forEach(Cable::mend);
        nodes.forEach(node -> finalityMoves(node, 8));
    }

    private void aDiskFillsUpAndIsEmptied(Path folder) throws IOException {
        int port = nodes.get(2).port();
        kill(2);
        restart(folder, 2, new Conditions(port, 0, largestFile(folder) + (64 << 10)));
        nodes.get(2).process.onExit().join();
        assertThat(nodes.get(2).text("ENDED")).isNotEmpty();
        restart(folder, 2, Conditions.on(port));
        finalityMoves(nodes.get(2), 4);
    }

    private void theRestIsKilledAndRestartedInTurn(Path folder) throws IOException {
        for (int number = 0; number < 2; number++) {
            int port = nodes.get(number).port();
            kill(number);
            restart(folder, number, Conditions.on(port));
            finalityMoves(nodes.get(number), 4);
        }
        pay(nodes.get(0), nodes.get(2));
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
