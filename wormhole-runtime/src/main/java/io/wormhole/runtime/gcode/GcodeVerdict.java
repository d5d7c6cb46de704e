package io.wormhole.runtime.gcode;

import java.util.List;
import java.util.stream.Collectors;

/** What the checker says about a file. */
public sealed interface GcodeVerdict {

    /**
     * The file may be printed.
     *
     * @param analysis its totals
     */
    record Accepted(GcodeAnalysis analysis) implements GcodeVerdict {}

    /**
     * The file may not be printed.
     *
     * @param faults the first faults in file order; never empty
     * @param more how many more there were
     */
    record Refused(List<GcodeFault> faults, long more) implements GcodeVerdict {
        /** Copies the list. */
        public Refused {
            faults = List.copyOf(faults);
            if (faults.isEmpty()) {
                throw new IllegalArgumentException("a refusal without a fault");
            }
        }

        /** Every listed fault on its own line. */
        public String message() {
            return faults.stream().map(GcodeFault::toString).collect(Collectors.joining("\n"))
                    + (more == 0 ? "" : "\nand " + more + " more");
        }
    }
}
