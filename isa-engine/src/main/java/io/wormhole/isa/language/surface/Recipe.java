package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Term;

/** How the term of an {@link Expression.Made} is made. */
public interface Recipe {
    /** The term, from operands that have names already, and functions to call. */
    Term of(Parts parts);
}
