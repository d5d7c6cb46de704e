/**
 * How a node takes part in payments over several channels. The rule to keep: all rules are in the
 * channels' module, here are settings alone. Start at {@link
 * io.wormhole.runtime.payment.PaymentConfig}.
 */
@NullMarked
package io.wormhole.runtime.payment;

import org.jspecify.annotations.NullMarked;
