package io.wormhole.runtime.device;

import io.wormhole.runtime.device.DeviceProtocol.PrintEvent;
import io.wormhole.runtime.virtualprinter.FirmwareInMemory;
import io.wormhole.runtime.virtualprinter.VirtualPrinterSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Host session and firmware joined by a cable that the test holds; time is a number. */
final class Rig {
    static final MarlinSettings SETTINGS =
            MarlinSettings.of("printer", 1)
                    .withPatience(Duration.ofSeconds(10), Duration.ofMinutes(2))
                    .withWindowLines(8);
    private static final long STEP_NANOS = 50_000_000;

    final FirmwareInMemory firmware;
    private final MarlinSettings settings;
    final List<PrintEvent> events = new ArrayList<>();
    HostSession host;
    private Optional<LineFeed> feed = Optional.empty();
    private boolean connected;
    private boolean hangUp;
    long now = 1_000_000_000;
    long hangUps;

    Rig(VirtualPrinterSettings settings) {
        this(settings, SETTINGS);
    }

    Rig(VirtualPrinterSettings printer, MarlinSettings settings) {
        this.settings = settings;
        this.firmware = new FirmwareInMemory(printer);
        this.host = new HostSession(settings, effects());
    }

    /** The host process dies and a new one starts; the printer goes on. */
    void killHost() {
        if (connected) {
            firmware.unplug();
        }
        connected = false;
        feed = Optional.empty();
        host = new HostSession(settings, effects());
    }

    void pullCable() {
        firmware.unplug();
        connected = false;
        host.disconnected("cable pulled");
    }

    void print(PartId part, PartSource source, Begun begun) {
        host.print(part, source, begun, now);
    }

    /** Lets the world go on for some steps, or until something is true. */
    boolean until(BooleanSupplier reached, int steps) {
        for (int i = 0; i < steps && !reached.getAsBoolean(); i++) {
            step();
        }
        return reached.getAsBoolean();
    }

    boolean untilLast(Class<? extends PrintEvent> kind) {
        return until(() -> !events.isEmpty() && kind.isInstance(last()), 20_000);
    }

    PrintEvent last() {
        return events.get(events.size() - 1);
    }

    <T extends PrintEvent> T last(Class<T> kind) {
        return kind.cast(last());
    }

    /** One exchange of what is to be said, and a little time. */
    void step() {
        now += STEP_NANOS;
        if (!connected) {
            connected = true;
            host.connected(now);
        }
        host.tick(now);
        exchange();
    }

    private void exchange() {
        firmware.write(host.drain(), now);
        Optional<String> line = firmware.line();
        while (line.isPresent() && !firmware.hungUp()) {
            host.receive(line.get(), now);
            line = firmware.line();
        }
        if (firmware.hungUp() || hangUp) {
            hangUp = false;
            hangUps++;
            pullCable();
        }
    }

    private SessionEffects effects() {
        return new SessionEffects() {
            @Override
            public void openFeed(PartRun run, long index) {
                try {
                    feed = Optional.of(LineFeed.open(run, index));
                    more(run);
                } catch (IOException e) {
                    host.feedFailed(run, e.getMessage() + "", now);
                }
            }

            @Override
            public void more(PartRun run) {
                try {
                    host.fed(run, feed.orElseThrow().read(HostSession.READY_LINES), now);
                } catch (IOException e) {
                    host.feedFailed(run, e.getMessage() + "", now);
                }
            }

            @Override
            public void tell(PrintEvent event) {
                events.add(event);
            }

            @Override
            public void hangUp(String why) {
                hangUp = true;
            }
        };
    }
}
