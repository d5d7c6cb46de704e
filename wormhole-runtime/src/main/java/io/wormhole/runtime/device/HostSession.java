package io.wormhole.runtime.device;

import io.wormhole.runtime.device.DeviceProtocol.PartDone;
import io.wormhole.runtime.device.DeviceProtocol.PartFailed;
import io.wormhole.runtime.device.DeviceProtocol.PartProgress;
import io.wormhole.runtime.device.DeviceProtocol.PartStarted;
import io.wormhole.runtime.device.SerialDialogue.Query;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * Prints one part at a time through a {@link SerialDialogue}: decides whether to start, go on or
 * report, keeps the window full, and says what happened. No clock, no socket, no file of its own.
 */
final class HostSession implements SerialDialogue.Host {
    /** Lines kept ready; the feed is asked for more when half of them are gone. */
    static final int READY_LINES = 512;

    /**
     * A number that is no part's and not the 0 of a printer that has just started: a printer that
     * is at 0 again has lost power since.
     */
    private static final long MARKED = 1;

    private static final String MARK = "M110 N" + MARKED;
    private static final long SHOUT_NANOS = 1_000_000_000L;

    private final MarlinSettings settings;
    private final SessionEffects effects;
    private final SerialDialogue dialogue;
    private final FinishedParts finished = new FinishedParts();
    private final PrinterFacts facts = new PrinterFacts();
    private final ArrayDeque<String> chores = new ArrayDeque<>();
    private Optional<PartRun> current = Optional.empty();
    private String trouble = "";
    private FailureReason suspicion = FailureReason.PRINTER_UNREACHABLE;
    private long lastNumber;
    private long polledAt;
    private long shoutedAt;
    private long now;

    HostSession(MarlinSettings settings, SessionEffects effects) {
        this.settings = settings;
        this.effects = effects;
        this.dialogue = new SerialDialogue(this, settings.silence());
    }

    // What the driver calls.

    void connected(long nanos) {
        now = nanos;
        if (suspicion == FailureReason.PRINTER_UNREACHABLE) {
            suspicion = FailureReason.PRINTER_SILENT;
        }
        current.ifPresent(PartRun::forgetRefusals);
        dialogue.connected(nanos);
    }

    void disconnected(String why) {
        trouble = why;
        if (dialogue.isOffline()) {
            suspicion = FailureReason.PRINTER_UNREACHABLE;
        }
        dialogue.disconnected();
    }

    void receive(String line, long nanos) {
        now = nanos;
        dialogue.receive(line, nanos);
    }

    void tick(long nanos) {
        now = nanos;
        dialogue.tick(nanos);
        if (!chores.isEmpty() && nanos - shoutedAt > SHOUT_NANOS) {
            shoutedAt = nanos;
            // What is queued before the chores may wait for a temperature: wait no longer.
            dialogue.shout("M108");
        }
        current.ifPresent(this::giveUpIfLifeless);
        long poll = settings.pollEvery().toNanos();
        if (dialogue.isReady()
                && nanos - polledAt > poll
                && !dialogue.isAsking(Query.TEMPERATURES)) {
            polledAt = nanos;
            dialogue.ask(Query.TEMPERATURES, "M105", nanos);
            current.filter(PartRun::isStreaming).ifPresent(this::report);
        }
    }

    /** What is to be written to the printer now. */
    String drain() {
        return dialogue.drain();
    }

    /** The part being printed, if any. */
    Optional<PartRun> current() {
        return current;
    }

    /** Takes a part on; the caller made sure that no other part is being printed. */
    void print(PartId part, PartSource source, Begun begun, long nanos) {
        now = nanos;
        Optional<PartDone> done = finished.find(part);
        if (done.isPresent()) {
            effects.tell(done.get());
            return;
        }
        if (current.isPresent()) {
            tellAgain(current.get());
            return;
        }
        current = Optional.of(new PartRun(part, source, begun));
        dialogue.startWaiting(nanos);
        if (dialogue.isReady()) {
            dialogue.align(nanos);
        }
    }

    /** Stops the part and switches everything off. */
    void stop(String why, long nanos) {
        now = nanos;
        dialogue.shout("M108");
        dialogue.shout("M410");
        switchOff();
        current.ifPresent(run -> fail(run, FailureReason.STOPPED, why, false, false));
        if (!dialogue.isOffline()) {
            dialogue.align(nanos);
        }
    }

    /** Commands from the feed. */
    void fed(PartRun run, List<String> commands, long nanos) {
        now = nanos;
        run.fed(commands);
        pump();
    }

    /** The feed broke. */
    void feedFailed(PartRun run, String why, long nanos) {
        now = nanos;
        if (isCurrent(run)) {
            failForGood(run, FailureReason.FILE_UNREADABLE, why);
        }
    }

    DeviceStatus status(long reconnects) {
        return new DeviceStatus(
                settings.address(),
                dialogue.isOffline()
                        ? DeviceStatus.Connection.OFFLINE
                        : dialogue.isReady()
                                ? DeviceStatus.Connection.READY
                                : DeviceStatus.Connection.ALIGNING,
                facts.firmware(),
                facts.temperatures(),
                current.map(PartRun::part),
                current.map(PartRun::ackedCommands).orElse(0L),
                current.map(run -> run.source().commands()).orElse(0L),
                reconnects,
                dialogue.resends(),
                trouble);
    }

    // What the dialogue reports.

    @Override
    public void aligned(long last) {
        if (last == 0 && current.isEmpty()) {
            chores.add(MARK);
        }
        lastNumber = chores.isEmpty() ? last : MARKED;
        chores.forEach(chore -> dialogue.ask(Query.CHORE, chore, now));
        chores.clear();
        if (facts.firmware().isEmpty()) {
            dialogue.ask(Query.FIRMWARE, "M115", now);
        }
        if (current.isEmpty()) {
            return;
        }
        PartRun run = current.get();
        if (!run.isStreaming()) {
            askCounters();
        } else if (!run.rewind(last)) {
            lose(run, last);
        } else if (run.isStuck()) {
            failForGood(
                    run,
                    FailureReason.DEVICE_FAULT,
                    "the printer keeps asking for '" + run.upcoming() + "'");
        } else {
            pump();
            finishIfComplete(run);
        }
    }

    @Override
    public void acknowledged() {
        if (current.isEmpty() || !current.get().isStreaming()) {
            return;
        }
        PartRun run = current.get();
        run.acknowledge();
        if (run.ackedCommands() % settings.progressEvery() == 0) {
            report(run);
        }
        pump();
        finishIfComplete(run);
    }

    @Override
    public void answered(Query query) {
        if (current.isEmpty()) {
            return;
        }
        PartRun run = current.get();
        if (query == Query.SET_NUMBER) {
            begin(run, 0);
        } else if (query == Query.COUNTERS && run.isComplete()) {
            complete(run, false);
        } else if (query == Query.COUNTERS && !run.isStreaming()) {
            decide(run);
        }
        pump();
    }

    @Override
    public void said(MarlinReply reply) {
        facts.learn(reply);
        if (reply instanceof MarlinReply.Fault fault) {
            onFault(fault.text());
        } else if (reply instanceof MarlinReply.Unknown unknown) {
            onUnknown(unknown.command());
        } else if (reply instanceof MarlinReply.Remark remark
                && remark.text().endsWith("extrusion prevented")) {
            onFault(remark.text());
        }
    }

    @Override
    public void hopeless(String why) {
        trouble = why;
        suspicion =
                dialogue.noise() > 0
                        ? FailureReason.PRINTER_TALKS_NONSENSE
                        : FailureReason.PRINTER_SILENT;
        effects.hangUp(why);
    }

    // How a part goes.

    private void askCounters() {
        facts.forgetCounters();
        dialogue.ask(Query.COUNTERS, "M78", now);
    }

    private void decide(PartRun run) {
        Recovery recovery =
                Recovery.decide(run.numbers(), run.begun(), lastNumber, facts.counters());
        if (recovery instanceof Recovery.Fresh) {
            dialogue.ask(Query.SET_NUMBER, run.numberingLine(), now);
        } else if (recovery instanceof Recovery.Resume resume) {
            begin(run, resume.index());
        } else if (recovery instanceof Recovery.Printed) {
            complete(run, true);
        } else if (recovery instanceof Recovery.Lost lost) {
            boolean power = lost.reason() == FailureReason.DEVICE_LOST_POWER;
            fail(run, lost.reason(), lost.detail(), power, false);
        }
    }

    private void begin(PartRun run, long index) {
        run.begin(index, facts.counters());
        effects.tell(new PartStarted(run.part(), run.before(), run.startedAtCommand()));
        effects.openFeed(run, index);
        finishIfComplete(run);
    }

    private void pump() {
        if (!dialogue.isReady() || current.isEmpty() || !current.get().isStreaming()) {
            return;
        }
        PartRun run = current.get();
        while (dialogue.inFlight() < settings.windowLines() && run.hasNext()) {
            String command = run.next();
            dialogue.send(run.sentNumber(), command, now);
        }
        if (run.wantsMore()) {
            effects.more(run);
        }
    }

    private void finishIfComplete(PartRun run) {
        if (run.isComplete() && !dialogue.isAsking(Query.COUNTERS)) {
            askCounters();
        }
    }

    private void complete(PartRun run, boolean found) {
        PartDone done = new PartDone(run.part(), run.evidence(found, facts.counters()));
        finished.add(done);
        current = Optional.empty();
        effects.tell(done);
    }

    /** For somebody who asks for a part that is being printed already. */
    private void tellAgain(PartRun run) {
        if (run.isStreaming()) {
            effects.tell(new PartStarted(run.part(), run.before(), run.startedAtCommand()));
            report(run);
        }
    }

    private void report(PartRun run) {
        effects.tell(
                new PartProgress(
                        run.part(),
                        run.ackedCommands(),
                        run.source().commands(),
                        facts.temperatures()));
    }

    // How a part fails.

    private void onUnknown(String command) {
        boolean ours =
                command.startsWith("M78")
                        || command.startsWith("M115")
                        || command.startsWith("M118");
        if (!ours) {
            current.ifPresent(PartRun::countUnknown);
            trouble = "the printer does not know " + command;
        }
    }

    private void onFault(String text) {
        trouble = text;
        if (current.isPresent() && current.get().isStreaming()) {
            failForGood(current.get(), FailureReason.DEVICE_FAULT, text);
        }
    }

    private void lose(PartRun run, long last) {
        boolean power = last == 0;
        fail(
                run,
                power ? FailureReason.DEVICE_LOST_POWER : FailureReason.DEVICE_LOST_TRACK,
                power
                        ? "the printer restarted in the middle of the part"
                        : "the printer is at line " + last + ", which is not this part's",
                power,
                false);
    }

    private void giveUpIfLifeless(PartRun run) {
        if (now - dialogue.lifeAt() <= settings.giveUpAfter().toNanos()) {
            return;
        }
        FailureReason reason =
                dialogue.noise() > 0 ? FailureReason.PRINTER_TALKS_NONSENSE : suspicion;
        fail(
                run,
                reason,
                "no sign of life from %s for %d s (%s)"
                        .formatted(
                                settings.address(),
                                settings.giveUpAfter().toSeconds(),
                                trouble.isEmpty() ? "no answer" : trouble),
                false,
                true);
    }

    private void failForGood(PartRun run, FailureReason reason, String detail) {
        fail(run, reason, detail, false, false);
        switchOff();
        if (!dialogue.isOffline()) {
            dialogue.align(now);
        }
    }

    private void fail(
            PartRun run, FailureReason reason, String detail, boolean power, boolean mayResume) {
        trouble = detail;
        current = Optional.empty();
        effects.tell(
                new PartFailed(run.part(), reason, detail, run.ackedCommands(), power, mayResume));
    }

    /** Next time in step: everything off, and a line number that is no part's. */
    private void switchOff() {
        chores.clear();
        chores.addAll(List.of("M104 S0", "M140 S0", "M107", "M84", MARK));
    }

    private boolean isCurrent(PartRun run) {
        return current.isPresent() && current.get() == run;
    }
}
