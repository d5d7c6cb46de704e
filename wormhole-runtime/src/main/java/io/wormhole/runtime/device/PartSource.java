package io.wormhole.runtime.device;

import io.wormhole.runtime.gcode.GcodeAnalysis;
import java.nio.file.Path;

/**
 * The checked file a part is printed from.
 *
 * @param file G-code, already accepted by the checker
 * @param commands how many commands it has
 * @param contentSha256 its hash, hexadecimal; a file that changed since is not printed to its end
 */
public record PartSource(Path file, long commands, String contentSha256) {

    /** Checks the count. */
    public PartSource {
        if (commands < 1 || commands > LineNumbers.MAX_COMMANDS) {
            throw new IllegalArgumentException(
                    "a part has 1 to " + LineNumbers.MAX_COMMANDS + " commands: " + commands);
        }
    }

    /** The file that was analysed. */
    public static PartSource of(Path file, GcodeAnalysis analysis) {
        return new PartSource(file, analysis.commands(), analysis.contentSha256());
    }
}
