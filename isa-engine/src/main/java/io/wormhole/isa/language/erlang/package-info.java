/**
 * The functional subset of Erlang. The rule to keep: what Erlang would compute otherwise than the
 * machine is refused. Start at {@link io.wormhole.isa.language.erlang.Erlang}.
 */
@NullMarked
package io.wormhole.isa.language.erlang;

import org.jspecify.annotations.NullMarked;
