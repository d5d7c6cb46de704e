/**
 * The parsers that ANTLR makes from the grammars of the four languages, and what keeps hostile
 * input from hurting them. The rule to keep: sizes and depths are bounded while reading, and the
 * first fault ends it. Start at {@link io.wormhole.isa.language.grammar.BoundedParser}.
 */
@NullMarked
package io.wormhole.isa.language.grammar;

import org.jspecify.annotations.NullMarked;
