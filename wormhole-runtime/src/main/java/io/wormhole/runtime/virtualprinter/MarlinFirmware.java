package io.wormhole.runtime.virtualprinter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.gcode.GcodeCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The firmware as a state machine: bytes and time go in, lines come out. Confined to one thread,
 * and without a clock of its own.
 *
 * <p>The order of things is Marlin's: the line is checked when it is received, queued, carried out
 * in turn, and acknowledged when it has been carried out or, for a move, planned.
 */
final class MarlinFirmware {
    /** BUFSIZE in Marlin's default configuration. */
    private static final int QUEUE = 4;

    private static final long KEEPALIVE_NANOS = 2_000_000_000L;
    private static final long REPORT_NANOS = 1_000_000_000L;

    private final VirtualPrinterSettings settings;
    private final SerialOutput wire;
    private final PrinterTotals totals;
    private final SplittableRandom random;
    private final SerialInput input;
    private final ArrayDeque<SerialInput.Received> queue = new ArrayDeque<>();
    private final EmergencyParser emergency = new EmergencyParser(this::urgent);
    private Machine machine;
    private Optional<Pending> pending = Optional.empty();
    private boolean killed;
    private boolean silent;
    private boolean nonsense;
    private boolean dropped;
    private boolean rebooted;
    private long accepted;
    private long now;

    /** A command that takes time: when to look again, and whether it is done. */
    private static final class Pending {
        private final SerialInput.Received command;
        private final Machine.Waiting waiting;
        private long nextKeepalive;
        private long nextReport;

        Pending(SerialInput.Received command, Machine.Waiting waiting, long now) {
            this.command = command;
            this.waiting = waiting;
            this.nextKeepalive = now + KEEPALIVE_NANOS;
            this.nextReport = now + REPORT_NANOS;
        }
    }

    MarlinFirmware(VirtualPrinterSettings settings, PrinterTotals totals, SerialOutput wire) {
        this.settings = settings;
        this.totals = totals;
        this.wire = wire;
        this.random = new SplittableRandom(settings.misbehaviour().seed() + 1);
        this.input = new SerialInput(this::say, totals, settings.misbehaviour());
        this.machine = new Machine(settings, totals, this::say);
    }

    /** Power on: forgets everything but the totals and greets. */
    void boot(long nanos) {
        now = nanos;
        totals.booted();
        input.reset();
        queue.clear();
        pending = Optional.empty();
        killed = false;
        machine = new Machine(settings, totals, this::say);
        machine.advance(nanos);
        say("start");
        say("echo: External Reset");
        say("Marlin 2.1.2.5");
        say("echo: Last Updated: 2024-12-02 | Author: (Wormhole, virtual printer)");
        say("echo: Free Memory: 3616  PlannerBufferBytes: 1552");
        say("echo:SD init fail");
    }

    /** Takes received bytes, as many as fit, and says how many. */
    int receive(byte[] bytes, int offset, int count) {
        if (killed || silent) {
            return count;
        }
        int taken = input.receive(bytes, offset, count);
        emergency.scan(bytes, offset, taken);
        return taken;
    }

    /** Room for more bytes right now. */
    int room() {
        return killed || silent ? SerialInput.RX_BYTES : input.room();
    }

    /** Does everything that can be done at this time. */
    void run(long nanos) {
        now = nanos;
        machine.advance(nanos);
        boolean progress = true;
        while (progress && !killed && !silent) {
            boolean fetched = fetch();
            progress = step() || fetched;
        }
        machine.autoReport(now);
    }

    /** When {@link #run} should be called again although nothing is received. */
    long wakeAt() {
        long wake = machine.nextAutoReport();
        if (pending.isPresent()) {
            Pending p = pending.get();
            wake = Math.min(wake, Math.min(p.nextKeepalive, p.waiting.until(now)));
            wake = p.waiting.heating() ? Math.min(wake, p.nextReport) : wake;
        }
        return wake;
    }

    /** The record of what was done, and the present state. */
    ObjectNode status() {
        ObjectNode node = totals.toJson();
        node.put("lastLineNumber", input.lastNumber());
        node.put("killed", killed);
        machine.describe(node);
        return node;
    }

    private boolean fetch() {
        boolean any = false;
        while (queue.size() < QUEUE) {
            Optional<SerialInput.Received> next = input.next();
            if (next.isEmpty()) {
                return any;
            }
            any = true;
            queue.add(next.get());
            if (next.get().numbered()) {
                misbehave(++accepted);
            }
        }
        return any;
    }

    private void misbehave(long line) {
        Misbehaviour m = settings.misbehaviour();
        if (line == m.dropAtLine() && !dropped) {
            dropped = true;
            wire.hangUp();
        } else if (line == m.rebootAtLine() && !rebooted) {
            rebooted = true;
            boot(now);
        } else if (line == m.silentAtLine()) {
            silent = true;
        } else if (line == m.nonsenseAtLine()) {
            nonsense = true;
        }
    }

    private boolean step() {
        if (pending.isPresent()) {
            return finishPending(pending.get());
        }
        SerialInput.Received command = queue.poll();
        if (command == null) {
            return false;
        }
        Machine.Waiting waiting = carryOut(command);
        if (killed) {
            return false;
        }
        if (waiting.until(now) > now) {
            pending = Optional.of(new Pending(command, waiting, now));
        } else {
            acknowledge(command);
        }
        return true;
    }

    private Machine.Waiting carryOut(SerialInput.Received received) {
        GcodeCommand command;
        try {
            command = GcodeCommand.parse(received.text());
        } catch (IllegalArgumentException e) {
            return machine.unknown(received.text());
        }
        switch (command.name()) {
            case "M110" -> input.setLastNumber(command.whole('N', input.lastNumber()));
            case "M112" -> kill();
            default -> {
                return machine.carryOut(command, received.text(), now);
            }
        }
        return Machine.Waiting.NOTHING;
    }

    private boolean finishPending(Pending p) {
        if (p.waiting.until(now) <= now) {
            pending = Optional.empty();
            acknowledge(p.command);
            return true;
        }
        if (p.waiting.heating() && now >= p.nextReport) {
            p.nextReport = now + REPORT_NANOS;
            say(" " + machine.temperatures() + " W:?");
        }
        if (now >= p.nextKeepalive) {
            p.nextKeepalive = now + KEEPALIVE_NANOS;
            say("echo:busy: processing");
        }
        return false;
    }

    private void acknowledge(SerialInput.Received command) {
        int lost = settings.misbehaviour().lostOkPerMille();
        if (lost > 0 && random.nextInt(1000) < lost) {
            return;
        }
        String ok = command.text().startsWith("M105") ? "ok " + machine.temperatures() : "ok";
        if (settings.advancedOk()) {
            ok +=
                    (command.numbered() ? " N" + command.number() : "")
                            + " P"
                            + machine.plannerFree(now)
                            + " B"
                            + (QUEUE - queue.size());
        }
        say(ok);
    }

    private void urgent(String command) {
        switch (command) {
            case "M108" -> machine.stopWaiting();
            case "M112" -> kill();
            default -> machine.quickStop();
        }
    }

    private void kill() {
        say("Error:Printer halted. kill() called!");
        killed = true;
        machine.allOff();
        input.flush();
        queue.clear();
        pending = Optional.empty();
    }

    private void say(String line) {
        if (silent) {
            return;
        }
        if (nonsense) {
            byte[] noise = new byte[12];
            random.nextBytes(noise);
            wire.line(
                    new String(noise, StandardCharsets.ISO_8859_1)
                            .toLowerCase(Locale.ROOT)
                            .replace("ok", "??"));
            return;
        }
        wire.line(line);
    }
}
