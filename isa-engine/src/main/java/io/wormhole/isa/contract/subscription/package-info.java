/**
 * Subscriptions: a price for each begun period until cancelled. The rule to keep: nothing is paid
 * for a period that has not begun. Start at {@link
 * io.wormhole.isa.contract.subscription.Subscription}.
 */
@NullMarked
package io.wormhole.isa.contract.subscription;

import org.jspecify.annotations.NullMarked;
