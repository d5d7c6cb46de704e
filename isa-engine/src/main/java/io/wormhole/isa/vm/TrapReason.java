package io.wormhole.isa.vm;

/** Why a program stopped by its own fault; {@code within} reports the code. */
public enum TrapReason {
    /** The instruction {@code fail}. */
    FAILED(1),
    /** An operand has another type than the instruction takes. */
    WRONG_TYPE(2),
    /** Division by zero. */
    DIVISION_BY_ZERO(3),
    /** An integer would leave 256 bits, or a real is no integer. */
    OUT_OF_RANGE(4),
    /** An index, slice, width, field or shift is outside its bounds. */
    OUT_OF_BOUNDS(5),
    /** A map has no such key, or a list no first element. */
    NOTHING_THERE(6),
    /** A function value was given too few or too many arguments, or a tuple has another size. */
    WRONG_COUNT(7),
    /** A value would nest too deep. */
    TOO_DEEP(8),
    /** The function that is needed was not revealed. */
    FUNCTION_NOT_REVEALED(9),
    /** The run asked for a function or a number of arguments that does not exist. */
    NO_SUCH_ENTRY(10);

    private final int code;

    TrapReason(int code) {
        this.code = code;
    }

    /** The number that a program sees; never reused. */
    public int code() {
        return code;
    }
}
