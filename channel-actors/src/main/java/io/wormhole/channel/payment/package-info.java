/**
 * Payments over several channels, end to end: invoices, the payer's parts, relaying, and what the
 * chain shows of them. The rule to keep: what a node promised is stored before it is said, and
 * every step follows anew from what is stored and what the channels hold. Start at {@link
 * io.wormhole.channel.payment.PaymentDesk}.
 */
@NullMarked
package io.wormhole.channel.payment;

import org.jspecify.annotations.NullMarked;
