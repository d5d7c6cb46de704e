package io.wormhole.isa.pkg;

import java.util.ArrayList;
import java.util.List;

/** Something is not a valid ISA; carries its faults, one line each. */
public final class IsaFaultsException extends IllegalArgumentException {
    /** So many faults are named; who made more of them has enough to begin with. */
    private static final int MOST_NAMED = 50;

    private final transient List<String> faults;

    /** Carries these faults. */
    public IsaFaultsException(List<String> faults) {
        super(String.join("; ", named(faults)));
        this.faults = named(faults);
    }

    /** The first of {@code faults}, and how many more there are. */
    static List<String> named(List<String> faults) {
        if (faults.size() <= MOST_NAMED) {
            return List.copyOf(faults);
        }
        List<String> named = new ArrayList<>(faults.subList(0, MOST_NAMED));
        named.add("and " + (faults.size() - MOST_NAMED) + " more faults");
        return List.copyOf(named);
    }

    /** The faults in the order found. */
    public List<String> faults() {
        return faults;
    }
}
