package io.wormhole.runtime.gcode;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a printer can and may do; a file that asks for more is refused before it is started.
 *
 * @param buildVolume where the nozzle may go, machine coordinates
 * @param maxHotendCelsius highest hotend target
 * @param maxBedCelsius highest bed target
 * @param maxFeedMmPerMinute highest speed
 * @param maxFilamentMm most filament for one file
 * @param commands names of the allowed commands
 */
public record PrinterCapability(
        Box buildVolume,
        long maxHotendCelsius,
        long maxBedCelsius,
        long maxFeedMmPerMinute,
        long maxFilamentMm,
        Set<String> commands) {

    /** Coldest hotend target at which Marlin lets filament move (EXTRUDE_MINTEMP). */
    public static final long MIN_EXTRUDE_CELSIUS = 170;

    /**
     * What slicers write for Marlin with one hotend. Left out on purpose: arcs, M110 and M112,
     * which belong to the line between host and printer, and everything that writes settings or a
     * card.
     */
    public static final Set<String> SLICER_COMMANDS =
            Set.of(
                    "G0", "G1", "G4", "G20", "G21", "G28", "G90", "G91", "G92", "M17", "M18", "M73",
                    "M82", "M83", "M84", "M104", "M105", "M106", "M107", "M109", "M114", "M115",
                    "M117", "M140", "M190", "M201", "M203", "M204", "M205", "M220", "M221", "M400",
                    "T0");

    /** Copies the set and checks the numbers. */
    public PrinterCapability {
        commands = Set.copyOf(commands);
        if (maxHotendCelsius < 0
                || maxBedCelsius < 0
                || maxFeedMmPerMinute <= 0
                || maxFilamentMm <= 0) {
            throw new IllegalArgumentException("printer limits must not be below zero");
        }
    }

    /** A common desktop printer: 220 × 220 × 250 mm, 260 °C, 100 °C, 200 mm/s, 400 m. */
    public static PrinterCapability desktop() {
        return new PrinterCapability(
                Box.ofMillimetres(220, 220, 250), 260, 100, 12_000, 400_000, SLICER_COMMANDS);
    }

    /** The allowed commands in a fixed order, for messages. */
    String commandList() {
        return String.join(" ", new TreeSet<>(commands));
    }
}
