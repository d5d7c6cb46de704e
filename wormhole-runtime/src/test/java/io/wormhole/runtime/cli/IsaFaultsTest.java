package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code wormhole isa inspect} says of packages that must not be accepted. */
final class IsaFaultsTest {
    private static final long LARGE = 200L << 20;

    @TempDir private static Path root = Path.of("");
    private static byte[] whole = new byte[0];

    private final Path isa = root.resolve("part.isa");
    private Path network = root.resolve("network");

    @BeforeAll
    static void buildPackage() throws IOException {
        Terminal.makeOperator(root);
        build("1.5").succeeded();
        whole = Files.readAllBytes(root.resolve("part.isa"));
    }

    @BeforeEach
    void startWithGoodPackage() throws IOException {
        Files.write(isa, whole);
    }

    @Test
    void goodPackageIsShown() {
        Terminal.Outcome shown = inspect();

        assertThat(shown.succeeded().out()).contains("fdm-printing");
    }

    @Test
    void everyCutPackageIsRefused() throws IOException {
        for (int length = 0; length < whole.length; length += 37) {
            Files.write(isa, Arrays.copyOf(whole, length));

            inspect().refusedWith(CommandFailed.BAD_INPUT);
        }
    }

    @Test
    void everyChangedByteIsRefused() throws IOException {
        for (int offset = 0; offset < whole.length; offset += 41) {
            Files.write(isa, whole);
            Terminal.damage(isa, offset);

            inspect().refusedWith(CommandFailed.BAD_INPUT);
        }
    }

    @Test
    void bytesBehindTheEndAreRefused() throws IOException {
        Files.write(isa, Arrays.copyOf(whole, whole.length + 1));

        inspect().refusedWith(CommandFailed.BAD_INPUT);
    }

    @Test
    void oversizedPackageIsRefusedBeforeItIsRead() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(isa.toFile(), "rw")) {
            file.setLength(LARGE);
        }

        inspect().refusedWith(CommandFailed.BAD_INPUT, Long.toString(LARGE), "allowed");
    }

    @Test
    void packageSignedForAnotherNetworkIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Terminal.makeOperator(elsewhere);
        network = elsewhere.resolve("network");

        inspect().refusedWith(CommandFailed.BAD_INPUT, "sign");
    }

    @Test
    void damagedNetworkFileIsNamed() throws IOException {
        network = root.resolve("no-network");
        Files.writeString(network, "no network");

        inspect().refusedWith(CommandFailed.BAD_INPUT, network.toString(), "damaged");
    }

    @Test
    void faultNamesThePackage() throws IOException {
        Files.writeString(isa, "PK");

        inspect()
                .refusedWith(CommandFailed.BAD_INPUT, "wormhole: " + isa + ": malformed at byte 0");
    }

    @Test
    void networkFileThatIsNoneIsNotRead() {
        network = root;

        inspect().refusedWith(CommandFailed.BAD_INPUT, "network file " + root + " is not a file");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void passwordFileWithoutEndIsNotReadToItsEnd() {
        Terminal.run("key", "show", "--file", root.resolve("keys"), "--password-file", "/dev/zero")
                .refusedWith(CommandFailed.BAD_INPUT, "longer than 4096 bytes");
    }

    @Test
    void packageIsWrittenWholeUnderAnotherNameFirst() throws IOException {
        Path before = Files.createLink(root.resolve("before.isa"), isa);

        build("2.5").succeeded();

        assertThat(before).hasBinaryContent(whole);
        assertThat(Files.readAllBytes(isa)).isNotEqualTo(whole);
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith("~"));
        }
        Files.delete(before);
        build("1.5").succeeded();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fullDiskIsSaidWithTheFile() {
        buildTo(Path.of("/dev/full"), "1.5")
                .refusedWith(CommandFailed.REFUSED, "/dev/full cannot be written: No space left");
    }

    @Test
    void priceThatIsNoneIsRefused() throws IOException {
        Files.delete(isa);

        for (String price : new String[] {"-1", "1e9", "much", "99999999999999999999"}) {
            build(price).refusedWith(CommandFailed.BAD_INPUT);
        }

        assertThat(isa).doesNotExist();
    }

    private Terminal.Outcome inspect() {
        return Terminal.run("isa", "inspect", isa, "--network", network);
    }

    private static Terminal.Outcome build(String price) throws IOException {
        Files.writeString(
                root.resolve("part.gcode"),
                "G21\nG90\nM82\nM104 S205\nG28\nG92 E0\nG1 X10 Y10 Z0.2 E1 F1200\n");
        return buildTo(root.resolve("part.isa"), price);
    }

    private static Terminal.Outcome buildTo(Path out, String price) {
        return Terminal.run(
                "isa",
                "build",
                "--gcode",
                root.resolve("part.gcode"),
                "--price",
                price,
                "--out",
                out,
                "--keys",
                root.resolve("keys"),
                "--password-file",
                root.resolve("password"),
                "--network",
                root.resolve("network"));
    }
}
