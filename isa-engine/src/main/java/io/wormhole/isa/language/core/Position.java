package io.wormhole.isa.language.core;

/** A place in a source file; both count from 1. */
public record Position(int line, int column) {
    /** The beginning of a file. */
    public static final Position START = new Position(1, 1);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
