package io.wormhole.channel.payment;

/** A payment that was not begun; the message says why and what to do. */
public final class PaymentNotPossible extends RuntimeException {
    /** With the reason. */
    public PaymentNotPossible(String reason) {
        super(reason);
    }
}
