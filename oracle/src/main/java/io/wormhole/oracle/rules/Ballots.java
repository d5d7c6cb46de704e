package io.wormhole.oracle.rules;

/** The votes of a disputed question: of the first window, and of its one extension. */
public record Ballots(Ballot first, Ballot extension) {
    /** Nobody voted. */
    public static final Ballots NONE = new Ballots(Ballot.EMPTY, Ballot.EMPTY);
}
