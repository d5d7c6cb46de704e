package io.wormhole.runtime.virtualprinter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;

/** The virtual printer's firmware without sockets, for tests that drive time themselves. */
public final class FirmwareInMemory {
    private final MarlinFirmware firmware;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final ArrayDeque<Byte> waiting = new ArrayDeque<>();
    private boolean hungUp;

    /** Switches it on. */
    public FirmwareInMemory(VirtualPrinterSettings settings) {
        try {
            this.firmware =
                    new MarlinFirmware(settings, PrinterTotals.load(Optional.empty()), wire());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        firmware.boot(1);
    }

    private SerialOutput wire() {
        return new SerialOutput() {
            @Override
            public void line(String text) {
                lines.add(text);
            }

            @Override
            public void hangUp() {
                hungUp = true;
            }
        };
    }

    /** Pulls the plug and puts it in again. */
    public void reboot(long now) {
        waiting.clear();
        firmware.boot(now);
    }

    /** Bytes arrive. */
    public void write(String text, long now) {
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            waiting.add(b);
        }
        run(now);
    }

    /** Time passes. */
    public void run(long now) {
        boolean more = true;
        while (more) {
            int count = Math.min(waiting.size(), firmware.room());
            byte[] chunk = new byte[count];
            for (int i = 0; i < count; i++) {
                chunk[i] = waiting.remove();
            }
            firmware.receive(chunk, 0, count);
            firmware.run(now);
            more = count > 0;
        }
    }

    /** The next line it said, if any. */
    public Optional<String> line() {
        return Optional.ofNullable(lines.poll());
    }

    /** The cable is pulled: nothing on its way arrives. */
    public void unplug() {
        lines.clear();
        waiting.clear();
        hungUp = false;
    }

    /** Whether it cut the connection. */
    public boolean hungUp() {
        return hungUp;
    }

    /** What it knows about itself. */
    public ObjectNode status() {
        return firmware.status();
    }
}
