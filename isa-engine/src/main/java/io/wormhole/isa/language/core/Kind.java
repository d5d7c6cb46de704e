package io.wormhole.isa.language.core;

/**
 * What is known about a value before the program runs. Text and bytes are the same to the machine;
 * they are kept apart here because the languages measure and join them differently.
 */
public enum Kind {
    /** An integer. */
    INTEGER("an integer"),
    /** A binary64 number. */
    REAL("a real"),
    /** True or false. */
    BOOLEAN("a boolean"),
    /** A byte string that holds UTF-8. */
    TEXT("a text"),
    /** A byte string. */
    BYTES("a byte string"),
    /** A fixed number of values. */
    TUPLE("a tuple"),
    /** Any number of values. */
    LIST("a list"),
    /** Values by key. */
    MAP("a map"),
    /** A function value. */
    FUNCTION("a function");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** With its article, for messages. */
    public String words() {
        return words;
    }
}
