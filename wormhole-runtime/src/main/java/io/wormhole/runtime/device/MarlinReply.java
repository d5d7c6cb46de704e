package io.wormhole.runtime.device;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line from the printer, understood. */
sealed interface MarlinReply {

    /** A command was carried out; some firmware adds its line number, M105 adds temperatures. */
    record Ok(OptionalLong line, Optional<Temperatures> temperatures) implements MarlinReply {}

    /** Send again from this number. */
    record Resend(long number) implements MarlinReply {}

    /** The explanation in front of a {@link Resend}. */
    record LineFault() implements MarlinReply {}

    /** Something is broken. */
    record Fault(String text) implements MarlinReply {}

    /** The printer has just started. */
    record Greeting() implements MarlinReply {}

    /** Patience: a command takes long. */
    record Busy() implements MarlinReply {}

    /** Temperatures of its own accord, while heating or because M155 asked for them. */
    record Report(Temperatures temperatures) implements MarlinReply {}

    /** First part of M78's answer. */
    record Prints(long started, long finished) implements MarlinReply {}

    /** Last part of M78's answer. */
    record Filament(long millimetres) implements MarlinReply {}

    /** M115's first line. */
    record Firmware(String name) implements MarlinReply {}

    /** A command the printer does not know. */
    record Unknown(String command) implements MarlinReply {}

    /** Any other line that Marlin writes. */
    record Remark(String text) implements MarlinReply {}

    /** Nothing Marlin would write. */
    record Noise() implements MarlinReply {}

    /** Longest line that is looked at. */
    int MAX_LINE = 512;

    /** Understands a line without its end. */
    static MarlinReply parse(String line) {
        if (line.startsWith("ok")) {
            return Patterns.ok(line);
        }
        if (line.startsWith("Resend:") || line.startsWith("rs ")) {
            Matcher m = Patterns.DIGITS.matcher(line);
            return m.find() ? new Resend(Long.parseLong(m.group())) : new Noise();
        }
        if (line.startsWith("Error:")) {
            String text = line.substring(6).strip();
            return text.contains("Last Line") ? new LineFault() : new Fault(text);
        }
        if (line.equals("start")) {
            return new Greeting();
        }
        if (line.startsWith("echo:busy") || line.startsWith("busy:")) {
            return new Busy();
        }
        return Patterns.remark(line);
    }

    /** The regular expressions, compiled once. */
    final class Patterns {
        private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");
        private static final Pattern LINE = Pattern.compile("\\bN(\\d{1,10})\\b");
        private static final Pattern TEMPERATURES =
                Pattern.compile(
                        "T:\\s*(-?\\d{1,4}(?:\\.\\d{1,4})?)\\s*/\\s*(-?\\d{1,4}(?:\\.\\d{1,4})?)"
                                + "(?:.*?B:\\s*(-?\\d{1,4}(?:\\.\\d{1,4})?)"
                                + "\\s*/\\s*(-?\\d{1,4}(?:\\.\\d{1,4})?))?");
        private static final Pattern PRINTS =
                Pattern.compile("Stats: Prints: (\\d{1,10}), Finished: (\\d{1,10}).*");
        private static final Pattern FILAMENT =
                Pattern.compile("Stats: Filament used: (\\d{1,9})(?:\\.(\\d{1,3})\\d*)?m");
        private static final Pattern FIRMWARE =
                Pattern.compile("FIRMWARE_NAME:(.{1,80}?)(?: [A-Z_]+:.*)?");
        private static final Pattern UNKNOWN =
                Pattern.compile("echo:\\s?Unknown command: \"(.*)\"");
        private static final Pattern KNOWN =
                Pattern.compile("(?:echo:|Cap:|//|Marlin|X:|Stats:|Reporting|[xyz]_m|wait|wh-).*");

        private Patterns() {}

        private static Ok ok(String line) {
            Matcher m = LINE.matcher(line);
            OptionalLong number =
                    m.find() ? OptionalLong.of(Long.parseLong(m.group(1))) : OptionalLong.empty();
            return new Ok(number, temperatures(line));
        }

        private static MarlinReply remark(String line) {
            Optional<Temperatures> temperatures = temperatures(line);
            if (temperatures.isPresent()) {
                return new Report(temperatures.get());
            }
            Matcher prints = PRINTS.matcher(line);
            if (prints.matches()) {
                return new Prints(Long.parseLong(prints.group(1)), Long.parseLong(prints.group(2)));
            }
            Matcher filament = FILAMENT.matcher(line);
            if (filament.matches()) {
                String places = filament.group(2) == null ? "" : filament.group(2);
                return new Filament(
                        Long.parseLong(filament.group(1)) * 1_000
                                + Long.parseLong((places + "000").substring(0, 3)));
            }
            Matcher firmware = FIRMWARE.matcher(line);
            if (firmware.matches()) {
                return new Firmware(firmware.group(1));
            }
            Matcher unknown = UNKNOWN.matcher(line);
            if (unknown.matches()) {
                return new Unknown(unknown.group(1));
            }
            return KNOWN.matcher(line).matches() ? new Remark(line) : new Noise();
        }

        private static Optional<Temperatures> temperatures(String line) {
            int at = line.indexOf("T:");
            if (at < 0) {
                return Optional.empty();
            }
            Matcher m = TEMPERATURES.matcher(line).region(at, line.length());
            return m.lookingAt()
                    ? Optional.of(
                            new Temperatures(
                                    Double.parseDouble(m.group(1)),
                                    Double.parseDouble(m.group(2)),
                                    m.group(3) == null ? 0 : Double.parseDouble(m.group(3)),
                                    m.group(4) == null ? 0 : Double.parseDouble(m.group(4))))
                    : Optional.empty();
        }
    }
}
