package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import java.util.List;

/**
 * One way through a choice.
 *
 * @param captured the names that its pattern gives
 * @param body its steps
 */
record Way(List<String> captured, List<Step> body) {
    Way(List<Step> body) {
        this(List.of(), body);
    }

    Way(Pattern pattern, List<Step> body) {
        this(StepFacts.captured(pattern), body);
    }

    /** A pattern changes what it names even where the guard behind it then does not hold. */
    static void requireNew(Step.Branch branch, Expression subject, Scope scope) {
        Position at = branch.pattern().at();
        for (String name : StepFacts.captured(branch.pattern())) {
            boolean same = subject instanceof Expression.Name whole && whole.name().equals(name);
            if (scope.own(name).isPresent() && !same) {
                throw new RefusedSource(
                        at,
                        name + " was given a value before, and a guard follows that may not hold",
                        "give it another name in the pattern");
            }
        }
    }
}
