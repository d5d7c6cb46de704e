/**
 * The core form that every language becomes, its check, and its translation to bytecode. The rule
 * to keep: what a program means is decided here and once, so the same program written in four
 * languages is the same bytecode. Start at {@link io.wormhole.isa.language.core.Term}.
 */
@NullMarked
package io.wormhole.isa.language.core;

import org.jspecify.annotations.NullMarked;
