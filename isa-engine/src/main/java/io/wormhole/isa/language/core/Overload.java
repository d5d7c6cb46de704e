package io.wormhole.isa.language.core;

import java.util.ArrayList;
import java.util.List;

/**
 * An operation as a language writes it, with its possible meanings. The kinds of the operands
 * decide; where they do not, the first variant counts, unless the operation must be decided: then
 * the source is refused with {@code writeInstead}.
 */
public record Overload(
        String symbol, List<Variant> variants, boolean mustBeDecided, String writeInstead) {
    /** Copies the variants. */
    public Overload {
        variants = List.copyOf(variants);
    }

    /** An operation whose first variant counts in doubt. */
    public static Overload of(String symbol, Variant... variants) {
        return new Overload(symbol, List.of(variants), false, "");
    }

    /** The same with advice for operands that it does not take. */
    public Overload advising(String advice) {
        return new Overload(symbol, variants, mustBeDecided, advice);
    }

    /** The same, refused where kinds do not decide. */
    public Overload decided() {
        return new Overload(symbol, variants, true, writeInstead);
    }

    /** The same with one more meaning, which counts last. */
    public Overload with(Variant more) {
        List<Variant> all = new ArrayList<>(variants);
        all.add(more);
        return new Overload(symbol, all, mustBeDecided, writeInstead);
    }

    /** The same under the name that a language gives it. */
    public Overload called(String name) {
        return new Overload(name, variants, mustBeDecided, writeInstead);
    }

    /** How many operands it takes. */
    public int arity() {
        return variants.get(0).takes().size();
    }
}
