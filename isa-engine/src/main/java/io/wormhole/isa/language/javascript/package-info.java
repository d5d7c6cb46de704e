/**
 * The functional subset of JavaScript. The rule to keep: what JavaScript would compute otherwise
 * than the machine is refused. Start at {@link io.wormhole.isa.language.javascript.JavaScript}.
 */
@NullMarked
package io.wormhole.isa.language.javascript;

import org.jspecify.annotations.NullMarked;
