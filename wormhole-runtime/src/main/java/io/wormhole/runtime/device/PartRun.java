package io.wormhole.runtime.device;

import io.wormhole.runtime.gcode.Checksum;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * One part on its way to the bed: which commands were read, sent and acknowledged. Mutable and
 * confined to its session.
 *
 * <p>The commands are those of the file between the driver's own: M75 and M117 before, M400, M117
 * and M77 behind. All of them are numbered, so the printer's line number covers the whole part.
 */
final class PartRun {
    static final int BEFORE = 2;
    static final int AFTER = 3;

    /** Times in a row that the printer may ask for the same line. */
    private static final int PATIENCE = 25;

    private final PartId part;
    private final PartSource source;
    private final Begun begun;
    private final LineNumbers numbers;
    private final ArrayDeque<String> ready = new ArrayDeque<>();
    private final ArrayDeque<String> unacked = new ArrayDeque<>();
    private Optional<DeviceCounters> before = Optional.empty();
    private boolean streaming;
    private boolean asked;
    private long read;
    private long sent;
    private long acked;
    private long startedAt;
    private int refusals;
    private long resumes;
    private long resends;
    private long unknownCommands;

    PartRun(PartId part, PartSource source, Begun begun) {
        this.part = part;
        this.source = source;
        this.begun = begun;
        this.numbers = LineNumbers.of(part, source.commands() + BEFORE + AFTER);
    }

    /** The driver's commands before the file's. */
    static List<String> prologue(PartId part) {
        return List.of("M75", "M117 " + part.label());
    }

    /** The driver's commands behind the file's: wait for the last move, name the part, count it. */
    static List<String> epilogue(PartId part) {
        return List.of("M400", "M117 " + part.label(), "M77");
    }

    PartId part() {
        return part;
    }

    PartSource source() {
        return source;
    }

    Begun begun() {
        return begun;
    }

    LineNumbers numbers() {
        return numbers;
    }

    Optional<DeviceCounters> before() {
        return before;
    }

    boolean isStreaming() {
        return streaming;
    }

    boolean isComplete() {
        return streaming && acked == numbers.total();
    }

    /** Acknowledged commands of the file, without the driver's own. */
    long ackedCommands() {
        return Math.max(0, Math.min(source.commands(), acked - BEFORE));
    }

    /** Commands of the file that were there when this run took the part on. */
    long startedAtCommand() {
        return Math.max(0, Math.min(source.commands(), startedAt - BEFORE));
    }

    /** M110 that makes the printer count from this part's base. */
    String numberingLine() {
        return Checksum.wrap(numbers.base(), "M110");
    }

    void begin(long index, Optional<DeviceCounters> counters) {
        streaming = true;
        asked = true;
        before = index == 0 ? counters : journalledCounters();
        acked = index;
        startedAt = index;
        sent = index;
        read = index;
        resumes = index > 0 ? 1 : 0;
    }

    /** What can be said about the part once it is on the bed. */
    Evidence evidence(boolean found, Optional<DeviceCounters> after) {
        return new Evidence(
                source.commands(),
                resumes,
                resends,
                unknownCommands,
                found,
                found ? journalledCounters() : before,
                after);
    }

    private Optional<DeviceCounters> journalledCounters() {
        return begun instanceof Begun.Maybe maybe ? maybe.before() : Optional.empty();
    }

    void fed(List<String> commands) {
        asked = false;
        ready.addAll(commands);
        read += commands.size();
    }

    /** Whether the feed should be asked, which counts as having been done. */
    boolean wantsMore() {
        boolean wants =
                streaming
                        && !asked
                        && read < numbers.total()
                        && ready.size() < HostSession.READY_LINES / 2;
        asked |= wants;
        return wants;
    }

    boolean hasNext() {
        return !ready.isEmpty();
    }

    /** Takes the next command to send. */
    String next() {
        String command = ready.remove();
        unacked.add(command);
        sent++;
        return command;
    }

    /** The number of the command that {@link #next} gave last. */
    long sentNumber() {
        return numbers.number(sent);
    }

    void acknowledge() {
        unacked.remove();
        acked++;
        refusals = 0;
    }

    /** A new connection is a new chance. */
    void forgetRefusals() {
        refusals = 0;
    }

    /** Whether the printer keeps asking for the same line. */
    boolean isStuck() {
        return refusals >= PATIENCE;
    }

    /** What the printer would be sent next. */
    String upcoming() {
        return ready.isEmpty() ? "" : ready.getFirst();
    }

    void countUnknown() {
        unknownCommands++;
    }

    /**
     * Goes back or forward to where the printer is; false if it is not at this part, or behind what
     * it acknowledged.
     */
    boolean rewind(long lastNumber) {
        long index = numbers.index(lastNumber);
        if (!numbers.holds(lastNumber) || index < acked || index > sent) {
            return false;
        }
        while (acked < index) {
            acknowledge();
        }
        if (!unacked.isEmpty()) {
            resends++;
            refusals++;
        }
        while (!unacked.isEmpty()) {
            ready.addFirst(unacked.removeLast());
        }
        sent = acked;
        return true;
    }
}
