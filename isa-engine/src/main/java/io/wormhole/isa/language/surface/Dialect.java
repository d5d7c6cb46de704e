package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Position;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a language has of its own when names are resolved. */
public interface Dialect {
    /** What the language does in a way that not all do. */
    Set<Habit> habits();

    /** Whether the language has this habit. */
    default boolean has(Habit habit) {
        return habits().contains(habit);
    }

    /** Where a name means what a function gives it. */
    NameReach reach();

    /** The function that ends a run with a reason; no program may define another. */
    String failing();

    /** What to write instead of assigning to a variable of an outer function. */
    String insteadOfOuterAssignment();

    /** What a call of a name means that the program does not define. */
    Optional<Expression> call(String name, List<Expression> arguments, Position at);

    /** What a name means that the program does not define. */
    Optional<Expression> value(String name, Position at);

    /** Why a name that nobody defines is refused, and what to write instead. */
    String insteadOf(String name);
}
