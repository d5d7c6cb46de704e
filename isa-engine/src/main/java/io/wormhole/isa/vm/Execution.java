package io.wormhole.isa.vm;

import io.wormhole.isa.value.Value;

/** How a run ended. */
public sealed interface Execution {
    /** What was used up to the end. */
    GasUsed gasUsed();

    /** The function came to its end with {@code value}. */
    record Returned(Value value, GasUsed gasUsed) implements Execution {}

    /**
     * The program stopped by its own fault, inside {@code function}; {@code detail} is one line for
     * people and no part of consensus.
     */
    record Trapped(TrapReason reason, String detail, String function, GasUsed gasUsed)
            implements Execution {}

    /** A limit was reached. */
    record OutOfGas(Resource resource, GasUsed gasUsed) implements Execution {}
}
