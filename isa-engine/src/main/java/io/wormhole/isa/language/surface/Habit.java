package io.wormhole.isa.language.surface;

/** In what languages differ where names, patterns and loops are resolved. */
public enum Habit {
    /** An assignment to a name that this function does not have makes one. */
    ASSIGNMENT_DECLARES,
    /** The variable of a loop is the same one in every round, as closures see it. */
    LOOP_VARIABLE_IS_ONE,
    /** A pattern of a tuple would match a list as well: then to meet one fails. */
    SEQUENCES_ARE_ONE,
    /** An integer and a real of one value are the same number. */
    NUMBERS_ARE_ONE,
    /** A name that this function has already means its value in a pattern. */
    PATTERNS_COMPARE_NAMES,
    /** A function inside a function knows itself and those right after it. */
    LOCAL_FUNCTIONS_KNOW_EACH_OTHER
}
