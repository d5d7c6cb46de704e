package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Position;
import java.util.List;
import java.util.Optional;

/** What a language has of its own when names are resolved. */
public interface Dialect {
    /** Whether an assignment to a name that this function does not have makes one. */
    boolean assignmentDeclares();

    /** Whether the variable of a loop is the same one in every round, as closures see it. */
    boolean loopVariableIsOne();

    /** Whether a pattern of a tuple would match a list as well: then to meet one fails. */
    boolean sequencesAreOne();

    /** Whether an integer and a real of one value are the same number. */
    boolean numbersAreOne();

    /** Whether a name that this function has already means its value in a pattern. */
    boolean patternsCompareNames();

    /** Where a name means what a function gives it. */
    NameReach reach();

    /** Whether a function inside a function knows itself and those right after it. */
    boolean localFunctionsKnowEachOther();

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
