package io.wormhole.supervision;

import java.util.List;
import java.util.stream.Collectors;

/** A spec that was refused, with everything that is wrong with it. */
public final class InvalidSpecException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<SpecFault> faults;

    InvalidSpecException(List<SpecFault> faults) {
        super(faults.stream().map(SpecFault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of the spec. */
    public List<SpecFault> faults() {
        return faults;
    }
}
