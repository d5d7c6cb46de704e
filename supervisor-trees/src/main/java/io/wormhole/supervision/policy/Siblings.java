package io.wormhole.supervision.policy;

import java.util.List;

/** The children of one supervisor in start order, as a restart plan reads them. */
public interface Siblings {

    /** All children in start order. */
    List<? extends Sibling> all();

    /** The child with this id and those started after it, in start order. */
    List<? extends Sibling> from(String id);

    /** Whether a significant child is alive. */
    default boolean anySignificantAlive() {
        return all().stream().anyMatch(child -> child.significant() && child.isAlive());
    }
}
