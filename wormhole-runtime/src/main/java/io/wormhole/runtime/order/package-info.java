/**
 * Orders, from the customer's and the maker's side, over the operators' session. The rule to keep:
 * every message may be lost, doubled or hostile; what is owed follows from what is stored. Start at
 * {@link io.wormhole.runtime.order.OrderDesk}.
 */
@NullMarked
package io.wormhole.runtime.order;

import org.jspecify.annotations.NullMarked;
