package io.wormhole.runtime.virtualprinter;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Marlin's EMERGENCY_PARSER: sees M108, M112 and M410 as they arrive, however full the queue is.
 */
final class EmergencyParser {
    private static final int LONGEST = 20;

    private final Consumer<String> urgent;
    private final byte[] start = new byte[LONGEST];
    private int length;

    EmergencyParser(Consumer<String> urgent) {
        this.urgent = urgent;
    }

    void scan(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                judge();
                length = 0;
            } else if (length < LONGEST) {
                start[length++] = bytes[i];
            }
        }
    }

    private void judge() {
        int at = 0;
        if (at < length && start[at] == 'N') {
            at++;
            while (at < length && (start[at] == ' ' || (start[at] >= '0' && start[at] <= '9'))) {
                at++;
            }
        }
        if (length - at < 4 || start[at] != 'M' || (length - at > 4 && isDigit(start[at + 4]))) {
            return;
        }
        String command = new String(start, at, 4, StandardCharsets.ISO_8859_1);
        if (command.equals("M108") || command.equals("M112") || command.equals("M410")) {
            urgent.accept(command);
        }
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
