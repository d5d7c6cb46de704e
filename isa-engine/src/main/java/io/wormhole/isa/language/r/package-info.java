/**
 * The functional subset of R, on single values and lists. The rule to keep: what R would compute
 * otherwise than the machine, on vectors above all, is refused. Start at {@link
 * io.wormhole.isa.language.r.RLanguage}.
 */
@NullMarked
package io.wormhole.isa.language.r;

import org.jspecify.annotations.NullMarked;
