package io.wormhole.runtime.gcode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file once and says whether a printer of a given capability may print it.
 *
 * <p>Every fault is found in one pass, so that a customer repairs a file once.
 */
public final class GcodeChecker {
    private static final long MILLION = 1_000_000;

    private final PrinterCapability capability;
    private final GcodeLimits limits;
    private final Motion motion = new Motion();
    private final PrintTally tally = new PrintTally();
    private final List<GcodeFault> faults = new ArrayList<>();
    private long moreFaults;
    private long commands;
    private long line;
    private long hotend;
    private long maxHotend;
    private long maxBed;
    private long maxFeed;
    private long fed;
    private long peakFed;
    private boolean unhomedReported;
    private boolean filamentReported;

    private GcodeChecker(PrinterCapability capability, GcodeLimits limits) {
        this.capability = capability;
        this.limits = limits;
    }

    /**
     * Checks a file.
     *
     * @throws IOException when it cannot be read
     */
    public static GcodeVerdict check(Path file, PrinterCapability capability, GcodeLimits limits)
            throws IOException {
        try (GcodeReader reader = GcodeReader.open(file, limits)) {
            return check(reader, capability, limits);
        } catch (GcodeRefusedException e) {
            return new GcodeVerdict.Refused(List.of(e.fault()), 0);
        }
    }

    /**
     * Checks what a reader delivers, to its end.
     *
     * @throws IOException when it cannot be read
     */
    public static GcodeVerdict check(
            GcodeReader reader, PrinterCapability capability, GcodeLimits limits)
            throws IOException {
        return new GcodeChecker(capability, limits).run(reader);
    }

    private GcodeVerdict run(GcodeReader reader) throws IOException {
        try {
            for (Optional<GcodeLine> next = reader.next(); next.isPresent(); next = reader.next()) {
                line = next.get().number();
                commands++;
                judge(next.get().command());
            }
        } catch (GcodeRefusedException e) {
            fault(e.fault());
            return verdict(reader, "");
        }
        line = 0;
        if (commands == 0) {
            fault("no command at all", "a file with G-code commands");
        } else if (tally.layers() == 0 && faults.isEmpty()) {
            fault("nothing is extruded", "a file that lays material");
        }
        return verdict(reader, reader.contentSha256());
    }

    private GcodeVerdict verdict(GcodeReader reader, String hash) {
        if (!faults.isEmpty()) {
            return new GcodeVerdict.Refused(faults, moreFaults);
        }
        return new GcodeVerdict.Accepted(
                new GcodeAnalysis(
                        hash,
                        reader.bytesRead(),
                        reader.linesRead(),
                        commands,
                        tally.extrudedNm(),
                        tally.bounds(),
                        tally.layers(),
                        maxHotend,
                        maxBed,
                        maxFeed / MILLION,
                        Duration.ofNanos(tally.nanos())));
    }

    private void judge(String text) {
        try {
            GcodeCommand command = GcodeCommand.parse(text);
            if (!capability.commands().contains(command.name())) {
                fault("command " + command.name(), capability.commandList());
                return;
            }
            interpret(command);
        } catch (IllegalArgumentException e) {
            fault(e.getMessage() + "", "a command such as G1 X10.5 Y20 E0.4 F1200");
        } catch (ArithmeticException e) {
            fault("numbers that add up beyond any machine", "positions inside the build volume");
        }
    }

    private void interpret(GcodeCommand command) {
        motion.apply(command).ifPresent(move -> judge(command, move));
        switch (command.name()) {
            case "M104", "M109" -> {
                hotend = degrees(command, "hotend", capability.maxHotendCelsius(), hotend);
                maxHotend = Math.max(maxHotend, hotend);
            }
            case "M140", "M190" ->
                    maxBed =
                            Math.max(
                                    maxBed, degrees(command, "bed", capability.maxBedCelsius(), 0));
            case "M106" -> range(command, 'S', "fan speed", 0, 255);
            case "M203" -> judgeMaxFeed(command);
            case "M220" -> range(command, 'S', "speed factor", 1, 200);
            case "M221" -> range(command, 'S', "flow factor", 1, 200);
            case "G4" -> {
                range(command, 'P', "pause in milliseconds", 0, 600_000);
                range(command, 'S', "pause in seconds", 0, 600);
                tally.dwell(dwellNanos(command));
            }
            default -> {}
        }
    }

    /** How long G4 waits, in nanoseconds; S wins over P as in Marlin. */
    public static long dwellNanos(GcodeCommand command) {
        return command.hasValue('S')
                ? command.millionths('S', 0) * 1_000
                : command.millionths('P', 0);
    }

    private void judge(GcodeCommand command, Move move) {
        boolean travels = !move.from().equals(move.to());
        if (travels && !motion.homed() && !unhomedReported) {
            unhomedReported = true;
            fault("a move before G28", "G28 first, else the position is unknown");
        }
        if (travels && !capability.buildVolume().contains(move.to())) {
            fault(
                    "move to " + shown(move.to()),
                    "inside the build volume " + capability.buildVolume());
        }
        judgeArc(command, move);
        long feed = motion.feedMicroMmPerMinute();
        maxFeed = Math.max(maxFeed, feed);
        if (feed > capability.maxFeedMmPerMinute() * MILLION) {
            fault(
                    "speed " + feed / MILLION + " mm/min",
                    "at most " + capability.maxFeedMmPerMinute() + " mm/min");
        }
        judgeFilament(move);
        tally.add(move);
    }

    private void judgeFilament(Move move) {
        if (move.extrudeNm() == 0) {
            return;
        }
        if (hotend < PrinterCapability.MIN_EXTRUDE_CELSIUS) {
            fault(
                    "filament moved with the hotend set to " + hotend + " °C",
                    "at least "
                            + PrinterCapability.MIN_EXTRUDE_CELSIUS
                            + " °C (M104 or M109 first)");
        }
        fed = Math.addExact(fed, Math.multiplyExact(move.extrudeNm(), motion.flowPercent()) / 100);
        peakFed = Math.max(peakFed, fed);
        if (!filamentReported && peakFed > capability.maxFilamentMm() * MILLION) {
            filamentReported = true;
            fault(
                    "more than " + capability.maxFilamentMm() + " mm of filament",
                    "at most " + capability.maxFilamentMm() + " mm in one file");
        }
    }

    /** An arc stays within its full circle, so a circle inside the volume is safe. */
    private void judgeArc(GcodeCommand command, Move move) {
        if (!command.name().equals("G2") && !command.name().equals("G3")) {
            return;
        }
        long i = command.millionths('I', 0);
        long j = command.millionths('J', 0);
        long radius = command.millionths('R', 0);
        long reach =
                radius != 0
                        ? Math.abs(radius) * 2
                        : (long) Math.ceil(Math.hypot((double) i, (double) j));
        Point from = move.from();
        Point centre = radius != 0 ? from : new Point(from.x() + i, from.y() + j, from.z());
        Box volume = capability.buildVolume();
        if (!volume.contains(new Point(centre.x() - reach, centre.y() - reach, from.z()))
                || !volume.contains(new Point(centre.x() + reach, centre.y() + reach, from.z()))) {
            fault("an arc whose circle leaves the build volume", "circles inside " + volume);
        }
    }

    private void judgeMaxFeed(GcodeCommand command) {
        for (char axis : new char[] {'X', 'Y'}) {
            range(
                    command,
                    axis,
                    "speed limit in mm/s",
                    1,
                    Math.max(1, capability.maxFeedMmPerMinute() / 60) * 10);
        }
    }

    private long degrees(GcodeCommand command, String what, long most, long otherwise) {
        long highest = otherwise;
        boolean given = false;
        for (char letter : new char[] {'S', 'R'}) {
            if (command.hasValue(letter)) {
                long millionths = command.millionths(letter, 0);
                long celsius = Math.floorDiv(millionths + MILLION - 1, MILLION);
                highest = given ? Math.max(highest, celsius) : celsius;
                given = true;
                if (celsius > most || millionths < 0) {
                    fault(what + " temperature " + celsius + " °C", "0 to " + most + " °C");
                }
            }
        }
        return highest;
    }

    private void range(GcodeCommand command, char letter, String what, long least, long most) {
        if (command.hasValue(letter)) {
            long value = command.millionths(letter, 0);
            if (value < least * MILLION || value > most * MILLION) {
                fault(what + " " + Box.millimetres(value), least + " to " + most);
            }
        }
    }

    private static String shown(Point p) {
        return "X"
                + Box.millimetres(p.x())
                + " Y"
                + Box.millimetres(p.y())
                + " Z"
                + Box.millimetres(p.z());
    }

    private void fault(String found, String allowed) {
        fault(new GcodeFault(line, found, allowed));
    }

    private void fault(GcodeFault fault) {
        if (faults.size() < limits.maxFaults()) {
            faults.add(fault);
        } else {
            moreFaults++;
        }
    }
}
