package io.wormhole.isa.vm;

import java.util.Optional;
import org.objectweb.asm.Label;

/** A choice in a numeric function whose branches are being translated. */
final class NumericChoice {
    final Label otherwise = new Label();
    final Label end = new Label();

    /** What is known where the second branch begins. */
    final NumericFrame before;

    final boolean deadBefore;

    /** What is known at the end, as far as branches came to it. */
    Optional<NumericFrame> after = Optional.empty();

    NumericChoice(NumericFrame before, boolean deadBefore) {
        this.before = before;
        this.deadBefore = deadBefore;
    }

    /** A branch that has as much to pay as others comes to the end with {@code frame}. */
    void arrive(NumericFrame frame) {
        after.ifPresent(
                other -> {
                    if (!frame.hasKindsOf(other)) {
                        throw new NumericSteps.Unsupported();
                    }
                    frame.join(other);
                });
        after = Optional.of(frame);
    }
}
