package io.wormhole.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.device.DeviceProtocol.PartDone;
import io.wormhole.runtime.device.DeviceProtocol.PartFailed;
import io.wormhole.runtime.device.DeviceProtocol.PartProgress;
import io.wormhole.runtime.device.DeviceProtocol.PartStarted;
import io.wormhole.runtime.virtualprinter.Misbehaviour;
import io.wormhole.runtime.virtualprinter.VirtualPrinterSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The host against the virtual printer's firmware, without sockets and in made-up time. */
@Timeout(60)
final class HostSessionTest {
    private static final VirtualPrinterSettings INSTANT = VirtualPrinterSettings.instant(0, 0);
    private static final PartId FIRST = PartId.first("job-1", 1);

    @TempDir private Path folder = Path.of("");

    @Test
    void cupArrivesWholeAndThePrinterCountsIt() {
        Rig rig = new Rig(INSTANT);
        rig.print(FIRST, Parts.cup(), Begun.NOT);

        assertThat(rig.untilLast(PartDone.class)).isTrue();

        Evidence evidence = rig.last(PartDone.class).evidence();
        assertThat(evidence.confirmedByDevice()).isTrue();
        assertThat(evidence.resends()).isZero();
        assertThat(evidence.unknownCommands()).isZero();
        assertThat(rig.events.get(0)).isInstanceOf(PartStarted.class);
        assertThat(rig.events).filteredOn(PartProgress.class::isInstance).hasSizeGreaterThan(10);
        assertPrintedExactly(rig, 1, Parts.cup());
    }

    @Test
    void partThatIsOnTheBedIsNotPrintedAgain() {
        Rig rig = new Rig(INSTANT);
        PartSource source = Parts.small(folder, 50);
        rig.print(FIRST, source, Begun.NOT);
        rig.untilLast(PartDone.class);

        rig.print(FIRST, source, Begun.NOT);
        assertThat(rig.last(PartDone.class).evidence().alreadyPrinted()).isTrue();
        rig.killHost();
        rig.events.clear();
        rig.print(FIRST, source, new Begun.Maybe(50, Optional.empty()));

        assertThat(rig.untilLast(PartDone.class)).isTrue();
        assertThat(rig.last(PartDone.class).evidence().alreadyPrinted()).isTrue();
        assertPrintedExactly(rig, 1, source);
    }

    @Test
    void nextPartOfTheSameFileIsAnotherPart() {
        Rig rig = new Rig(INSTANT);
        PartSource source = Parts.small(folder, 50);
        for (int part = 1; part <= 3; part++) {
            rig.events.clear();
            rig.print(PartId.first("job-1", part), source, Begun.NOT);
            rig.untilLast(PartDone.class);
            assertThat(rig.last(PartDone.class).evidence().alreadyPrinted()).isFalse();
        }

        assertPrintedExactly(rig, 3, source);
    }

    @Test
    void temperatureQuestionsNeverStallAWindowOfOneLine() {
        Rig rig = new Rig(INSTANT.withSpeedFactor(20), Rig.SETTINGS.withWindowLines(1));
        PartSource source = Parts.small(folder, 300);
        rig.print(FIRST, source, Begun.NOT);

        assertThat(rig.untilLast(PartDone.class)).isTrue();

        assertPrintedExactly(rig, 1, source);
    }

    @Test
    void pulledCableLosesNothingAndDoublesNothing() {
        Rig rig = new Rig(INSTANT.with(Misbehaviour.dropAt(300)));
        rig.print(FIRST, Parts.cup(), Begun.NOT);

        assertThat(rig.untilLast(PartDone.class)).isTrue();

        assertThat(rig.hangUps).isEqualTo(1);
        assertPrintedExactly(rig, 1, Parts.cup());
    }

    @Test
    void hostKilledAtAnyMomentGoesOnWhereThePrinterIs() {
        long seed = Long.getLong("wormhole.seed", 42L);
        SplittableRandom random = new SplittableRandom(seed);
        PartSource source = Parts.small(folder, 400);
        for (int run = 0; run < 60; run++) {
            Rig rig = new Rig(INSTANT.with(Misbehaviour.noisyLine(20, 0, seed + run)));
            PartId part = PartId.first("job-" + run, 1);
            rig.print(part, source, Begun.NOT);
            int kills = 1 + random.nextInt(3);
            for (int kill = 0; kill < kills; kill++) {
                int steps = 1 + random.nextInt(25);
                rig.until(() -> false, steps);
                rig.killHost();
                rig.events.clear();
                rig.print(part, source, new Begun.Maybe(0, Optional.empty()));
            }
            boolean ended =
                    rig.until(
                            () ->
                                    !rig.events.isEmpty()
                                            && (rig.last() instanceof PartDone
                                                    || rig.last() instanceof PartFailed),
                            20_000);
            assertThat(ended).as("seed %d run %d", seed, run).isTrue();
            if (rig.last() instanceof PartFailed failed) {
                // Killed before the printer heard of the part: it says so, and nothing was begun.
                assertThat(failed.reason())
                        .as("seed %d run %d: %s", seed, run, failed)
                        .isEqualTo(FailureReason.DEVICE_LOST_POWER);
                assertThat(rig.firmware.status().path("partsStarted").asInt()).isZero();
            } else {
                assertPrintedExactly(rig, 1, source);
            }
        }
    }

    @Test
    void partThatNeverReachedAnIdlePrinterStartsFresh() {
        Rig rig = new Rig(INSTANT);
        rig.until(() -> false, 20);
        rig.killHost();

        rig.print(FIRST, Parts.small(folder, 20), new Begun.Maybe(0, Optional.empty()));

        assertThat(rig.untilLast(PartDone.class)).isTrue();
        assertThat(rig.last(PartDone.class).evidence().alreadyPrinted()).isFalse();
    }

    @Test
    void damagedLinesAndLostAnswersAreRepaired() {
        long seed = Long.getLong("wormhole.seed", 7L);
        PartSource source = Parts.small(folder, 600);
        for (int run = 0; run < 20; run++) {
            Rig rig = new Rig(INSTANT.with(Misbehaviour.noisyLine(30, 10, seed + run)));
            rig.print(FIRST, source, Begun.NOT);

            assertThat(rig.untilLast(PartDone.class)).as("seed %d run %d", seed, run).isTrue();
            assertPrintedExactly(rig, 1, source);
        }
    }

    @Test
    void powerCutInTheMiddleLosesThePart() {
        Rig rig = new Rig(INSTANT.with(Misbehaviour.rebootAt(200)));
        rig.print(FIRST, Parts.cup(), Begun.NOT);

        assertThat(rig.untilLast(PartFailed.class)).isTrue();

        PartFailed failed = rig.last(PartFailed.class);
        assertThat(failed.reason()).isEqualTo(FailureReason.DEVICE_LOST_POWER);
        assertThat(failed.deviceLostPower()).isTrue();
        assertThat(failed.mayResume()).isFalse();
        assertThat(failed.ackedCommands()).isBetween(150L, 200L);
        rig.print(new PartId("job-1", 1, 2), Parts.cup(), Begun.NOT);
        assertThat(rig.untilLast(PartDone.class)).isTrue();
        assertPrintedExactly(rig, 1, Parts.cup());
    }

    @Test
    void countersTellAFinishedPartAfterAPowerCut() {
        Rig rig = new Rig(INSTANT);
        PartSource source = Parts.small(folder, 50);
        rig.print(FIRST, source, Begun.NOT);
        rig.untilLast(PartDone.class);
        Optional<DeviceCounters> before = rig.last(PartDone.class).evidence().before();
        rig.killHost();
        rig.firmware.reboot(rig.now);

        rig.print(FIRST, source, new Begun.Maybe(30, before));

        assertThat(rig.untilLast(PartDone.class)).isTrue();
        assertThat(rig.last(PartDone.class).evidence().confirmedByDevice()).isTrue();
        rig.killHost();
        rig.events.clear();
        rig.print(FIRST, source, new Begun.Maybe(30, Optional.empty()));
        assertThat(rig.untilLast(PartFailed.class)).isTrue();
        assertThat(rig.last(PartFailed.class).deviceLostPower()).isTrue();
    }

    @Test
    void silentPrinterIsGivenUpAndMayBeGoneOnWith() {
        Rig rig = new Rig(INSTANT.with(Misbehaviour.silentAt(100)));
        rig.print(FIRST, Parts.cup(), Begun.NOT);

        assertThat(rig.untilLast(PartFailed.class)).isTrue();

        assertThat(rig.last(PartFailed.class).reason()).isEqualTo(FailureReason.PRINTER_SILENT);
        assertThat(rig.last(PartFailed.class).mayResume()).isTrue();
    }

    @Test
    void printerThatTalksNonsenseIsGivenUp() {
        Rig rig = new Rig(INSTANT.with(Misbehaviour.nonsenseAt(100)));
        rig.print(FIRST, Parts.cup(), Begun.NOT);

        assertThat(rig.untilLast(PartFailed.class)).isTrue();

        assertThat(rig.last(PartFailed.class).reason())
                .isEqualTo(FailureReason.PRINTER_TALKS_NONSENSE);
    }

    @Test
    void printerThatRefusesTheSameLineForEverFailsThePart() {
        Rig rig = new Rig(INSTANT.with(Misbehaviour.noisyLine(900, 0, 3)));
        rig.print(FIRST, Parts.cup(), Begun.NOT);

        assertThat(rig.untilLast(PartFailed.class)).isTrue();

        assertThat(rig.last(PartFailed.class).reason()).isEqualTo(FailureReason.DEVICE_FAULT);
        assertThat(rig.last(PartFailed.class).detail()).contains("keeps asking for");
    }

    @Test
    void slowPrinterIsWaitedFor() {
        Rig rig = new Rig(INSTANT.withSpeedFactor(1));
        PartSource source = Parts.small(folder, 30);
        rig.print(FIRST, source, Begun.NOT);

        assertThat(rig.untilLast(PartDone.class)).isTrue();

        assertThat(rig.now / 1_000_000_000).isGreaterThan(100);
        assertPrintedExactly(rig, 1, source);
    }

    @Test
    void coldExtrusionFailsThePartAndSwitchesTheHeatOff() throws Exception {
        Path file = Files.writeString(folder.resolve("cold.gcode"), "G28\nG1 X5 E5\nG1 X9 E9\n");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        Rig rig = new Rig(INSTANT);
        rig.print(FIRST, new PartSource(file, 3, HexFormat.of().formatHex(hash)), Begun.NOT);

        rig.until(() -> rig.events.stream().anyMatch(PartFailed.class::isInstance), 1_000);
        rig.until(() -> false, 50);

        assertThat(rig.last(PartFailed.class).detail()).contains("cold extrusion prevented");
        assertThat(rig.firmware.status().path("lastLineNumber").asLong()).isEqualTo(1);
    }

    @Test
    void fileThatChangedSinceTheCheckIsNotFinished() throws Exception {
        PartSource source = Parts.small(folder, 50);
        Files.writeString(source.file(), Files.readString(source.file()).replace("E0.1", "E0.2"));
        Rig rig = new Rig(INSTANT);
        rig.print(FIRST, source, Begun.NOT);

        assertThat(rig.untilLast(PartFailed.class)).isTrue();

        assertThat(rig.last(PartFailed.class).reason()).isEqualTo(FailureReason.FILE_UNREADABLE);
        assertThat(rig.last(PartFailed.class).detail()).contains("its hash is another");
        assertThat(rig.firmware.status().path("partsCompleted").asInt()).isZero();
    }

    @Test
    void stoppedPartIsOffAndForgotten() {
        Rig rig = new Rig(INSTANT.withSpeedFactor(1));
        rig.print(FIRST, Parts.cup(), Begun.NOT);
        rig.until(() -> rig.events.stream().anyMatch(PartStarted.class::isInstance), 1_000);
        rig.until(() -> false, 40);

        rig.host.stop("the operator said so", rig.now);
        rig.until(() -> false, 600);

        assertThat(rig.last(PartFailed.class).reason()).isEqualTo(FailureReason.STOPPED);
        JsonNode status = rig.firmware.status();
        assertThat(status.path("hotendTargetCelsius").asDouble()).isZero();
        assertThat(status.path("bedTargetCelsius").asDouble()).isZero();
        assertThat(status.path("lastLineNumber").asLong()).isEqualTo(1);
    }

    static void assertPrintedExactly(Rig rig, int parts, PartSource source) {
        JsonNode status = rig.firmware.status();
        long expected = Parts.analysis(source.file()).extrudedNm();
        assertThat(status.path("partsCompleted").asInt()).isEqualTo(parts);
        for (JsonNode part : status.path("parts")) {
            assertThat(part.path("extrudedNm").asLong()).isEqualTo(expected);
            assertThat(part.path("commands").asLong()).isGreaterThanOrEqualTo(source.commands());
        }
    }
}
