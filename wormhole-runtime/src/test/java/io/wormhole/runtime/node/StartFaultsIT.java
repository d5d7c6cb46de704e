package io.wormhole.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wormhole.cluster.data.DataDirectory;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.Terminal;
import io.wormhole.runtime.fixtures.RunningNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Why {@code wormhole up} does not start: in words, with exit code, and with the data as before.
 */
@Timeout(180)
final class StartFaultsIT {
    private static final long LARGE = 200L << 20;

    @TempDir private static Path pristine = Path.of("");
    @TempDir private Path root = Path.of("");
    private Path settings;
    private Path data;

    /** A node that has run, and holds blocks and a journal. */
    @BeforeAll
    static void runOnce() throws IOException {
        RunningNode.start(pristine).close();
    }

    @BeforeEach
    void copyNode() throws IOException {
        copy(pristine, root);
        settings = root.resolve("wormhole.conf");
        data = root.resolve("data");
        replace(settings, pristine.toAbsolutePath().toString(), root.toAbsolutePath().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "peers", "sessions"})
    void portInUseIsNamedAndTheNodeStartsWhenItIsFree(String which) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            replace(settings, which + ".port = 0", which + ".port = " + port);

            up().refusedWith(CommandFailed.REFUSED, port, which + ".port");
        }

        RunningNode.start(settings, RunningNode.TOKEN).close();
    }

    @Test
    void dataDirectoryOfRunningNodeIsRefusedAndTheNodeGoesOn() throws Exception {
        try (RunningNode running = RunningNode.start(settings, RunningNode.TOKEN)) {
            up().refusedWith(CommandFailed.REFUSED, data.toString(), "in use", "another directory");

            assertThat(running.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void dataOfAnotherNetworkIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Terminal.makeOperator(elsewhere);
        Files.copy(
                elsewhere.resolve("network"),
                root.resolve("genesis.wormhole"),
                StandardCopyOption.REPLACE_EXISTING);

        refused("belongs to network", "allowed is");
    }

    @Test
    void dataOfNewerVersionIsRefused() throws IOException {
        Path marker = data.resolve(DataDirectory.MARKER);
        replace(marker, "format=1", "format=99");

        refused("99", "newer");
    }

    @Test
    void damagedMarkerIsRefused() throws IOException {
        Files.write(data.resolve(DataDirectory.MARKER), new byte[100]);

        refused(DataDirectory.MARKER, "damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "chain"})
    void damagedDatabaseIsNamedAndLeftAsItIs(String which) throws IOException {
        Path file = databaseFile(which);
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] rubbish = new byte[(int) content.length()];
            Arrays.fill(rubbish, (byte) 0x5a);
            content.write(rubbish);
        }
        byte[] before = Files.readAllBytes(file);

        up().refusedWith(CommandFailed.REFUSED, which, "damaged");

        assertThat(Files.readAllBytes(file)).as("unchanged").isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "chain"})
    void cutDatabaseIsNamedAndLeftAsItIs(String which) throws IOException {
        Path file = databaseFile(which);
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(3_000);
        }

        up().refusedWith(CommandFailed.REFUSED, "the", which, "database");

        assertThat(file).as("unchanged").hasSize(3_000);
    }

    @Test
    void missingJournalOfNodeThatHadOneIsRefused() throws IOException {
        Files.delete(databaseFile("journal"));

        up().refusedWith(CommandFailed.REFUSED, "journal");
    }

    @Test
    void fullDiskIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path small = Files.createDirectory(root.resolve("small"));
        assumeTrue(
                isDone("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString()),
                "a small disk can be mounted by root only");
        try {
            replace(settings, data.toString(), small.resolve("data").toString());

            up().refusedWith(CommandFailed.REFUSED, small.toString(), "MiB left", "needed");
        } finally {
            isDone("umount", small.toString());
        }
    }

    @Test
    void networkFileThatIsNoneIsRefused() throws IOException {
        Path network = root.resolve("genesis.wormhole");
        byte[] good = Files.readAllBytes(network);

        Terminal.cut(network, 0.5);
        refused(network.toString(), "damaged");
        Files.write(network, good);
        Terminal.damage(network, good.length / 2);
        refused("network");
        try (RandomAccessFile file = new RandomAccessFile(network.toFile(), "rw")) {
            file.setLength(LARGE);
        }
        refused(network.toString(), "16 MiB");
        Files.delete(network);
        refused(network.toString(), "wormhole network create");
    }

    @Test
    void wrongPasswordIsRefused() throws IOException {
        Files.writeString(root.resolve("password"), "another\n");

        refused("password");
    }

    @Test
    void badSettingsAreNamedWithWhatIsAllowed() throws IOException {
        replace(settings, "peers.port = 0", "peers.port = 70000");
        up().refusedWith(CommandFailed.BAD_INPUT, "peers.port", "70000", "allowed");

        replace(settings, "peers.port = 70000", "colour = blue");
        up().refusedWith(CommandFailed.BAD_INPUT, "colour");

        replace(settings, "colour = blue", "channels.partner-silence = never");
        up().refusedWith(CommandFailed.BAD_INPUT, "partner-silence", "never", "allowed");
    }

    @Test
    void settingsThatAreNoTextAreRefused() throws IOException {
        Files.write(settings, new byte[] {(byte) 0xff, 0, 1, 2, '{', '{'});

        up().refusedWith(CommandFailed.BAD_INPUT, settings.toString());
        Files.delete(settings);
        up().refusedWith(CommandFailed.BAD_INPUT, settings.toString());
    }

    @Test
    void doctorFindsWhatIsWrong() throws IOException {
        Terminal.cut(root.resolve("keys.wormhole"), 0.5);

        Terminal.Outcome found = Terminal.run("doctor", "--config", settings);

        assertThat(found.exitCode()).isNotZero();
        assertThat(found.out()).contains("BAD  keys").contains("ok   database");
    }

    // Refused before anything of the data is touched.
    private void refused(String... words) throws IOException {
        List<Long> before = sizes();

        up().refusedWith(CommandFailed.REFUSED, words);

        assertThat(sizes()).as("the data is as before").isEqualTo(before);
    }

    private List<Long> sizes() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(DataDirectory.LOCK))
                    .sorted()
                    .map(file -> file.toFile().length())
                    .toList();
        }
    }

    private Terminal.Outcome up() {
        return Terminal.run("up", "--config", settings);
    }

    private Path databaseFile(String which) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith(".mv.db"))
                    .filter(file -> data.relativize(file).toString().startsWith(which))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean isDone(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static void replace(Path file, String what, String by) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(what);
        Files.writeString(file, text.replace(what, by));
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.sorted().toList();
        }
        for (Path path : all) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target);
            }
        }
    }
}
