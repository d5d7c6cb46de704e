package io.wormhole.runtime.gcode;

import java.time.Duration;
import java.util.Optional;

/**
 * The totals of one G-code file.
 *
 * @param contentSha256 hash of the whole file, hexadecimal
 * @param bytes file size
 * @param lines text lines, comments included
 * @param commands command lines, which is what a printer is sent
 * @param extrudedNm filament pushed less filament pulled back, in nanometres
 * @param bounds box around everything laid, machine coordinates
 * @param layers heights at which material is laid
 * @param maxHotendCelsius highest hotend target
 * @param maxBedCelsius highest bed target
 * @param maxFeedMmPerMinute highest programmed speed
 * @param estimated time at constant speeds without heating: a lower bound
 */
public record GcodeAnalysis(
        String contentSha256,
        long bytes,
        long lines,
        long commands,
        long extrudedNm,
        Optional<Box> bounds,
        int layers,
        long maxHotendCelsius,
        long maxBedCelsius,
        long maxFeedMmPerMinute,
        Duration estimated) {}
