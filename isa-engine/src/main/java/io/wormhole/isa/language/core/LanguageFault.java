package io.wormhole.isa.language.core;

/**
 * Why a source is refused: the place, the text that stands there, what is wrong, and what to write
 * instead (empty where the fault says it all).
 */
public record LanguageFault(
        String file, Position at, String text, String what, String writeInstead) {
    /** One line for people. */
    @Override
    public String toString() {
        String quoted = text.isEmpty() ? "" : " '" + text + "'";
        String instead = writeInstead.isEmpty() ? "" : "; " + writeInstead;
        return file + ":" + at + ":" + quoted + " " + what + instead;
    }
}
