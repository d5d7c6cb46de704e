package io.wormhole.runtime.virtualprinter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.gcode.GcodeChecker;
import io.wormhole.runtime.gcode.GcodeCommand;
import io.wormhole.runtime.gcode.Motion;
import io.wormhole.runtime.gcode.Move;
import io.wormhole.runtime.gcode.Point;
import io.wormhole.runtime.gcode.PrintTally;
import io.wormhole.runtime.gcode.PrinterCapability;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** What the commands act on: axes, heaters, fan, print timer. Gone with the power. */
final class Machine {
    private static final double HOTEND_CELSIUS_PER_SECOND = 2.5;
    private static final double BED_CELSIUS_PER_SECOND = 0.8;
    private static final long HOMING_NANOS = 8_000_000_000L;
    private static final long LONGEST_EXTRUSION_NM = 200_000_000L;

    private final VirtualPrinterSettings settings;
    private final PrinterTotals totals;
    private final Consumer<String> out;
    private final Motion motion;
    private final Planner planner;
    private final Heater hotend;
    private final Heater bed;
    private PrintTally part = new PrintTally();
    private long partCommands;
    private boolean partRunning;
    private long partStartedAt;
    private String label = "";
    private int fan;
    private boolean waitCancelled;
    private long autoReportNanos;
    private long nextAutoReport = Long.MAX_VALUE;
    private long lastAdvance;

    /** When a command will be done. */
    interface Waiting {
        /** A command that is done at once. */
        Waiting NOTHING = now -> now;

        /** A time that is not after now when it is done. */
        long until(long now);

        /** Whether it waits for a temperature, which is reported meanwhile. */
        default boolean heating() {
            return false;
        }
    }

    Machine(VirtualPrinterSettings settings, PrinterTotals totals, Consumer<String> out) {
        this.settings = settings;
        this.totals = totals;
        this.out = out;
        this.motion = new Motion(Optional.of(settings.buildVolume()));
        this.planner = new Planner(settings.speedFactor());
        double factor = settings.speedFactor();
        this.hotend = new Heater(HOTEND_CELSIUS_PER_SECOND * factor, settings.maxHotendCelsius());
        this.bed = new Heater(BED_CELSIUS_PER_SECOND * factor, settings.maxBedCelsius());
    }

    /** Lets time pass. */
    void advance(long now) {
        double seconds = lastAdvance == 0 ? 0 : (now - lastAdvance) / 1e9;
        lastAdvance = now;
        hotend.advance(seconds);
        bed.advance(seconds);
    }

    Waiting carryOut(GcodeCommand command, String text, long now) {
        partCommands++;
        Optional<Move> move = motion.apply(command);
        if (move.isPresent()) {
            return command.name().equals("G0") || command.name().equals("G1")
                    ? move(move.get(), now)
                    : unknown(text);
        }
        return switch (command.name()) {
            case "G4" -> dwell(GcodeChecker.dwellNanos(command), now);
            case "G28" -> dwell(HOMING_NANOS, now);
            case "M104" -> heat(hotend, command);
            case "M140" -> heat(bed, command);
            case "M109" -> heatAndWait(hotend, command);
            case "M190" -> heatAndWait(bed, command);
            case "M400" -> dwell(0, now);
            case "M114" -> position(now);
            default -> settle(command, text, now);
        };
    }

    /** Commands that are done at once. */
    private Waiting settle(GcodeCommand command, String text, long now) {
        switch (command.name()) {
            case "G20", "G21", "G90", "G91", "G92", "M82", "M83", "M220", "M221" -> {}
            case "M17", "M18", "M73", "M84", "M85", "M105", "M111", "M113", "M201", "M203" -> {}
            case "M204", "M205", "M211", "M302", "M410", "M420", "M900" -> {}
            case "M31" ->
                    out.accept("echo:Print time: " + (now - partStartedAt) / 1_000_000_000 + "s");
            case "M75" -> startPart(now);
            case "M76" -> {}
            case "M77" -> finishPart();
            case "M78" -> statistics();
            case "M106" -> fan = (int) Math.min(255, command.whole('S', 255));
            case "M107" -> fan = 0;
            case "M108" -> stopWaiting();
            case "M115" -> firmware();
            case "M117" -> label = command.text();
            case "M118" -> out.accept(echoed(command.text()));
            case "M119" -> endstops();
            case "M155" -> autoReport(command, now);
            case "M999" -> {}
            case "T0" -> out.accept("echo:Active Extruder: 0");
            default -> {
                return command.name().startsWith("T") ? invalidTool(command.name()) : unknown(text);
            }
        }
        return Waiting.NOTHING;
    }

    Waiting unknown(String text) {
        out.accept("echo:Unknown command: \"" + text + "\"");
        return Waiting.NOTHING;
    }

    private Waiting invalidTool(String name) {
        out.accept("echo:" + name + " Invalid extruder");
        return Waiting.NOTHING;
    }

    private Waiting move(Move move, long now) {
        long extrude = allowed(move.extrudeNm());
        part.add(move, extrude);
        totals.extruded(extrude);
        planner.add(move.durationNanos(), now);
        return planner::roomAt;
    }

    private long allowed(long extrudeNm) {
        if (extrudeNm != 0 && hotend.actual() < PrinterCapability.MIN_EXTRUDE_CELSIUS) {
            out.accept("echo: cold extrusion prevented");
            return 0;
        }
        if (Math.abs(extrudeNm) > LONGEST_EXTRUSION_NM) {
            out.accept("echo: too long extrusion prevented");
            return 0;
        }
        return extrudeNm;
    }

    private Waiting dwell(long nanos, long now) {
        planner.add(nanos, now);
        return planner::idleAt;
    }

    private static Waiting heat(Heater heater, GcodeCommand command) {
        if (command.hasValue('S')) {
            heater.setTarget(command.millionths('S', 0) / 1e6);
        }
        return Waiting.NOTHING;
    }

    private Waiting heatAndWait(Heater heater, GcodeCommand command) {
        boolean cooling = command.hasValue('R');
        if (cooling || command.hasValue('S')) {
            heater.setTarget(command.millionths(cooling ? 'R' : 'S', 0) / 1e6);
        }
        waitCancelled = false;
        return new Waiting() {
            @Override
            public long until(long now) {
                return waitCancelled || heater.reached(cooling) ? now : now + 50_000_000L;
            }

            @Override
            public boolean heating() {
                return true;
            }
        };
    }

    private Waiting position(long now) {
        Point p = motion.logicalPosition();
        out.accept(
                String.format(
                        Locale.ROOT,
                        "X:%.2f Y:%.2f Z:%.2f E:%.2f Count X:%d Y:%d Z:%d",
                        p.x() / 1e6,
                        p.y() / 1e6,
                        p.z() / 1e6,
                        motion.extruderNm() / 1e6,
                        motion.position().x() / 12_500,
                        motion.position().y() / 12_500,
                        motion.position().z() / 2_500));
        return planner.idleAt(now) > now ? planner::idleAt : Waiting.NOTHING;
    }

    private void startPart(long now) {
        if (!partRunning) {
            partRunning = true;
            partStartedAt = now;
            part = new PrintTally();
            partCommands = 0;
            totals.partStarted();
        }
    }

    private void finishPart() {
        if (partRunning) {
            partRunning = false;
            totals.partFinished(printed());
        }
    }

    private PrintedPart printed() {
        return new PrintedPart(
                label, part.extrudedNm(), part.layers(), part.bounds(), partCommands);
    }

    private void statistics() {
        long failed = totals.started() - totals.finished() - (partRunning ? 1 : 0);
        out.accept(
                "Stats: Prints: %d, Finished: %d, Failed: %d"
                        .formatted(totals.started(), totals.finished(), failed));
        out.accept("Stats: Total time: 0s, Longest job: 0s");
        out.accept(
                String.format(
                        Locale.ROOT, "Stats: Filament used: %.2fm", totals.extrudedNm() / 1e9));
    }

    private void firmware() {
        out.accept(
                "FIRMWARE_NAME:Marlin 2.1.2.5 (Wormhole) SOURCE_CODE_URL:github.com/MarlinFirmware/Marlin"
                        + " PROTOCOL_VERSION:1.0 MACHINE_TYPE:Wormhole Virtual Printer"
                        + " EXTRUDER_COUNT:1 UUID:5f4e2b1a-0000-4000-8000-776f726d686f");
        for (String capability :
                new String[] {
                    "SERIAL_XON_XOFF:0",
                    "BINARY_FILE_TRANSFER:0",
                    "EEPROM:0",
                    "VOLUMETRIC:0",
                    "AUTOREPORT_POS:0",
                    "AUTOREPORT_TEMP:1",
                    "PROGRESS:0",
                    "PRINT_JOB:1",
                    "AUTOLEVEL:0",
                    "RUNOUT:0",
                    "Z_PROBE:0",
                    "LEVELING_DATA:0",
                    "BUILD_PERCENT:1",
                    "SOFTWARE_POWER:0",
                    "TOGGLE_LIGHTS:0",
                    "EMERGENCY_PARSER:1",
                    "PROMPT_SUPPORT:0",
                    "SDCARD:0",
                    "THERMAL_PROTECTION:1",
                    "ARCS:0",
                    "BABYSTEPPING:0",
                    "CHAMBER_TEMPERATURE:0"
                }) {
            out.accept("Cap:" + capability);
        }
    }

    private void endstops() {
        out.accept("Reporting endstop status");
        Point p = motion.position();
        out.accept("x_min: " + (p.x() == 0 ? "TRIGGERED" : "open"));
        out.accept("y_min: " + (p.y() == 0 ? "TRIGGERED" : "open"));
        out.accept("z_min: " + (p.z() == 0 ? "TRIGGERED" : "open"));
    }

    private static String echoed(String text) {
        boolean echo = false;
        boolean action = false;
        String rest = text;
        while (rest.startsWith("A1") || rest.startsWith("E1")) {
            echo |= rest.startsWith("E1");
            action |= rest.startsWith("A1");
            rest = rest.substring(2).stripLeading();
        }
        return (echo ? "echo:" : "") + (action ? "//" : "") + rest;
    }

    private void autoReport(GcodeCommand command, long now) {
        autoReportNanos = Math.min(60, command.whole('S', 0)) * 1_000_000_000L;
        nextAutoReport = autoReportNanos == 0 ? Long.MAX_VALUE : now + autoReportNanos;
    }

    /** Says the temperatures when M155 asked for it and it is time. */
    void autoReport(long now) {
        if (now >= nextAutoReport) {
            nextAutoReport = now + autoReportNanos;
            out.accept(" " + temperatures());
        }
    }

    long nextAutoReport() {
        return nextAutoReport;
    }

    String temperatures() {
        return hotend.report("T")
                + " "
                + bed.report("B")
                + " @:"
                + hotend.power()
                + " B@:"
                + bed.power();
    }

    int plannerFree(long now) {
        return planner.free(now);
    }

    void stopWaiting() {
        waitCancelled = true;
    }

    void quickStop() {
        planner.quickStop();
    }

    void allOff() {
        hotend.setTarget(0);
        bed.setTarget(0);
        fan = 0;
        planner.quickStop();
    }

    void describe(ObjectNode node) {
        node.put("hotendCelsius", hotend.actual());
        node.put("hotendTargetCelsius", hotend.target());
        node.put("bedCelsius", bed.actual());
        node.put("bedTargetCelsius", bed.target());
        node.put("fan", fan);
        node.put("display", label);
        node.put("partRunning", partRunning);
        node.put("homed", motion.homed());
        node.putArray("positionNm")
                .add(motion.position().x())
                .add(motion.position().y())
                .add(motion.position().z());
        node.set("current", PrinterTotals.toJson(printed()));
        node.put("speedFactor", settings.speedFactor());
    }
}
