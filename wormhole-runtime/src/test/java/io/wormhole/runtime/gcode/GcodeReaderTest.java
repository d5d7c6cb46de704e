package io.wormhole.runtime.gcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it looks at the heap, which other tests would fill meanwhile")
final class GcodeReaderTest {

    @Test
    void commentsBlankLinesNumbersAndChecksumsAreTakenOff() throws Exception {
        String numbered = Checksum.wrap(7, "G1 X1");

        List<String> commands =
                commands("; head\n\n  G28 ; home\r\nG1 (move) X5 (x)\n" + numbered + "\nM105");

        assertThat(commands).containsExactly("G28", "G1  X5", "G1 X1", "M105");
    }

    @Test
    void lineNumbersAndOffsetsPointIntoTheFile() throws Exception {
        GcodeReader reader = GcodeFiles.reader(";a\nG28\n\nG1 X1\n");

        assertThat(reader.next()).contains(new GcodeLine(2, 3, "G28"));
        assertThat(reader.next()).contains(new GcodeLine(4, 8, "G1 X1"));
        assertThat(reader.next()).isEmpty();
        assertThat(reader.linesRead()).isEqualTo(4);
    }

    @Test
    void wrongChecksumInTheFileIsRefused() {
        assertThatThrownBy(() -> commands("N3 G28*99\n"))
                .isInstanceOf(GcodeRefusedException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("99");
    }

    @Test
    void binaryGarbageIsRefusedWithLineAndOffset() {
        assertThatThrownBy(() -> commands("G28\nG1 X1\u0000\n"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("0x00 at offset 9");
        assertThatThrownBy(() -> commands("\u007fELF\u0002\u0001"))
                .hasMessageContaining("line 1")
                .hasMessageContaining("offset 0");
        assertThatThrownBy(() -> commands("G1 X\u00e9")).hasMessageContaining("0xe9 at offset 4");
    }

    @Test
    void commandLongerThanMarlinTakesIsRefused() throws Exception {
        String longest = "M117 " + "x".repeat(GcodeLimits.MARLIN_COMMAND_BYTES - 5);

        assertThat(commands(longest + " ; comment".repeat(50))).hasSize(1);
        assertThatThrownBy(() -> commands(longest + "x")).hasMessageContaining("79 bytes");
    }

    @Test
    void fileOfTwoHundredMegabytesIsRefusedBeforeItIsRead(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("huge.gcode");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(200L << 20);
        }

        GcodeVerdict verdict =
                GcodeChecker.check(file, PrinterCapability.desktop(), GcodeLimits.defaults());

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        GcodeVerdict.Refused.class,
                        refused ->
                                assertThat(refused.message())
                                        .contains("209715200 bytes")
                                        .contains("67108864"));
    }

    @Test
    void endlessStreamIsRefusedWithoutGrowingMemory() {
        GcodeLimits limits = GcodeLimits.defaults();
        GcodeReader reader = new GcodeReader(new Endless("G1 X1 Y1 ; comment\n"), limits);
        Runtime runtime = Runtime.getRuntime();
        long before = used(runtime);

        assertThatThrownBy(() -> drain(reader)).isInstanceOf(GcodeRefusedException.class);

        assertThat(used(runtime) - before).isLessThan(16L << 20);
        assertThat(reader.bytesRead()).isLessThan(limits.maxFileBytes() + (1 << 16));
    }

    @Test
    void endlessLineIsRefused() {
        GcodeReader reader = new GcodeReader(new Endless(";"), GcodeLimits.defaults());

        assertThatThrownBy(() -> drain(reader)).hasMessageContaining("16384 bytes");
    }

    @Test
    void noiseNeverEscapesAsAnythingButARefusal() throws IOException {
        long seed = Long.getLong("wormhole.seed", 20_261_120L);
        SplittableRandom random = new SplittableRandom(seed);
        String letters = "GMTXYZEFSN0123456789.-+ ;()*\n\r\t\u0000\u00ff";
        for (int run = 0; run < 5_000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(120); i > 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(GcodeFiles.check(text.toString()))
                    .as("seed %d run %d: %s", seed, run, text)
                    .isInstanceOf(GcodeVerdict.class);
        }
    }

    private static long used(Runtime runtime) {
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void drain(GcodeReader reader) throws IOException, GcodeRefusedException {
        Optional<GcodeLine> line = reader.next();
        while (line.isPresent()) {
            line = reader.next();
        }
    }

    private static List<String> commands(String text) throws IOException, GcodeRefusedException {
        List<String> commands = new ArrayList<>();
        GcodeReader reader = GcodeFiles.reader(text);
        for (Optional<GcodeLine> line = reader.next(); line.isPresent(); line = reader.next()) {
            commands.add(line.get().command());
        }
        return commands;
    }

    /** Repeats a text for ever. */
    private static final class Endless extends InputStream {
        private final byte[] text;
        private int at;

        Endless(String text) {
            this.text = text.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read() {
            return text[at++ % text.length];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            for (int i = 0; i < length; i++) {
                bytes[offset + i] = text[at];
                at = (at + 1) % text.length;
            }
            return length;
        }
    }
}
