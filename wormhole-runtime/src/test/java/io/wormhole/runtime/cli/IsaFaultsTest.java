package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
        Path gcode = root.resolve("part.gcode");
        Files.writeString(
                gcode, "G21\nG90\nM82\nM104 S205\nG28\nG92 E0\nG1 X10 Y10 Z0.2 E1 F1200\n");
        return Terminal.run(
                "isa",
                "build",
                "--gcode",
                gcode,
                "--price",
                price,
                "--out",
                root.resolve("part.isa"),
                "--keys",
                root.resolve("keys"),
                "--password-file",
                root.resolve("password"),
                "--network",
                root.resolve("network"));
    }
}
