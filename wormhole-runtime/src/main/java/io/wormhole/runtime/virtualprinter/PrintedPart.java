package io.wormhole.runtime.virtualprinter;

import io.wormhole.runtime.gcode.Box;
import java.util.Optional;

/**
 * One part as the printer saw it, from M75 to M77.
 *
 * @param label the last M117 text before its end
 * @param extrudedNm filament that really went through, in nanometres
 * @param layers heights at which material was laid
 * @param bounds box around what was laid
 * @param commands commands carried out
 */
public record PrintedPart(
        String label, long extrudedNm, int layers, Optional<Box> bounds, long commands) {}
