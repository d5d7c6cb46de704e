package io.wormhole.isa.value;

/** The types of values, in the order in which values of different types compare. */
public enum ValueType {
    /** Signed, at most 256 bits. */
    INTEGER(0, "integer"),
    /** IEEE 754 binary64 with one NaN. */
    REAL(1, "real"),
    /** True or false. */
    BOOLEAN(2, "boolean"),
    /** A byte string; text is its UTF-8 bytes. */
    BYTES(3, "bytes"),
    /** A fixed number of fields. */
    TUPLE(4, "tuple"),
    /** A linked list. */
    LIST(5, "list"),
    /** Keys in ascending order, each with a value. */
    MAP(6, "map"),
    /** A function of the module with captured values. */
    FUNCTION(7, "function");

    private final int code;
    private final String noun;

    ValueType(int code, String noun) {
        this.code = code;
        this.noun = noun;
    }

    /** The number that the instruction {@code type} pushes. */
    public int code() {
        return code;
    }

    /** The name used in messages and documents. */
    public String noun() {
        return noun;
    }
}
