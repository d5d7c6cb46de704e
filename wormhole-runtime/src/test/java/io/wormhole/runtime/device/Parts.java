package io.wormhole.runtime.device;

import io.wormhole.runtime.gcode.GcodeAnalysis;
import io.wormhole.runtime.gcode.GcodeChecker;
import io.wormhole.runtime.gcode.GcodeFiles;
import io.wormhole.runtime.gcode.GcodeLimits;
import io.wormhole.runtime.gcode.GcodeVerdict;
import io.wormhole.runtime.gcode.PrinterCapability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checked files to print. */
final class Parts {
    private Parts() {}

    static PartSource cup() {
        return source(GcodeFiles.cup());
    }

    static GcodeAnalysis analysis(Path file) {
        try {
            GcodeVerdict verdict =
                    GcodeChecker.check(file, PrinterCapability.desktop(), GcodeLimits.defaults());
            if (verdict instanceof GcodeVerdict.Accepted accepted) {
                return accepted.analysis();
            }
            throw new IllegalArgumentException(verdict.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PartSource source(Path file) {
        return PartSource.of(file, analysis(file));
    }

    /** A small part of so many printed lines. */
    static PartSource small(Path folder, int lines) {
        StringBuilder text =
                new StringBuilder("M190 S60\nM109 S200\nG28\nG90\nM83\nG1 Z0.2 F600\n");
        for (int i = 0; i < lines; i++) {
            text.append("G1 X").append(10 + i % 100).append(" Y").append(i % 7).append(" E0.1\n");
        }
        try {
            return source(Files.writeString(folder.resolve("part-" + lines + ".gcode"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
