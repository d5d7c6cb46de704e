package io.wormhole.isa.pkg;

import java.util.List;

/** Something is not a valid ISA; carries every fault, one line each. */
public final class IsaFaultsException extends IllegalArgumentException {
    private final transient List<String> faults;

    /** Carries these faults. */
    public IsaFaultsException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** The faults in the order found. */
    public List<String> faults() {
        return faults;
    }
}
