package io.wormhole.runtime.line;

import io.wormhole.cluster.settings.HostPort;
import io.wormhole.cluster.settings.SettingsSection;
import io.wormhole.runtime.gcode.Box;
import io.wormhole.runtime.gcode.PrinterCapability;
import java.time.Duration;

/**
 * A 3D printer that speaks Marlin over TCP.
 *
 * @param address where it, or its serial bridge, listens
 * @param windowLines lines on their way at once
 * @param silence without progress before the driver asks where the printer stands
 * @param giveUpAfter without any sign of life before a part fails
 * @param capability what it can and may do
 */
public record PrinterDefinition(
        HostPort address,
        int windowLines,
        Duration silence,
        Duration giveUpAfter,
        PrinterCapability capability) {
    static PrinterDefinition read(SettingsSection in) {
        in.choice("driver", Driver.class);
        return new PrinterDefinition(
                in.hostPort("address"),
                in.optional("window-lines", key -> in.smallInteger(key, 1, 256)).orElse(4),
                in.optional("silence", key -> patience(in, key)).orElse(Duration.ofSeconds(10)),
                in.optional("give-up-after", key -> patience(in, key))
                        .orElse(Duration.ofMinutes(2)),
                in.section("capability", PrinterDefinition::capability)
                        .orElseGet(PrinterCapability::desktop));
    }

    private enum Driver {
        MARLIN
    }

    private static Duration patience(SettingsSection in, String key) {
        return in.duration(key, Duration.ofMillis(100), Duration.ofHours(24));
    }

    private static PrinterCapability capability(SettingsSection in) {
        PrinterCapability desktop = PrinterCapability.desktop();
        return new PrinterCapability(
                in.optional("build-volume-mm", key -> volume(in, key))
                        .orElse(desktop.buildVolume()),
                limit(in, "max-hotend-celsius", 500, desktop.maxHotendCelsius()),
                limit(in, "max-bed-celsius", 200, desktop.maxBedCelsius()),
                limit(in, "max-feed-mm-per-minute", 120_000, desktop.maxFeedMmPerMinute()),
                limit(in, "max-filament-mm", 10_000_000, desktop.maxFilamentMm()),
                PrinterCapability.SLICER_COMMANDS);
    }

    private static long limit(SettingsSection in, String key, long most, long standard) {
        return in.optional(key, name -> in.integer(name, 1, most)).orElse(standard);
    }

    private static Box volume(SettingsSection in, String key) {
        return in.value(key, PrinterCapability.desktop().buildVolume(), PrinterDefinition::box);
    }

    private static Box box(String text) {
        String[] sides = text.split("x", -1);
        if (sides.length != 3) {
            throw new IllegalArgumentException(
                    "is %s, allowed is width x depth x height such as 220x220x250".formatted(text));
        }
        int[] mm = new int[3];
        for (int i = 0; i < sides.length; i++) {
            String side = sides[i].strip();
            if (!side.matches("[1-9][0-9]{0,3}")) {
                throw new IllegalArgumentException(
                        "has a side of %s, allowed are 1 to 9999 mm".formatted(side));
            }
            mm[i] = Integer.parseInt(side);
        }
        return Box.ofMillimetres(mm[0], mm[1], mm[2]);
    }
}
