package io.wormhole.isa.bytecode;

import java.util.List;

/** The verifier's verdict. */
public sealed interface Verification {
    /** The code cannot misbehave. */
    record Verified(VerifiedCode code) implements Verification {}

    /** The code is refused, for the first fault of each function that has one. */
    record Refused(List<CodeFault> faults) implements Verification {
        /** Copies the faults. */
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
