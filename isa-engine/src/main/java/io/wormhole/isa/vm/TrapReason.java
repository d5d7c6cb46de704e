package io.wormhole.isa.vm;

/** Why a program stopped by its own fault. */
public enum TrapReason {
    /** The instruction {@code fail}. */
    FAILED,
    /** An operand has another type than the instruction takes. */
    WRONG_TYPE,
    /** Division by zero. */
    DIVISION_BY_ZERO,
    /** An integer would leave 256 bits, or a real is no integer. */
    OUT_OF_RANGE,
    /** An index, slice, width, field or shift is outside its bounds. */
    OUT_OF_BOUNDS,
    /** A map has no such key, or a list no first element. */
    NOTHING_THERE,
    /** A function value was given too few or too many arguments, or a tuple has another size. */
    WRONG_COUNT,
    /** A value would nest too deep. */
    TOO_DEEP,
    /** The function that is needed was not revealed. */
    FUNCTION_NOT_REVEALED,
    /** The run asked for a function or a number of arguments that does not exist. */
    NO_SUCH_ENTRY
}
