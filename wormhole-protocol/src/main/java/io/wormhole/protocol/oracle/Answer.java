package io.wormhole.protocol.oracle;

/** What can be said to a yes/no question. */
public enum Answer {
    YES,
    NO,
    /** The question cannot be answered with yes or no. */
    BAD_QUESTION
}
