package io.wormhole.runtime.device;

import java.util.Optional;

/** What to do with a part, given what the journal and the printer know. Pure. */
sealed interface Recovery {

    /** Nothing of it is on the bed: print it. */
    record Fresh() implements Recovery {}

    /** So many commands arrived: go on behind them. */
    record Resume(long index) implements Recovery {}

    /** It is on the bed. */
    record Printed() implements Recovery {}

    /** It was begun and cannot be gone on with. */
    record Lost(FailureReason reason, String detail) implements Recovery {}

    /**
     * Decides, in this order: the printer's line number is the part's own; the journal knows it was
     * never begun; the printer's counters say a print was finished since; the printer restarted;
     * the part's first line never arrived; somebody else used the printer.
     */
    static Recovery decide(
            LineNumbers numbers, Begun begun, long lastNumber, Optional<DeviceCounters> now) {
        if (numbers.holds(lastNumber)) {
            long index = numbers.index(lastNumber);
            return index == numbers.total() ? new Printed() : new Resume(index);
        }
        if (begun instanceof Begun.Maybe maybe) {
            return afterDoubt(maybe, lastNumber, now);
        }
        return new Fresh();
    }

    private static Recovery afterDoubt(
            Begun.Maybe maybe, long lastNumber, Optional<DeviceCounters> now) {
        if (maybe.before().isPresent()
                && now.isPresent()
                && now.get().finished() == maybe.before().get().finished() + 1) {
            return new Printed();
        }
        if (lastNumber == 0) {
            return new Lost(
                    FailureReason.DEVICE_LOST_POWER,
                    "the printer restarted and no longer knows the part");
        }
        if (maybe.ackedCommands() == 0 && maybe.before().isEmpty()) {
            return new Fresh();
        }
        return new Lost(
                FailureReason.DEVICE_LOST_TRACK,
                "the printer is at line " + lastNumber + ", which is not this part's");
    }
}
