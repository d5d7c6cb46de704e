package io.wormhole.runtime.gcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GcodeCheckerTest {

    @Test
    void totalsFollowAbsoluteAndRelativeExtrusionAndResets() {
        GcodeAnalysis analysis =
                accepted(
                        GcodeFiles.START
                                + "G1 Z0.2 F600\nG1 X10 E1\nG1 X20 E2\nG92 E0\nM83\nG1 X30 E0.5\n"
                                + "G1 E-0.25\nG1 Z0.4\nG1 X10 E1.25\n");

        assertThat(analysis.extrudedNm()).isEqualTo(3_500_000);
        assertThat(analysis.layers()).isEqualTo(2);
        assertThat(analysis.bounds())
                .contains(new Box(new Point(0, 0, 200_000), new Point(30_000_000, 0, 400_000)));
        assertThat(analysis.maxHotendCelsius()).isEqualTo(200);
        assertThat(analysis.commands()).isEqualTo(14);
    }

    @Test
    void inchesAndWorkspaceShiftAreMachineCoordinates() {
        GcodeAnalysis analysis =
                accepted(GcodeFiles.START + "G1 X10 Y10 Z1 F600\nG92 X0\nG20\nG1 X1 E0.1\n");

        assertThat(analysis.bounds().map(Box::max))
                .contains(new Point(35_400_000, 10_000_000, 1_000_000));
        assertThat(analysis.extrudedNm()).isEqualTo(2_540_000);
    }

    @Test
    void relativeModeSwitchesTheExtruderToo() {
        GcodeAnalysis analysis =
                accepted(
                        GcodeFiles.START
                                + "G91\nG1 X1 E1\nG1 X1 E1\nM82\nG1 X1 E5\nG90\nG1 X9 E6\n");

        assertThat(analysis.extrudedNm()).isEqualTo(6_000_000);
    }

    @Test
    void timeIsDistanceOverSpeed() {
        GcodeAnalysis analysis = accepted(GcodeFiles.START + "G1 X100 E5 F6000\nG4 P1500\nG4 S1\n");

        assertThat(analysis.estimated().toMillis()).isEqualTo(3_500);
    }

    @Test
    void everyFaultIsListedWithItsLineAndWhatIsAllowed() {
        GcodeVerdict.Refused refused =
                refused("G28\nM104 S300\nM140 S150\nG1 X300 F600\nG1 X10 F60000\nM600\nG2 X1 I1\n");

        assertThat(refused.faults())
                .extracting(GcodeFault::line)
                .containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(refused.message())
                .contains("line 2: hotend temperature 300 °C; allowed: 0 to 260 °C")
                .contains("line 3: bed temperature 150 °C; allowed: 0 to 100 °C")
                .contains("line 4: move to X300 Y0 Z0")
                .contains("line 5: speed 60000 mm/min; allowed: at most 12000 mm/min")
                .contains("line 6: command M600")
                .contains("line 7: command G2");
    }

    @Test
    void faultListIsBoundedAndTheRestCounted() {
        GcodeVerdict.Refused refused = refused("G28\n" + "G1 X999\nG1 X0\n".repeat(100));

        assertThat(refused.faults()).hasSize(20);
        assertThat(refused.more()).isEqualTo(80);
        assertThat(refused.message()).endsWith("and 80 more");
    }

    @Test
    void dangerousFilesAreRefused() {
        assertThat(refused("G1 X1\n").message()).contains("before G28");
        assertThat(refused("G28\nG1 X1 E1\n").message()).contains("hotend set to 0 °C");
        assertThat(refused(";nothing\n").message()).contains("no command");
        assertThat(refused("G28\nG1 X1\n").message()).contains("nothing is extruded");
        assertThat(refused("G28\nM104 S-5\n").message()).contains("-5 °C");
        assertThat(refused("G28\nM110 N5\n").message()).contains("command M110");
        assertThat(refused(GcodeFiles.START + "G1 X1 E500000\n").message()).contains("filament");
        assertThat(refused(GcodeFiles.START + "M220 S900\nG1 X1 E1\n").message())
                .contains("speed factor 900");
        assertThat(refused(GcodeFiles.START + "G1 Z-1\n").message()).contains("Z-1");
    }

    @Test
    void flowFactorCountsAgainstTheFilamentLimit() {
        String text = GcodeFiles.START + "M221 S200\nG1 X1 E300000\n";

        assertThat(refused(text).message()).contains("400000 mm of filament");
    }

    @Test
    void capableArcPrinterStillKeepsCirclesInside() {
        PrinterCapability arcs =
                new PrinterCapability(
                        Box.ofMillimetres(100, 100, 100),
                        260,
                        100,
                        12_000,
                        1_000,
                        Set.of("G28", "M109", "G90", "M82", "G92", "G1", "G2"));
        String start = GcodeFiles.START + "G1 X50 Y50 F600\n";

        assertThat(GcodeFiles.check(start + "G2 X60 Y50 I5 J0 E1\n", arcs))
                .isInstanceOf(GcodeVerdict.Accepted.class);
        assertThat(GcodeFiles.check(start + "G2 X60 Y50 I60 J0 E1\n", arcs))
                .isInstanceOf(GcodeVerdict.Refused.class);
    }

    @Test
    void softEndstopsCutMovesOffOnceHomed() {
        Motion motion = new Motion(Optional.of(Box.ofMillimetres(10, 10, 10)));
        motion.apply(GcodeCommand.parse("G28"));

        motion.apply(GcodeCommand.parse("G1 X50 Y-5 Z3"));

        assertThat(motion.position()).isEqualTo(new Point(10_000_000, 0, 3_000_000));
    }

    private static GcodeAnalysis accepted(String text) {
        GcodeVerdict verdict = GcodeFiles.check(text);
        assertThat(verdict).isInstanceOf(GcodeVerdict.Accepted.class);
        return ((GcodeVerdict.Accepted) verdict).analysis();
    }

    private static GcodeVerdict.Refused refused(String text) {
        GcodeVerdict verdict = GcodeFiles.check(text);
        assertThat(verdict).isInstanceOf(GcodeVerdict.Refused.class);
        return (GcodeVerdict.Refused) verdict;
    }
}
