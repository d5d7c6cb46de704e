package io.wormhole.runtime.gcode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small G-code texts for tests, and the cup that the repository ships. */
public final class GcodeFiles {
    private GcodeFiles() {}

    /** A start that every check accepts: homed, hot, absolute. */
    public static final String START = "G28\nM109 S200\nG90\nM82\nG92 E0\n";

    /** The committed cup, found from the module's or the repository's folder. */
    public static Path cup() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path cup = at.resolve("examples/cup/cup.gcode");
            if (Files.exists(cup)) {
                return cup;
            }
        }
        throw new IllegalStateException(
                "examples/cup/cup.gcode not found above the working folder");
    }

    static GcodeReader reader(String text) {
        return new GcodeReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)),
                GcodeLimits.defaults());
    }

    static GcodeVerdict check(String text) {
        return check(text, PrinterCapability.desktop());
    }

    static GcodeVerdict check(String text, PrinterCapability capability) {
        try {
            return GcodeChecker.check(reader(text), capability, GcodeLimits.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
