/**
 * The functional subset of Python 3. The rule to keep: what Python would compute otherwise than the
 * machine is refused. Start at {@link io.wormhole.isa.language.python.Python}.
 */
@NullMarked
package io.wormhole.isa.language.python;

import org.jspecify.annotations.NullMarked;
