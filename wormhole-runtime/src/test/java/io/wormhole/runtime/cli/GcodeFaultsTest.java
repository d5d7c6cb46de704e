package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code wormhole isa build} says of G-code that must not reach a printer. */
final class GcodeFaultsTest {
    private static final String START = "G21\nG90\nM82\nM104 S205\nG28\nG92 E0\n";
    private static final long LARGE = 200L << 20;

    @TempDir private static Path operator = Path.of("");
    @TempDir private Path root = Path.of("");
    private Path gcode;
    private Path isa;

    @BeforeAll
    static void makeOperator() {
        Terminal.makeOperator(operator);
    }

    @BeforeEach
    void nameFiles() {
        gcode = root.resolve("part.gcode");
        isa = root.resolve("part.isa");
    }

    @Test
    void goodFileBecomesPackage() throws IOException {
        Files.writeString(gcode, START + "G1 X10 Y10 Z0.2 E1 F1200\n");

        build().succeeded();

        assertThat(isa).isNotEmptyFile();
    }

    @Test
    void unknownCommandIsNamedWithItsLine() throws IOException {
        Files.writeString(gcode, START + "M999\nG1 X10 Y10 Z0.2 E1 F1200\n");

        refused("line 7", "M999", "allowed");
    }

    @Test
    void moveOutOfTheBuildVolumeIsNamedWithItsBounds() throws IOException {
        Files.writeString(gcode, START + "G1 X10 Y10 Z0.2 E1 F1200\nG1 X900 Y10 E2\n");

        refused("line 8", "900", "allowed");
    }

    @Test
    void temperatureOverTheLimitIsNamed() throws IOException {
        Files.writeString(gcode, START + "M104 S950\nG1 X10 Y10 Z0.2 E1 F1200\n");

        refused("line 7", "950", "allowed");
    }

    @Test
    void binaryGarbageIsRefused() throws IOException {
        byte[] garbage = new byte[100_000];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) random.nextInt();
        }
        Files.write(gcode, garbage);

        refused("line 1", "allowed");
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        Files.writeString(gcode, "");

        refused("allowed");
    }

    @Test
    void fileOf200MegabytesIsRefusedBeforeItIsRead() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(gcode.toFile(), "rw")) {
            file.setLength(LARGE);
        }

        refused(Long.toString(LARGE), "allowed");
    }

    @Test
    void directoryIsRefused() throws IOException {
        Files.createDirectory(gcode);

        refused(gcode.toString());
    }

    private void refused(String... words) {
        build().refusedWith(CommandFailed.BAD_INPUT, words);

        assertThat(isa).as("nothing is written").doesNotExist();
    }

    private Terminal.Outcome build() {
        return Terminal.run(
                "isa",
                "build",
                "--gcode",
                gcode,
                "--price",
                "1.5",
                "--out",
                isa,
                "--keys",
                operator.resolve("keys"),
                "--password-file",
                operator.resolve("password"),
                "--network",
                operator.resolve("network"));
    }
}
