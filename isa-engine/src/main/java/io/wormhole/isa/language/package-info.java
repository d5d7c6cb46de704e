/**
 * Contracts and formulas in JavaScript, Python, Erlang and R: functional subsets of each, all
 * through one core form to the same bytecode. The rule to keep: what is outside of a subset is
 * refused with its place and with what to write instead, never silently changed. Start at {@link
 * io.wormhole.isa.language.Languages}.
 */
@NullMarked
package io.wormhole.isa.language;

import org.jspecify.annotations.NullMarked;
