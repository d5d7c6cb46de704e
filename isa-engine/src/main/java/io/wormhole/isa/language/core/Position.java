package io.wormhole.isa.language.core;

/** A place in a source file; both count from 1. */
public record Position(int line, int column) {
    /** The beginning of a file. */
    public static final Position START = new Position(1, 1);

    /** Whether this stands before {@code other}. */
    public boolean isBefore(Position other) {
        return line < other.line || (line == other.line && column < other.column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
