/**
 * What the four languages have in common before they become the core form: expressions with names,
 * patterns, and steps with assignment to variables of the same function and loops over lists. The
 * rule to keep: what changes a variable here becomes a new variable there, or is refused. Start at
 * {@link io.wormhole.isa.language.surface.Lowering}.
 */
@NullMarked
package io.wormhole.isa.language.surface;

import org.jspecify.annotations.NullMarked;
