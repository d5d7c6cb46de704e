package io.wormhole.isa.pkg;

import java.math.BigDecimal;

/** A number that the customer chooses; {@code standard} applies when nothing is chosen. */
public record IsaInput(String name, MeasureRange range, BigDecimal standard) {
    /** Refuses a standard value outside the range. */
    public IsaInput {
        standard = standard.stripTrailingZeros();
        if (!range.contains(standard)) {
            throw new IllegalArgumentException(
                    name + ": standard " + standard.toPlainString() + " is not in " + range);
        }
    }
}
