/**
 * The order of cups: a price per cup, paid as the line attests each delivery. The rule to keep: the
 * bytes that the line signs are made here and in {@code contracts/cup-order.wha} alike. Start at
 * {@link io.wormhole.isa.contract.order.OrderContract}.
 */
@NullMarked
package io.wormhole.isa.contract.order;

import org.jspecify.annotations.NullMarked;
