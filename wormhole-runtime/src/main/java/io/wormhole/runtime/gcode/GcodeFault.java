package io.wormhole.runtime.gcode;

/**
 * One thing that is wrong with a G-code file: where, what was found, what is allowed.
 *
 * @param line 1-based text line, or 0 when the whole file is meant
 * @param found what is there, shortened and printable
 * @param allowed what would have been accepted
 */
public record GcodeFault(long line, String found, String allowed) {

    /** Shows the fault as one line for a human. */
    @Override
    public String toString() {
        return (line == 0 ? "file" : "line " + line) + ": " + found + "; allowed: " + allowed;
    }
}
