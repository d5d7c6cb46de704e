package io.wormhole.runtime.device;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;

/** Cuts what arrives into lines; a line beyond the limit is cut short, whatever comes. */
final class LineSplitter {
    private final byte[] line = new byte[MarlinReply.MAX_LINE];
    private int length;

    void split(ByteString bytes, Consumer<String> lines) {
        byte[] array = bytes.toArrayUnsafe();
        for (byte b : array) {
            if (b == '\n' || b == '\r') {
                if (length > 0) {
                    lines.accept(new String(line, 0, length, StandardCharsets.ISO_8859_1));
                }
                length = 0;
            } else if (length < line.length) {
                line[length++] = b;
            }
        }
    }

    void clear() {
        length = 0;
    }
}
