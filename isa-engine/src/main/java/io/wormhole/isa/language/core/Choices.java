package io.wormhole.isa.language.core;

import io.wormhole.isa.language.core.Term.Operate;
import java.util.IdentityHashMap;

/** Which variant each operation of a module means, and which integer literals stand for reals. */
public final class Choices {
    private final IdentityHashMap<Operate, Variant> variants = new IdentityHashMap<>();
    private final IdentityHashMap<Term, Boolean> reals = new IdentityHashMap<>();

    Choices() {}

    void choose(Operate operate, Variant variant) {
        variants.put(operate, variant);
    }

    void promote(Term literal) {
        reals.put(literal, true);
    }

    void addAll(Choices others) {
        variants.putAll(others.variants);
        reals.putAll(others.reals);
    }

    /** The variant that {@code operate} means. */
    Variant variant(Operate operate) {
        Variant variant = variants.get(operate);
        if (variant == null) {
            throw new IllegalStateException("undecided: " + operate.operation().symbol());
        }
        return variant;
    }

    boolean isReal(Term literal) {
        return reals.containsKey(literal);
    }
}
