package io.wormhole.runtime.gcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cup that the repository ships is what its README says. */
final class CupTest {

    @Test
    void cupIsAcceptedWithSaneTotals() throws IOException {
        GcodeVerdict verdict =
                GcodeChecker.check(
                        GcodeFiles.cup(), PrinterCapability.desktop(), GcodeLimits.defaults());

        assertThat(verdict).isInstanceOf(GcodeVerdict.Accepted.class);
        GcodeAnalysis analysis = ((GcodeVerdict.Accepted) verdict).analysis();
        assertThat(analysis.layers()).isEqualTo(70);
        assertThat(analysis.extrudedNm()).isBetween(1_100_000_000L, 1_130_000_000L);
        assertThat(analysis.commands()).isBetween(5_000L, 10_000L);
        assertThat(analysis.maxHotendCelsius()).isEqualTo(205);
        assertThat(analysis.maxBedCelsius()).isEqualTo(60);
        assertThat(analysis.bounds().orElseThrow().max().z()).isEqualTo(21_000_000);
        assertThat(analysis.estimated().toMinutes()).isBetween(5L, 60L);
        assertThat(analysis.bytes()).isLessThan(400_000);
    }

    @Test
    @Timeout(60)
    void scriptReproducesTheCupByteForByte() throws Exception {
        Path script = GcodeFiles.cup().resolveSibling("make-cup.py");
        Path made = Files.createTempFile("cup", ".gcode");
        try {
            Process slicer =
                    new ProcessBuilder("python3", script.toString())
                            .redirectOutput(made.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean ended = slicer.waitFor(50, TimeUnit.SECONDS);
            assertThat(ended && slicer.exitValue() == 0).isTrue();
            assertThat(Files.mismatch(made, GcodeFiles.cup())).isEqualTo(-1);
        } catch (IOException e) {
            assumeTrue(false, "python3 is not installed: " + e.getMessage());
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
