/**
 * What a customer does: opens a channel to a named line, builds an ISA package, places an order.
 * The rule to keep: nothing is signed for a name that is not final. Start at {@link
 * io.wormhole.runtime.trade.Customer}.
 */
@NullMarked
package io.wormhole.runtime.trade;

import org.jspecify.annotations.NullMarked;
