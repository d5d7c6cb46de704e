package io.wormhole.runtime.virtualprinter;

import io.wormhole.runtime.gcode.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The receiving end of the line: bytes to commands, with Marlin's line numbers, checksums and
 * requests to send again. A half-received line survives a hang-up, as it does in a printer behind a
 * bridge.
 */
final class SerialInput {
    /** MAX_CMD_SIZE less the terminator. */
    private static final int MAX_COMMAND = 95;

    static final int RX_BYTES = 4_096;

    private final byte[] rx = new byte[RX_BYTES];
    private final byte[] line = new byte[MAX_COMMAND];
    private final Consumer<String> out;
    private final PrinterTotals totals;
    private final SplittableRandom random;
    private final int damagedPerMille;
    private int head;
    private int size;
    private int length;
    private boolean skipping;
    private long lastNumber;

    SerialInput(Consumer<String> out, PrinterTotals totals, Misbehaviour misbehaviour) {
        this.out = out;
        this.totals = totals;
        this.random = new SplittableRandom(misbehaviour.seed());
        this.damagedPerMille = misbehaviour.resendPerMille();
    }

    /** Takes what fits and says how much that was. */
    int receive(byte[] bytes, int offset, int count) {
        int taken = Math.min(count, RX_BYTES - size);
        for (int i = 0; i < taken; i++) {
            rx[(head + size) % RX_BYTES] = bytes[offset + i];
            size++;
        }
        return taken;
    }

    int room() {
        return RX_BYTES - size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long lastNumber() {
        return lastNumber;
    }

    void setLastNumber(long number) {
        lastNumber = number;
    }

    /** Power cut: nothing received, line number 0. */
    void reset() {
        size = 0;
        length = 0;
        skipping = false;
        lastNumber = 0;
    }

    /** Drops what was received and not looked at. */
    void flush() {
        size = 0;
    }

    /** The next good command with its number, if one has come in whole. */
    Optional<Received> next() {
        while (size > 0) {
            byte b = rx[head];
            head = (head + 1) % RX_BYTES;
            size--;
            if (b == '\n' || b == '\r') {
                Optional<Received> command = complete();
                if (command.isPresent()) {
                    return command;
                }
            } else if (!skipping) {
                if (b == ';' || length == MAX_COMMAND) {
                    skipping = true;
                } else {
                    line[length++] = b;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A command that passed the checks.
     *
     * @param text without number and checksum
     * @param numbered whether it had a line number
     * @param number that line number
     */
    record Received(String text, boolean numbered, long number) {}

    private Optional<Received> complete() {
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1).strip();
        length = 0;
        skipping = false;
        if (text.isEmpty()) {
            return Optional.empty();
        }
        totals.lineReceived();
        return text.charAt(0) == 'N'
                ? numbered(text)
                : Optional.of(new Received(text, false, lastNumber));
    }

    private Optional<Received> numbered(String text) {
        boolean sets = text.contains("M110");
        int second = sets ? text.indexOf('N', Math.min(4, text.length())) : -1;
        long number = leadingLong(text, second >= 0 ? second + 1 : 1);
        if (number != lastNumber + 1 && !sets) {
            return again("Line Number is not Last Line Number+1, Last Line: ");
        }
        int star = text.lastIndexOf('*');
        if (star < 0) {
            return again("No Checksum with line number, Last Line: ");
        }
        boolean damaged = damagedPerMille > 0 && random.nextInt(1000) < damagedPerMille;
        if (damaged || leadingLong(text, star + 1) != Checksum.of(text.substring(0, star))) {
            return again("checksum mismatch, Last Line: ");
        }
        lastNumber = number;
        int space = 1;
        while (space < star && "+-0123456789 ".indexOf(text.charAt(space)) >= 0) {
            space++;
        }
        return Optional.of(new Received(text.substring(space, star).strip(), true, number));
    }

    private Optional<Received> again(String error) {
        totals.resendAsked();
        out.accept("Error:" + error + lastNumber);
        flush();
        out.accept("Resend: " + (lastNumber + 1));
        out.accept("ok");
        return Optional.empty();
    }

    /** The C library's strtol, as far as it matters: sign and digits, 0 if there are none. */
    private static long leadingLong(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        boolean negative = i < text.length() && text.charAt(i) == '-';
        if (negative) {
            i++;
        }
        long value = 0;
        for (; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            value = Math.min(value * 10 + (text.charAt(i) - '0'), Integer.MAX_VALUE);
        }
        return negative ? -value : value;
    }
}
