package io.wormhole.isa.language.core;

/**
 * What is known about a value before the program runs. Text and bytes are the same to the machine;
 * they are kept apart here because the languages measure and join them differently.
 */
public enum Kind {
    /** An integer. */
    INTEGER("an integer", 1),
    /** A binary64 number. */
    REAL("a real", 2),
    /** True or false. */
    BOOLEAN("a boolean", 3),
    /** A byte string that holds UTF-8. */
    TEXT("a text", 4),
    /** A byte string. */
    BYTES("a byte string", 5),
    /** A fixed number of values. */
    TUPLE("a tuple", 6),
    /** Any number of values. */
    LIST("a list", 7),
    /** Values by key. */
    MAP("a map", 8),
    /** A function value. */
    FUNCTION("a function", 9);

    private final String words;
    private final int number;

    Kind(String words, int number) {
        this.words = words;
        this.number = number;
    }

    /** With its article, for messages. */
    public String words() {
        return words;
    }

    /** From 1 to 9, another for each. */
    int number() {
        return number;
    }
}
