package io.wormhole.runtime.device;

import java.util.Optional;

/**
 * What the driver can say about a finished part.
 *
 * @param commands commands of the file that the printer acknowledged
 * @param resumes times the part was continued after the line was lost
 * @param resends lines the printer asked for again
 * @param unknownCommands commands the printer did not know
 * @param alreadyPrinted the part was found finished; nothing was sent
 * @param before the printer's counters before the part, if it has any
 * @param after the printer's counters after the part, if it has any
 */
public record Evidence(
        long commands,
        long resumes,
        long resends,
        long unknownCommands,
        boolean alreadyPrinted,
        Optional<DeviceCounters> before,
        Optional<DeviceCounters> after) {

    /** The same evidence about a part that was found finished. */
    Evidence asAlreadyPrinted() {
        return new Evidence(commands, resumes, resends, unknownCommands, true, before, after);
    }

    /** Whether the printer itself counted exactly one more finished print. */
    public boolean confirmedByDevice() {
        return before.isPresent()
                && after.isPresent()
                && after.get().finished() == before.get().finished() + 1;
    }
}
