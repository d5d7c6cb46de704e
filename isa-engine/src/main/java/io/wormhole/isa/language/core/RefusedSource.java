package io.wormhole.isa.language.core;

/** Leaves the translation of a function that is refused; becomes a {@link LanguageFault}. */
public final class RefusedSource extends RuntimeException {
    private final transient Position at;
    private final String what;
    private final String writeInstead;

    /** Refuses what stands at {@code at}. */
    public RefusedSource(Position at, String what, String writeInstead) {
        super(at + ": " + what, null, false, false);
        this.at = at;
        this.what = what;
        this.writeInstead = writeInstead;
    }

    /** Where. */
    public Position at() {
        return at;
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** What to write instead, or nothing. */
    public String writeInstead() {
        return writeInstead;
    }
}
