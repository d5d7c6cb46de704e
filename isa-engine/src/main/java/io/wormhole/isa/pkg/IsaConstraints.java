package io.wormhole.isa.pkg;

import java.util.List;
import java.util.Optional;

/**
 * What the work must keep to.
 *
 * @param materials any of these will do; empty: none is asked for
 * @param timePerUnit how long one unit may take
 * @param yield which share of units must be good
 */
public record IsaConstraints(
        List<String> materials, Optional<MeasureRange> timePerUnit, Optional<MeasureRange> yield) {
    /** Copies the materials. */
    public IsaConstraints {
        materials = List.copyOf(materials);
    }
}
