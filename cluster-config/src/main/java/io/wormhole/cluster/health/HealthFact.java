package io.wormhole.cluster.health;

/**
 * The outcome of one check.
 *
 * @param name what was checked, such as {@code port 127.0.0.1:8080}
 * @param verdict whether it is in order
 * @param detail what was found and, where it is not in order, what is needed; one line
 */
public record HealthFact(String name, Verdict verdict, String detail) {
    /** What a fact means for starting. */
    public enum Verdict {
        /** In order. */
        GOOD,
        /** Worth knowing; a node can start all the same, or runs already. */
        WARNING,
        /** A node cannot start like this. */
        BAD
    }

    static HealthFact good(String name, String detail) {
        return new HealthFact(name, Verdict.GOOD, detail);
    }

    static HealthFact warning(String name, String detail) {
        return new HealthFact(name, Verdict.WARNING, detail);
    }

    static HealthFact bad(String name, String detail) {
        return new HealthFact(name, Verdict.BAD, detail);
    }

    /** Whether a node can start as far as this fact goes. */
    public boolean allowsStart() {
        return verdict != Verdict.BAD;
    }
}
