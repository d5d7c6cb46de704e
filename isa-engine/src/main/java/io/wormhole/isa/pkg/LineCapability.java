package io.wormhole.isa.pkg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a production line declares that it can do.
 *
 * @param processes e.g. {@code fdm-printing}
 * @param materials e.g. {@code PLA}
 * @param ranges by capability, e.g. {@code nozzle-temperature}; {@code time-per-unit} and {@code
 *     yield} answer the constraints of those names
 */
public record LineCapability(
        SortedSet<String> processes,
        SortedSet<String> materials,
        SortedMap<String, MeasureRange> ranges) {
    /** Answers the constraint on time. */
    public static final String TIME_PER_UNIT = "time-per-unit";

    /** Answers the constraint on yield. */
    public static final String YIELD = "yield";

    /** Copies the collections. */
    public LineCapability {
        processes = Collections.unmodifiableSortedSet(new TreeSet<>(processes));
        materials = Collections.unmodifiableSortedSet(new TreeSet<>(materials));
        ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
    }

    /** Why this line cannot do what {@code manifest} asks, one line each; empty when it can. */
    public List<String> faultsOf(IsaManifest manifest) {
        List<String> faults = new ArrayList<>();
        if (!processes.contains(manifest.process())) {
            faults.add("process " + manifest.process() + " is needed, the line does " + processes);
        }
        manifest.needs().forEach((name, needed) -> checkNeed(name, needed, faults));
        List<String> wanted = manifest.constraints().materials();
        if (!wanted.isEmpty() && Collections.disjoint(wanted, materials)) {
            faults.add("material " + wanted + " is needed, the line has " + materials);
        }
        checkConstraint(TIME_PER_UNIT, manifest.constraints().timePerUnit(), faults);
        checkConstraint(YIELD, manifest.constraints().yield(), faults);
        return faults;
    }

    private void checkNeed(String name, MeasureRange needed, List<String> faults) {
        MeasureRange declared = ranges.get(name);
        if (declared == null) {
            faults.add(name + " of " + needed + " is needed, the line declares none");
        } else if (!declared.isComparableTo(needed)) {
            faults.add(name + " is needed in " + needed + ", the line declares " + declared);
        } else if (!declared.contains(needed)) {
            faults.add(name + " of " + needed + " is needed, the line allows " + declared);
        }
    }

    private void checkConstraint(
            String name, Optional<MeasureRange> constraint, List<String> faults) {
        if (constraint.isEmpty()) {
            return;
        }
        MeasureRange declared = ranges.get(name);
        if (declared == null || !declared.overlaps(constraint.get())) {
            faults.add(
                    name
                            + " of "
                            + constraint.get()
                            + " is asked for, the line offers "
                            + (declared == null ? "none" : declared));
        }
    }
}
